#include "core/task/catalog.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

// The distinct names of the items, in order.
template <class Items, class Name>
std::vector<std::string> distinct_names(const Items& items, Name name) {
  std::vector<std::string> names;
  for (const auto& item : items)
    if (std::find(names.begin(), names.end(), name(item)) == names.end())
      names.push_back(name(item));
  return names;
}

// Names are collected only for a message, since training resets often and rarely wrongly.
template <class Items, class Name>
Result<void> check_known(std::string_view what, const std::optional<std::string>& wanted,
                         const Items& items, Name name) {
  const auto is_wanted = [&](const auto& item) { return name(item) == *wanted; };
  if (!wanted || std::any_of(items.begin(), items.end(), is_wanted)) return {};
  const std::vector<std::string> known = distinct_names(items, name);
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
  const auto name_of = [](const auto& item) -> const std::string& { return item.name; };
  const auto check_member = [&](const char* what, const std::optional<std::string>& wanted,
                                std::string Question::*member) {
    const auto of = [member](const Question& q) -> const std::string& { return q.*member; };
    return check_known(what, wanted, pack.questions, of);
  };
  if (auto ok = check_known("database", filter.database, pack.databases, name_of); !ok) return ok;
  if (auto ok = check_member("difficulty", filter.difficulty, &Question::difficulty); !ok)
    return ok;
  if (auto ok = check_member("split", filter.split, &Question::split); !ok) return ok;
  return {};
}

}  // namespace

Catalog::Catalog(std::vector<Pack> packs) : packs_(std::move(packs)) {
  SQLENV_CHECK(!packs_.empty());
  for (const Pack& pack : packs_) {
    Index& index = indexes_.emplace_back();
    for (const Question& question : pack.questions) {
      index.by_id.emplace(question.id, index.tasks.size());
      index.tasks.push_back({&pack, pack.find_database(question.database), &question});
    }
  }
}

const Catalog::Index& Catalog::index_of(const Pack& pack) const {
  return indexes_[static_cast<std::size_t>(&pack - packs_.data())];
}

const Pack* Catalog::find_pack(std::string_view name) const {
  for (const Pack& pack : packs_)
    if (pack.name == name) return &pack;
  return nullptr;
}

Result<std::vector<Task>> Catalog::select(const QuestionFilter& filter) const {
  const auto name_of = [](const Pack& pack) -> const std::string& { return pack.name; };
  if (auto ok = check_known("pack", filter.pack, packs_, name_of); !ok) return fail(ok.error());
  const Pack& pack = filter.pack ? *find_pack(*filter.pack) : packs_.front();
  if (auto ok = check_names(pack, filter); !ok) return fail(ok.error());
  const Index& index = index_of(pack);
  std::vector<Task> tasks;
  const auto add_if_matching = [&](const Task& task) {
    const Question& question = *task.question;
    if (matches(filter.database, question.database) &&
        matches(filter.difficulty, question.difficulty) && matches(filter.split, question.split))
      tasks.push_back(task);
  };
  if (filter.question_id) {
    const auto found = index.by_id.find(*filter.question_id);
    if (found == index.by_id.end())
      return fail(ErrorCode::kBadOption, "the pack " + pack.name + " has no question \"" +
                                             shorten(*filter.question_id, 100) + "\".");
    add_if_matching(index.tasks[found->second]);
  } else {
    for (const Task& task : index.tasks) add_if_matching(task);
  }
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
