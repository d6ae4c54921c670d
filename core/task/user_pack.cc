#include "core/task/user_pack.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/task/import_questions.h"
#include "core/task/sqlite_importer.h"

namespace sqlenv {
namespace {

constexpr int kQuestions = 100;
constexpr const char* kBundledName = "starter";

// Advice to the player whose file was refused.
std::string advice_for(const std::string& why) {
  const auto says = [&](const char* word) { return why.find(word) != std::string::npos; };
  if (says("damaged") || says("cut short"))
    return " Copy it anew, or mend it: sqlite3 FILE .recover | sqlite3 NEW";
  if (says("encrypted"))
    return " If it is encrypted, decrypt it first. CSV files and SQL dumps become a database by: "
           "sqlenv pack import";
  return " Choose a file with tables and rows in it.";
}

// The remarks as a text that stands beside the database's name.
std::string described(const std::vector<ImportRemark>& notes) {
  constexpr std::size_t kMost = 400;
  std::string text;
  for (const ImportRemark& note : notes) text += (text.empty() ? "Please note: " : "; ") + note.why;
  return text.empty() ? "" : shorten(text, kMost) + ".";
}

Error refusal(const Error& error) {
  if (error.code != ErrorCode::kNotADatabase) return error;
  return {error.code, error.message + advice_for(error.message)};
}

}  // namespace

bool has_write_ahead_log(std::string_view bytes) {
  return bytes.size() > 19 && (bytes[18] == 2 || bytes[19] == 2);
}

Result<Pack> user_pack(NamedBytes file, const std::function<bool(UserPackStage)>& progress) {
  const auto stopped = [&](int questions) { return progress && progress({questions, kQuestions}); };
  const std::string name = plain_name(file.name);
  Import import;
  import.name = name == kBundledName ? std::string("own_") + kBundledName : name;
  import.title = import.name;
  Result<PackDatabase> database =
      take_sqlite(std::move(file), name, import.notes, [&] { return stopped(0); });
  if (!database) return fail(refusal(database.error()));
  Result<MadeQuestions> made = questions_about(*database, kQuestions, stopped);
  if (!made) return fail(made.error());
  if (made->questions.empty())
    return fail(ErrorCode::kBadPack,
                "no question can be made about it: " + made->shortfall + advice_for(""));
  database->description = described(import.notes);
  import.databases.push_back(std::move(*database));
  import.questions = std::move(made->questions);
  std::stable_partition(import.questions.begin(), import.questions.end(),
                        [](const Question& question) { return question.split == "train"; });
  return pack_of(std::move(import));
}

}  // namespace sqlenv
