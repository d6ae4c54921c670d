#include "app/server/web_files.h"

#include <array>
#include <utility>

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/task/folder_files.h"

namespace sqlenv {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/markdown; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".ico", "image/x-icon"},
    {".ttf", "font/ttf"},
    {".otf", "font/otf"},
    {".woff2", "font/woff2"},
}};

const char kNoPage[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>SQLEnv</title>\n"
    "<body style=\"font-family: sans-serif; max-width: 40em; margin: 4em auto\">\n"
    "<h1>SQLEnv</h1>\n"
    "<p>The API is running: see <a href=\"/health\">/health</a>, and play over the WebSocket at "
    "<code>/ws</code>.</p>\n"
    "<p>The playground is not part of this start. <code>make play</code> in the project's folder "
    "builds it and serves it here.</p>\n</body>\n</html>\n";

bool is_hidden(const fs::path& relative) {
  for (const fs::path& part : relative)
    if (part.string().starts_with(".")) return true;
  return false;
}

Error no_page(const std::string& why) {
  return {ErrorCode::kBadOption,
          "the folder of the page " + why + ": 'make play' builds the page and serves it."};
}

}  // namespace

std::string_view mime_type(std::string_view path) {
  const std::string lower = to_lower(path);
  for (const auto& [ending, type] : kTypes)
    if (lower.ends_with(ending)) return type;
  return "application/octet-stream";
}

WebFiles::WebFiles() { add("index.html", kNoPage); }

void WebFiles::add(std::string path, std::string bytes) {
  Sha256 hash;
  hash.update(bytes);
  std::string etag = "\"" + hash.hex().substr(0, 32) + "\"";
  const std::string_view type = mime_type(path);
  files_.insert_or_assign(
      std::move(path),
      WebFile{std::make_shared<const std::string>(std::move(bytes)), type, std::move(etag)});
}

Result<WebFiles> WebFiles::load(const fs::path& folder) {
  WebFiles web;
  web.files_.clear();
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path relative = entry->path().lexically_relative(folder);
    std::error_code unreadable;
    if (is_hidden(relative) || !entry->is_regular_file(unreadable)) continue;
    Result<std::string> bytes = read_file(entry->path());
    if (!bytes) return fail(no_page("has a file that cannot be read"));
    web.add(relative.generic_string(), std::move(*bytes));
  }
  if (error) return fail(no_page("cannot be read"));
  if (web.find("") == nullptr) return fail(no_page("has no index.html"));
  return web;
}

const WebFile* WebFiles::find(std::string_view path) const {
  const auto found = files_.find(path.empty() ? "index.html" : path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace sqlenv
