#include "core/task/question_generator.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/sql/statement_key.h"
#include "core/task/generate/checker.h"
#include "core/task/generate/profiler.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv {
namespace {

using generate::QuestionDraft;
using generate::Template;

constexpr int kMaxCount = 1'000'000;
// Misses after which a template counts as exhausted.
constexpr int kMostMisses = 600;

struct ActiveTemplate {
  const Template* source = nullptr;
  int misses = 0;
};

Result<std::vector<ActiveTemplate>> chosen_templates(const std::vector<std::string>& names) {
  std::vector<ActiveTemplate> chosen;
  for (const Template& one : generate::all_templates())
    if (names.empty() || std::find(names.begin(), names.end(), one.name) != names.end())
      chosen.push_back({&one, 0});
  for (const std::string& name : names) {
    std::vector<std::string> known;
    for (const QuestionFamily& family : question_families()) known.push_back(family.name);
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(
          ErrorCode::kBadOption,
          "there is no family \"" + name + "\" of questions. Families: " + join(known, ", ") + ".");
  }
  return chosen;
}

std::string numbered(const std::string& name, const std::string& split, int number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return name + "_" + split + "_" + digits;
}

}  // namespace

struct QuestionGenerator::State {
  State(const DatabaseImage& source, Database connection, const std::string& database_name,
        const GeneratorOptions& chosen)
      : image(source),
        name(database_name),
        options(chosen),
        database(std::move(connection), chosen.max_work, chosen.stopped),
        profiler(database),
        random(chosen.seed) {}

  bool advance();
  void try_one(std::size_t position);
  std::string accept(const Template& source, const QuestionDraft& draft);
  void add_question(const Template& source, const QuestionDraft& draft, const std::string& type);
  std::vector<std::string> tables_of(const QuestionDraft& draft);
  void split();
  std::string shortfall() const;

  DatabaseImage image;
  std::string name;
  GeneratorOptions options;
  generate::MeteredDatabase database;
  generate::Profiler profiler;
  bool profiled = false;
  generate::Profile profile;
  Random random;
  std::vector<ActiveTemplate> templates;  // all that may be tried
  std::vector<ActiveTemplate> active;     // those that still find something
  // How many questions may differ only in their values. Doubled whenever nothing else is left.
  int most_alike = 2;
  bool too_many_alike = false;
  std::map<std::string, int> alike;
  std::set<std::string> texts;
  std::set<std::string> queries;
  GeneratedQuestions made;
};

bool QuestionGenerator::State::advance() {
  if (!profiled) {
    if (profiler.advance()) return true;
    profile = profiler.take();
    profiled = true;
    return true;
  }
  if (std::ssize(made.questions) >= options.count || database.spent()) return false;
  if (active.empty()) {
    if (!too_many_alike) return false;
    most_alike *= 2;
    too_many_alike = false;
    active = templates;
  }
  try_one(static_cast<std::size_t>(random.below(active.size())));
  return true;
}

void QuestionGenerator::State::try_one(std::size_t position) {
  const Template& source = *active[position].source;
  generate::DraftWriter writer(profile, random);
  std::optional<QuestionDraft> draft = source.propose(writer);
  int& misses = active[position].misses;
  if (!draft) {
    ++misses;
  } else {
    if (draft->sql.find("TRIM(") != std::string::npos)
      draft->text += " Ignore blanks at the ends of texts.";
    FamilyTally& tally = made.by_family[source.name];
    ++tally.proposed;
    const std::string why = accept(source, *draft);
    // A draft that is too much like others says little about what is left.
    misses = why.empty() ? 0 : misses + (why == "too many alike" ? 6 : 2);
    if (why.empty()) ++tally.accepted;
    else ++tally.rejected[why];
  }
  if (misses >= kMostMisses) active.erase(active.begin() + static_cast<std::ptrdiff_t>(position));
}

// Adds the question, or gives the reason why not.
std::string QuestionGenerator::State::accept(const Template& source, const QuestionDraft& draft) {
  std::string query = statement_key(draft.sql);
  std::string text = to_lower(collapse_spaces(draft.text));
  if (queries.count(query) > 0 || texts.count(text) > 0) return "duplicate";
  int& same = alike[generate::sql_skeleton(draft.sql)];
  if (same >= most_alike) {
    too_many_alike = true;
    return "too many alike";
  }
  const generate::Finding finding = generate::examine(database, draft);
  if (!finding.rejected.empty()) return finding.rejected;
  ++same;
  queries.insert(std::move(query));
  texts.insert(std::move(text));
  add_question(source, draft, finding.answer_type);
  return "";
}

