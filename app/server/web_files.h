// WebFiles: the files of the page, read into memory once and immutable from then on.
//
// Requests are looked up among the files that were found at the start, so that no path of a client
// reaches another file. Names that begin with a dot are left out. May be shared between threads.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sqlenv {

struct WebFile {
  std::shared_ptr<const std::string> bytes;
  std::string_view type;  // the MIME type
  std::string etag;       // quoted; names the bytes
};

class WebFiles {
 public:
  // Holds no page, only a note at "" that explains how to build it.
  WebFiles();

  // BAD_OPTION if the folder cannot be read or has no index.html.
  static Result<WebFiles> load(const std::filesystem::path& folder);

  // `path` is decoded, relative and with slashes: "fonts/a.ttf"; "" is index.html. Null if there is
  // no such file.
  const WebFile* find(std::string_view path) const;

 private:
  void add(std::string path, std::string bytes);

  std::map<std::string, WebFile, std::less<>> files_;
};

// The MIME type for the name's ending; application/octet-stream if it is unknown.
std::string_view mime_type(std::string_view path);

}  // namespace sqlenv
