// Makes a pack of a visitor's database. A worker opens one file: its bytes are filled in at
// sqlenv_worker_begin(), then sqlenv_worker_make_pack() is called once.
#include <emscripten/emscripten.h>

#include <string>
#include <utility>

#include "core/task/archive_writer.h"
#include "core/task/user_pack.h"
#include "core/wire/json_writer.h"
#include "core/wire/pack_json.h"
#include "web/answer.h"
#include "web/page_worker/page_worker_calls.h"

namespace sqlenv::web {
namespace {

struct Made {
  std::string file;   // its bytes, as they come
  std::string texts;  // the pack without its database, as a tar archive
  Pack pack;
};

Made& made() {
  static Made the_pack;
  return the_pack;
}

Result<std::string> texts_of(const Pack& pack) {
  const PackDatabase& database = pack.databases.front();
  PackManifest manifest;
  manifest.name = pack.name;
  manifest.title = pack.title;
  manifest.databases = {{database.name, "database.sqlite", database.title, database.description}};
  manifest.question_files = {"questions.json"};
  std::string archive;
  ArchiveWriter writer([&archive](std::string_view bytes) { archive += bytes; });
  if (auto ok = writer.add("pack.json", pack_manifest_json(manifest)); !ok) return fail(ok.error());
  if (auto ok = writer.add("questions.json", questions_json(pack.questions)); !ok)
    return fail(ok.error());
  writer.finish();
  return archive;
}

Result<void> make_pack(std::string name) {
  int shown = -1;
  Result<Pack> pack =
      user_pack({std::move(name), std::move(made().file)}, [&](UserPackStage stage) {
        if (stage.questions > shown) page_worker_progress(shown = stage.questions, stage.of);
        return false;
      });
  if (!pack) return fail(pack.error());
  made().pack = std::move(*pack);
  Result<std::string> texts = texts_of(made().pack);
  if (!texts) return fail(texts.error());
  made().texts = std::move(*texts);
  return {};
}

const std::string& image() { return made().pack.databases.front().image.bytes(); }

std::string sizes_json() {
  JsonWriter json;
  json.begin_object();
  json.member("texts", made().texts.size());
  json.member("image", image().size());
  json.end_object();
  return json.take();
}

}  // namespace
}  // namespace sqlenv::web

using sqlenv::web::made;

extern "C" {

// Room for a file of `size` bytes.
EMSCRIPTEN_KEEPALIVE char* sqlenv_worker_begin(std::size_t size) {
  made().file.assign(size, '\0');
  return made().file.data();
}

// {"texts", "image"}, the sizes of what the other two functions give, or an error.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_make_pack(const char* name, std::size_t size) {
  const sqlenv::Result<void> done = sqlenv::web::make_pack({name, size});
  return sqlenv::web::hand_over(done ? sqlenv::web::sizes_json()
                                     : sqlenv::web::error_json(done.error()));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_texts() { return made().texts.data(); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_image() { return sqlenv::web::image().data(); }

}  // extern "C"
