#include "core/task/catalog.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

template <class Items, class Name>
std::vector<std::string> distinct_names(const Items& items, Name name) {
  std::vector<std::string> names;
  for (const auto& item : items)
    if (std::find(names.begin(), names.end(), name(item)) == names.end())
      names.push_back(name(item));
  return names;
}

Result<void> check_known(std::string_view what, const std::optional<std::string>& wanted,
                         const std::vector<std::string>& known) {
  if (!wanted || std::find(known.begin(), known.end(), *wanted) != known.end()) return {};
  const std::optional<std::string> nearest = nearest_name(*wanted, known);
  return fail(ErrorCode::kBadOption, "there is no " + std::string(what) + " \"" +
                                         shorten(*wanted, 100) + "\"." +
                                         (nearest ? " Did you mean \"" + *nearest + "\"?" : "") +
                                         " Known: " + join(known, ", ") + ".");
}

bool matches(const std::optional<std::string>& wanted, const std::string& value) {
  return !wanted || *wanted == value;
}

Result<void> check_names(const Pack& pack, const QuestionFilter& filter) {
  const auto named = [&](auto member) {
    return distinct_names(pack.questions, [&](const Question& q) { return q.*member; });
  };
  const auto databases =
      distinct_names(pack.databases, [](const PackDatabase& d) { return d.name; });
  if (auto ok = check_known("database", filter.database, databases); !ok) return ok;
  if (auto ok = check_known("difficulty", filter.difficulty, named(&Question::difficulty)); !ok)
    return ok;
  if (auto ok = check_known("split", filter.split, named(&Question::split)); !ok) return ok;
  if (!filter.question_id || pack.find_question(*filter.question_id) != nullptr) return {};
  return fail(ErrorCode::kBadOption, "the pack " + pack.name + " has no question \"" +
                                         shorten(*filter.question_id, 100) + "\".");
}

}  // namespace

Catalog::Catalog(std::vector<Pack> packs) : packs_(std::move(packs)) {
  SQLENV_CHECK(!packs_.empty());
}

const Pack* Catalog::find_pack(std::string_view name) const {
  for (const Pack& pack : packs_)
    if (pack.name == name) return &pack;
  return nullptr;
}

Result<std::vector<Task>> Catalog::select(const QuestionFilter& filter) const {
  const auto names = distinct_names(packs_, [](const Pack& pack) { return pack.name; });
  if (auto ok = check_known("pack", filter.pack, names); !ok) return fail(ok.error());
  const Pack& pack = filter.pack ? *find_pack(*filter.pack) : packs_.front();
  if (auto ok = check_names(pack, filter); !ok) return fail(ok.error());
  std::vector<Task> tasks;
  for (const Question& question : pack.questions)
    if (matches(filter.database, question.database) &&
        matches(filter.difficulty, question.difficulty) && matches(filter.split, question.split) &&
        matches(filter.question_id, question.id))
      tasks.push_back({&pack, pack.find_database(question.database), &question});
  if (tasks.empty())
    return fail(ErrorCode::kBadOption,
                "no question of the pack " + pack.name +
                    " matches this combination of database, difficulty, split and question_id.");
  return tasks;
}

Result<Task> Catalog::find_task(const std::string& pack_name, const std::string& digest,
                                const std::string& question_id) const {
  const std::string shown_name = shorten(pack_name, 100);
  const Pack* pack = find_pack(pack_name);
  if (pack == nullptr)
    return fail(ErrorCode::kNotFound,
                "it was played on the pack \"" + shown_name + "\", which is not loaded.");
  if (pack->digest != digest)
    return fail(ErrorCode::kMismatch, "it was played on another edition of the pack " + shown_name +
                                          " (digest " + shorten(digest, 12) + ", loaded is " +
                                          shorten(pack->digest, 12) + ").");
  const Question* question = pack->find_question(question_id);
  if (question == nullptr)
    return fail(ErrorCode::kNotFound, "the pack " + shown_name + " has no question \"" +
                                          shorten(question_id, 100) + "\".");
  return Task{pack, pack->find_database(question->database), question};
}

}  // namespace sqlenv
