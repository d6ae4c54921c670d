#include "core/task/dump_databases.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {

bool is_fatal(ErrorCode code) {
  return code == ErrorCode::kTimeout || code == ErrorCode::kTooLarge ||
         code == ErrorCode::kOperationBudget;
}

DumpDatabases::DumpDatabases(std::function<bool()> stopped) : stopped_(std::move(stopped)) {
  add("");
}

DumpDatabase& DumpDatabases::add(const std::string& name) {
  databases_.push_back({name, DatabaseBuilder(stopped_), {}, {}, {}, false});
  return databases_.back();
}

DumpDatabase* DumpDatabases::find(const std::string& name) {
  for (DumpDatabase& database : databases_)
    if (equal_ignoring_case(database.name, name)) return &database;
  return nullptr;
}

DumpDatabase& DumpDatabases::named(const std::string& name) {
  if (DumpDatabase* found = find(name)) return *found;
  if (!current().name.empty()) return add(name);
  current().name = name;
  return current();
}

void DumpDatabases::use(const std::string& name) {
  if (name.empty()) return;
  DumpDatabase* found = find(name);
  if (found == nullptr && !current().used) {
    current().name = name;
    found = &current();
  }
  if (found == nullptr) found = &add(name);
  found->names.add_space(name);
  current_ = static_cast<std::size_t>(found - databases_.data());
}

Result<void> DumpDatabases::drop_indexes(DumpDatabase& database) {
  // Of FTS3 to FTS5 and the R*Tree.
  constexpr std::array<const char*, 11> kParts = {"data",   "idx",      "content", "docsize",
                                                  "config", "segments", "segdir",  "stat",
                                                  "node",   "parent",   "rowid"};
  for (const std::string& table : database.virtual_tables)
    for (const char* part : kParts)
      if (auto ok =
              database.builder.run("DROP TABLE IF EXISTS " + quote_identifier(table + "_" + part));
          !ok && is_fatal(ok.error().code))
        return ok;
  return {};
}

Result<void> DumpDatabases::check_views(DumpDatabase& database, Import& import) {
  for (const std::string& view : database.views) {
    const Result<void> done = database.builder.run("SELECT 1 FROM " + view + " LIMIT 0");
    if (done || done.error().message == "no such table: " + unquoted(view)) continue;
    if (is_fatal(done.error().code)) return done;
    import.skipped.push_back({"view " + unquoted(view), done.error().message});
    if (auto ok = database.builder.run("DROP VIEW IF EXISTS " + view); !ok) return ok;
  }
  return {};
}

Result<void> DumpDatabases::finish(const std::string& name, Import& import) {
  std::set<std::string> names;
  const auto used = std::count_if(databases_.begin(), databases_.end(),
                                  [](const DumpDatabase& database) { return database.used; });
  for (DumpDatabase& database : databases_) {
    if (!database.used) continue;
    if (auto ok = drop_indexes(database); !ok) return ok;
    if (auto ok = check_views(database, import); !ok) return ok;
    Result<DatabaseImage> image = database.builder.finish();
    if (!image) continue;
    const std::string own = used == 1 ? name : unused_name(plain_name(database.name), names);
    import.databases.push_back({own, own, "", std::move(*image)});
  }
  if (import.databases.empty())
    return fail(ErrorCode::kNotADatabase, "the script makes no table that can be read.");
  return {};
}

}  // namespace sqlenv