void QuestionGenerator::State::add_question(const Template& source, const QuestionDraft& draft,
                                            const std::string& type) {
  Question question;
  question.text = draft.text;
  question.database = name;
  question.gold_sql = draft.sql;
  question.answer_type = type;
  question.difficulty = generate::difficulty_of(draft);
  question.tables_involved = tables_of(draft);
  made.questions.push_back(std::move(question));
  made.families.push_back(source.name);
}

std::vector<std::string> QuestionGenerator::State::tables_of(const QuestionDraft& draft) {
  std::set<std::string> names;
  for (const std::size_t table : draft.tables) {
    const Table& read = *profile.tables[table].table;
    names.insert(read.name);
    if (!read.is_view) continue;
    // SQLite knows which tables a view reads.
    if (const auto tables = database.tables_read(draft.sql)) return *tables;
  }
  return {names.begin(), names.end()};
}

// Puts questions that differ only in their values into the same split.
void QuestionGenerator::State::split() {
  std::map<std::string, std::vector<std::size_t>> kinds;
  for (std::size_t i = 0; i < made.questions.size(); ++i)
    kinds[generate::sql_skeleton(made.questions[i].gold_sql)].push_back(i);
  std::vector<const std::vector<std::size_t>*> groups;
  for (const auto& [skeleton, members] : kinds) groups.push_back(&members);
  Random order(options.seed ^ 0x5eed);
  for (std::size_t i = groups.size(); i > 1; --i)
    std::swap(groups[i - 1], groups[static_cast<std::size_t>(order.below(i))]);
  auto room = static_cast<std::int64_t>(
      static_cast<double>(made.questions.size()) * options.eval_share + 0.5);
  for (Question& question : made.questions) question.split = "train";
  for (const auto* members : groups) {
    if (std::ssize(*members) > room) continue;
    room -= std::ssize(*members);
    for (const std::size_t i : *members) made.questions[i].split = "eval";
  }
  std::map<std::string, int> numbers;
  for (Question& question : made.questions)
    question.id = numbered(name, question.split, ++numbers[question.split]);
}

std::string QuestionGenerator::State::shortfall() const {
  if (std::ssize(made.questions) >= options.count) return "";
  if (database.spent()) return "the allowed work was spent before there were more.";
  if (!active.empty()) return "stopped early.";
  return "the data gives no more questions that have one reading.";
}

QuestionGenerator::QuestionGenerator(std::unique_ptr<State> state) : state_(std::move(state)) {}
QuestionGenerator::QuestionGenerator(QuestionGenerator&&) noexcept = default;
QuestionGenerator& QuestionGenerator::operator=(QuestionGenerator&&) noexcept = default;
QuestionGenerator::~QuestionGenerator() = default;

Result<QuestionGenerator> QuestionGenerator::open(const DatabaseImage& image,
                                                  const std::string& name,
                                                  const GeneratorOptions& options) {
  if (options.count < 1 || options.count > kMaxCount)
    return fail(ErrorCode::kBadOption, "the count of questions must be from 1 to 1,000,000.");
  if (!(options.eval_share >= 0 && options.eval_share <= 1))
    return fail(ErrorCode::kBadOption, "the share of the eval split must be from 0 to 1.");
  Result<std::vector<ActiveTemplate>> templates = chosen_templates(options.families);
  if (!templates) return fail(templates.error());
  Result<Database> database = Database::open(image);
  if (!database) return fail(database.error());
  auto state = std::make_unique<State>(image, std::move(*database), name, options);
  state->templates = std::move(*templates);
  state->active = state->templates;
  return QuestionGenerator(std::move(state));
}

bool QuestionGenerator::advance() { return state_->advance(); }

int QuestionGenerator::accepted() const { return static_cast<int>(state_->made.questions.size()); }

GeneratedQuestions QuestionGenerator::finish() {
  state_->split();
  state_->made.work = state_->options.max_work - state_->database.left();
  state_->made.shortfall = state_->shortfall();
  return std::move(state_->made);
}

const std::vector<QuestionFamily>& question_families() {
  static const std::vector<QuestionFamily> families = [] {
    std::vector<QuestionFamily> list;
    for (const Template& one : generate::all_templates()) list.push_back({one.name, one.meaning});
    return list;
  }();
  return families;
}

Result<GeneratedQuestions> generate_questions(const DatabaseImage& image, const std::string& name,
                                              const GeneratorOptions& options) {
  Result<QuestionGenerator> generator = QuestionGenerator::open(image, name, options);
  if (!generator) return fail(generator.error());
  while (generator->advance()) {
  }
  return generator->finish();
}

}  // namespace sqlenv
