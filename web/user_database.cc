// Databases that the visitor brings: packs that a worker of the page has made of them.
#include <emscripten/emscripten.h>

#include <utility>

#include "core/task/pack_files.h"
#include "core/wire/pack_json.h"
#include "web/answer.h"
#include "web/page.h"
#include "web/script_api.h"

namespace sqlenv::web {
namespace {

std::string& incoming() {
  static std::string database;
  return database;
}

// A pack whose one database lies apart from its other files, so that it need not be copied.
class UserFiles : public PackFiles {
 public:
  UserFiles(ArchiveFiles texts, std::string database)
      : texts_(std::move(texts)), database_(std::move(database)) {}

  // The database can be read once.
  Result<std::string> read(const std::string& path) const override {
    return path == "database.sqlite" ? std::move(database_) : texts_.read(path);
  }

 private:
  ArchiveFiles texts_;
  mutable std::string database_;
};

const char* open_database(std::string_view texts) {
  Result<ArchiveFiles> archive = ArchiveFiles::open(texts);
  if (!archive) return hand_over(error_json(archive.error()));
  Result<Pack> pack = load_pack(UserFiles(std::move(*archive), std::exchange(incoming(), {})));
  if (!pack) return hand_over(error_json(pack.error()));
  script_api().put_pack(*pack);
  page().playground->add_pack(std::move(*pack));
  return answer_done();
}

}  // namespace
}  // namespace sqlenv::web

extern "C" {

// Room for a visitor's database of `size` bytes.
EMSCRIPTEN_KEEPALIVE char* sqlenv_ui_database_begin(std::size_t size) {
  sqlenv::web::incoming().assign(size, '\0');
  return sqlenv::web::incoming().data();
}

// Begins a question of the pack whose files but for that database, "database.sqlite", are in this
// archive. {} or an error.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_database_open(const char* texts, std::size_t size) {
  return sqlenv::web::open_database({texts, size});
}

}  // extern "C"
