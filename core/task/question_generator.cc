#include "core/task/question_generator.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/task/generate/checker.h"
#include "core/task/generate/profiler.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv {
namespace {

using generate::Candidate;
using generate::Family;

constexpr int kMaxCount = 1'000'000;
// A family that has not found a new question for so long has none left, or too few to look for.
constexpr int kPatience = 600;

struct Active {
  const Family* family = nullptr;
  int misses = 0;
};

Result<std::vector<Active>> chosen_families(const std::vector<std::string>& names) {
  std::vector<Active> chosen;
  for (const Family& family : generate::all_templates())
    if (names.empty() || std::find(names.begin(), names.end(), family.name) != names.end())
      chosen.push_back({&family, 0});
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
        database(std::move(connection), chosen.max_work),
        profiler(database),
        random(chosen.seed) {}

  bool advance();
  void try_one(std::size_t position);
  std::string accept(const Family& family, const Candidate& candidate);
  void add_question(const Family& family, const Candidate& candidate, const std::string& type);
  std::vector<std::string> tables_of(const Candidate& candidate);
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
  std::vector<Active> families;  // all that may be tried
  std::vector<Active> active;    // those that still find something
  // Questions that differ in their values only; first two of a kind, then twice as many each time
  // that nothing else is left.
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
    active = families;
  }
  try_one(static_cast<std::size_t>(random.below(active.size())));
  return true;
}

void QuestionGenerator::State::try_one(std::size_t position) {
  const Family& family = *active[position].family;
  generate::Composer composer(profile, random);
  std::optional<Candidate> candidate = family.propose(composer);
  int& misses = active[position].misses;
  if (!candidate) {
    ++misses;
  } else {
    if (candidate->sql.find("TRIM(") != std::string::npos)
      candidate->text += " Ignore blanks at the ends of texts.";
    FamilyTally& tally = made.by_family[family.name];
    ++tally.proposed;
    const std::string why = accept(family, *candidate);
    // One that is too like others says little of what is left.
    misses = why.empty() ? 0 : misses + (why == "too many alike" ? 6 : 2);
    if (why.empty()) ++tally.accepted;
    else ++tally.rejected[why];
  }
  if (misses >= kPatience) active.erase(active.begin() + static_cast<std::ptrdiff_t>(position));
}

// Why not, or empty.
std::string QuestionGenerator::State::accept(const Family& family, const Candidate& candidate) {
  std::string query = generate::normalised_sql(candidate.sql);
  std::string text = to_lower(collapse_spaces(candidate.text));
  if (queries.count(query) > 0 || texts.count(text) > 0) return "duplicate";
  int& same = alike[generate::sql_skeleton(candidate.sql)];
  if (same >= most_alike) {
    too_many_alike = true;
    return "too many alike";
  }
  const generate::Finding finding = generate::examine(database, candidate);
  if (!finding.rejected.empty()) return finding.rejected;
  ++same;
  queries.insert(std::move(query));
  texts.insert(std::move(text));
  add_question(family, candidate, finding.answer_type);
  return "";
}

void QuestionGenerator::State::add_question(const Family& family, const Candidate& candidate,
                                            const std::string& type) {
  Question question;
  question.text = candidate.text;
  question.database = name;
  question.gold_sql = candidate.sql;
  question.answer_type = type;
  question.difficulty = generate::difficulty_of(candidate);
  question.tables_involved = tables_of(candidate);
  made.questions.push_back(std::move(question));
  made.families.push_back(family.name);
}

std::vector<std::string> QuestionGenerator::State::tables_of(const Candidate& candidate) {
  std::set<std::string> names;
  for (const std::size_t table : candidate.tables) {
    const Table& read = *profile.tables[table].table;
    names.insert(read.name);
    if (!read.is_view) continue;
    // What lies under a view is SQLite's to say.
    if (const auto tables = database.tables_read(candidate.sql)) return *tables;
  }
  return {names.begin(), names.end()};
}

// Questions that differ in their values only stay on one side.
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
  Result<std::vector<Active>> families = chosen_families(options.families);
  if (!families) return fail(families.error());
  Result<Database> database = Database::open(image);
  if (!database) return fail(database.error());
  auto state = std::make_unique<State>(image, std::move(*database), name, options);
  state->families = std::move(*families);
  state->active = state->families;
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
    for (const Family& family : generate::all_templates())
      list.push_back({family.name, family.meaning});
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
