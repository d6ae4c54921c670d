#include "app/cli/import_session.h"

#include <algorithm>
#include <iterator>

#include "app/packs.h"
#include "core/task/folder_files.h"
#include "core/task/import_questions.h"
#include "core/wire/pack_json.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Result<void> check_name(const std::string& name) {
  if (is_plain_name(name) && name != "starter") return {};
  return fail(ErrorCode::kBadOption, "\"" + name +
                                         "\" cannot be the name of a pack; give another with "
                                         "--name.");
}

}  // namespace

ImportSession::ImportSession(PackDraft draft, int questions)
    : draft_(std::move(draft)), wanted_(questions), progress_(std::make_unique<Progress>()) {}

Result<ImportSession> ImportSession::begin(const Options& options, const std::string& title,
                                           const std::string& license) {
  if (auto ok = check_name(options.name); !ok) return fail(ok.error());
  const fs::path target =
      options.output.empty() ? pack_home() / options.name : fs::path(options.output);
  Result<PackDraft> draft = PackDraft::begin(target);
  if (!draft) return fail(draft.error());
  ImportSession session(std::move(*draft), options.questions);
  session.manifest_.name = options.name;
  session.manifest_.title = title;
  session.manifest_.license = license;
  session.report_.pack = options.name;
  session.report_.folder = session.draft_.target().string();
  return session;
}

Result<void> ImportSession::add_database(const PackDatabase& database, bool generate) {
  const std::string file = "databases/" + database.name + ".sqlite";
  if (auto ok = draft_.write(file, database.image.bytes(), Interrupt::seen); !ok) return ok;
  manifest_.databases.push_back({database.name, file, database.title, database.description});
  if (!generate || wanted_ == 0) return {};
  Result<MadeQuestions> made = questions_about(database, wanted_, [&](int count) {
    show("making questions about " + database.name + ": " + std::to_string(count) + " of " +
         std::to_string(wanted_));
    return Interrupt::seen();
  });
  if (!made) return fail(made.error());
  if (!made->shortfall.empty())
    note({{database.name, std::to_string(made->questions.size()) + " questions instead of " +
                              std::to_string(wanted_) + " were made: " + made->shortfall}});
  report_.generated += std::ssize(made->questions);
  add_questions(std::move(made->questions));
  return {};
}

bool ImportSession::has_database(const std::string& name) const {
  return std::any_of(manifest_.databases.begin(), manifest_.databases.end(),
                     [&](const auto& database) { return database.name == name; });
}

void ImportSession::add_questions(std::vector<Question> questions) {
  append(questions_, std::move(questions));
}

void ImportSession::skip(std::vector<ImportRemark> remarks) {
  append(report_.skipped, std::move(remarks));
}
void ImportSession::note(std::vector<ImportRemark> remarks) {
  append(report_.notes, std::move(remarks));
}
void ImportSession::add_tables(std::vector<ImportedTable> tables) {
  append(report_.tables, std::move(tables));
}

Result<void> ImportSession::write_questions(const std::string& split) {
  std::vector<Question> chosen;
  for (const Question& question : questions_)
    if (question.split == split) chosen.push_back(question);
  const std::string file = "questions/questions_" + split + ".json";
  manifest_.question_files.push_back(file);
  return draft_.write(file, questions_json(chosen), Interrupt::seen);
}

Result<void> ImportSession::finish() {
  if (manifest_.databases.empty())
    return fail(ErrorCode::kNotFound, "there was no database to take.");
  if (auto ok = write_questions("train"); !ok) return ok;
  if (auto ok = write_questions("eval"); !ok) return ok;
  if (auto ok = draft_.write("pack.json", pack_manifest_json(manifest_)); !ok) return ok;
  show("checking the pack");
  // A pack that does not load is never put in place.
  const Result<Pack> loaded = load_pack(FolderFiles(draft_.folder()), PackUse::kInspect);
  if (!loaded) return fail(loaded.error());
  ImportReport facts = report_of(*loaded);
  report_.digest = facts.digest;
  report_.databases = std::move(facts.databases);
  report_.train = facts.train;
  report_.eval = facts.eval;
  if (Interrupt::seen()) return fail(ErrorCode::kTimeout, "the import was stopped.");
  progress_->hide();
  return draft_.commit();
}

}  // namespace sqlenv::cli
