#include "core/task/generate/profile_column.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/name_words.h"
#include "core/task/generate/naming.h"
#include "core/task/generate/question_sql.h"

namespace sqlenv::generate {
namespace {

constexpr std::int64_t kMaxValues = 2000;
constexpr std::int64_t kLongestText = 60;
// Above this number of rows, distinct values are counted up to kMaxValues only.
constexpr std::int64_t kLargeTable = 100'000;

struct Counts {
  std::int64_t filled = 0, distinct = 0, integers = 0, reals = 0, texts = 0;
  std::int64_t padded = 0, folded = 0, longest = 0;
};

std::int64_t whole(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? 0 : *number;
}

// `distinct` says whether to count distinct values, which takes longest in a large table.
std::optional<Counts> count(MeteredDatabase& database, const std::string& source,
                            const std::string& c, bool distinct) {
  const std::string both =
      distinct ? "count(DISTINCT " + c + " COLLATE BINARY), count(DISTINCT lower(trim(" + c + ")))"
               : "0, 0";
  const auto table = database.query(
      "SELECT count(" + c + "), " + both + ", sum(typeof(" + c + ") = 'integer'), sum(typeof(" + c +
          ") = 'real'), sum(typeof(" + c + ") = 'text'), sum(typeof(" + c + ") = 'text' AND " + c +
          " <> trim(" + c + ") COLLATE BINARY), max(length(" + c + ")) FROM " + source,
      kWholeTable);
  if (!table || table->rows.size() != 1) return std::nullopt;
  const std::vector<Value>& row = table->rows.front();
  Counts counts;
  std::int64_t* const places[] = {&counts.filled,   &counts.distinct, &counts.folded,
                                  &counts.integers, &counts.reals,    &counts.texts,
                                  &counts.padded,   &counts.longest};
  for (std::size_t i = 0; i < std::size(places); ++i) *places[i] = whole(row[i]);
  return counts;
}

void sort_distinct(std::vector<Value>& values) {
  std::sort(values.begin(), values.end(), [](const Value& a, const Value& b) {
    const bool text = std::holds_alternative<std::string>(a);
    if (text != std::holds_alternative<std::string>(b)) return !text;
    if (text) return std::get<std::string>(a) < std::get<std::string>(b);
    const auto real = [](const Value& v) {
      const auto* number = std::get_if<double>(&v);
      return number != nullptr ? *number : static_cast<double>(whole(v));
    };
    return real(a) < real(b);
  });
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<Value> read_values(MeteredDatabase& database, const std::string& source,
                               const std::string& c, bool all) {
  const std::string filled = c + " IS NOT NULL";
  const std::string sql = all ? "SELECT DISTINCT " + c + " FROM " + source + where({filled})
                              : "SELECT " + c + " FROM " + source + where({filled}) + " LIMIT 3000";
  std::vector<Value> values;
  if (const auto table = database.query(sql, kWholeTable))
    for (const auto& row : table->rows) values.push_back(row.front());
  sort_distinct(values);
  return values;
}

// Reads the distinct values of a large table's column, up to kMaxValues + 1. If there are more,
// `counts` holds that lower bound.
void read_large(MeteredDatabase& database, const std::string& source, const std::string& c,
                bool unique, Counts& counts, ColumnProfile& column) {
  const std::string sql = "SELECT DISTINCT " + c + " COLLATE BINARY FROM " + source +
                          where({c + " IS NOT NULL"}) + " LIMIT " + std::to_string(kMaxValues + 1);
  if (const auto table = database.query(sql, kWholeTable))
    for (const auto& row : table->rows) column.values.push_back(row.front());
  sort_distinct(column.values);
  column.complete = std::ssize(column.values) <= kMaxValues;
  counts.distinct = counts.folded =
      unique ? counts.filled : static_cast<std::int64_t>(column.values.size());
}

std::uint32_t lower_code_point(std::uint32_t c) {
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
      (c >= 0x410 && c <= 0x42F))
    return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x100 && c <= 0x17F) return c | 1;
  return c;
}

// The text's letters and digits in lower case, without marks: equal for two spellings of one thing.
std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      const std::string low = to_lower(text.substr(i, 1));
      if ((low[0] >= 'a' && low[0] <= 'z') || (low[0] >= '0' && low[0] <= '9')) out += low;
    } else if (byte >= 0xC0 && byte < 0xE0 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[++i]);
      const std::uint32_t c = (byte & 0x1FU) << 6 | (next & 0x3FU);
      if (c >= 0x300 && c < 0x370) continue;  // a combining mark
      const std::uint32_t low = lower_code_point(c);
      out += static_cast<char>(0xC0 | low >> 6);
      out += static_cast<char>(0x80 | (low & 0x3F));
    } else {
      out += text[i];
    }
  }
  return out;
}

bool stands_for_null(const std::string& fold) {
  constexpr std::array<std::string_view, 12> kStandIns = {
      "",    "null", "na",  "none",    "unknown",      "nil",
      "nan", "tbd",  "tba", "missing", "notavailable", "undefined"};
  return std::find(kStandIns.begin(), kStandIns.end(), fold) != kStandIns.end();
}

bool speakable(std::string_view text) {
  for (const char c : text)
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  return text.find("\xEF\xBF\xBD") == std::string_view::npos;
}

bool is_clean(const Counts& counts, const std::vector<Value>& values) {
  if (counts.longest > kLongestText) return false;
  if (counts.folded < counts.distinct) return false;
  std::set<std::string> folds;
  for (const Value& value : values) {
    const std::string& text = std::get<std::string>(value);
    std::string fold = folded(text);
    if (stands_for_null(fold) || !speakable(text)) return false;
    if (!folds.insert(std::move(fold)).second) return false;
  }
  return true;
}

bool digits_in_range(std::string_view text, std::size_t at, std::size_t n, int low, int high) {
  int number = 0;
  for (std::size_t i = at; i < at + n; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
    number = number * 10 + (text[i] - '0');
  }
  return number >= low && number <= high;
}

bool has_time(std::string_view text) {
  if (text.size() != 16 && text.size() != 19) return false;
  if ((text[10] != ' ' && text[10] != 'T') || text[13] != ':') return false;
  if (!digits_in_range(text, 11, 2, 0, 23) || !digits_in_range(text, 14, 2, 0, 59)) return false;
  return text.size() == 16 || (text[16] == ':' && digits_in_range(text, 17, 2, 0, 59));
}

DateForm date_form(std::string_view text) {
  if (!digits_in_range(text, 0, 4, 1000, 2200)) return DateForm::kNone;
  if (text.size() == 4) return DateForm::kYear;
  if (text[4] != '-' || !digits_in_range(text, 5, 2, 1, 12)) return DateForm::kNone;
  if (text.size() == 7) return DateForm::kMonth;
  if (text[7] != '-' || !digits_in_range(text, 8, 2, 1, 31)) return DateForm::kNone;
  if (text.size() == 10) return DateForm::kDay;
  return has_time(text) ? DateForm::kMoment : DateForm::kNone;
}

// The date form that all values have. Their lengths must agree too, since "… 10:00" and
// "… 10:00:00" do not sort together.
DateForm common_form(const std::vector<Value>& values) {
  DateForm form = DateForm::kNone;
  std::size_t length = 0;
  for (const Value& value : values) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return DateForm::kNone;
    const DateForm own = date_form(*text);
    if (own == DateForm::kNone || (length != 0 && (own != form || text->size() != length)))
      return DateForm::kNone;
    if (length != 0 && length >= 16) {
      const auto& first = std::get<std::string>(values.front());
      if ((*text)[10] != first[10]) return DateForm::kNone;
    }
    form = own;
    length = text->size();
  }
  return form;
}

bool names_a_time(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string low = to_lower(word);
    if (low == "date" || low == "time" || low == "timestamp" || low == "datetime") return true;
  }
  return false;
}

bool names_a_year(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_listed(" year jahr annee season ", word);
  });
}

// Whether an event happened in the years that the column holds: "founded", "active since".
bool may_hold_years(const std::vector<std::string>& words, const std::vector<Value>& values) {
  const auto year = [](const Value& value) { return whole(value) >= 500 && whole(value) <= 2200; };
  const std::string last = words.empty() ? "" : words.back();
  return (is_participle(last) || is_preposition(last) || is_listed(" gegruendet fundado ", last)) &&
         std::all_of(values.begin(), values.end(), year);
}

bool all_years(const std::vector<Value>& values) {
  return std::all_of(values.begin(), values.end(), [](const Value& value) {
    return std::holds_alternative<std::int64_t>(value) && whole(value) >= -5000 &&
           whole(value) <= 2200;
  });
}

bool is_yes_no(const ColumnProfile& column) {
  if (!column.complete || column.values.empty() || column.values.size() > 2) return false;
  constexpr std::array<std::string_view, 10> kWords = {"t",     "f",   "y",  "n", "true",
                                                       "false", "yes", "no", "0", "1"};
  return std::all_of(column.values.begin(), column.values.end(), [&](const Value& value) {
    if (std::holds_alternative<double>(value)) return false;
    const std::string low = to_lower(display_text(value));
    return std::find(kWords.begin(), kWords.end(), low) != kWords.end();
  });
}

void settle_number(const Counts& counts, const std::vector<std::string>& words,
                   ColumnProfile& column) {
  column.integral = counts.reals == 0;
  column.clean = true;
  if (column.integral &&
      ((names_a_year(words) && all_years(column.values)) || may_hold_years(words, column.values))) {
    column.kind = Kind::kDate;
    column.date_form = DateForm::kYear;
  } else if (column.flag || names_a_code(words)) {
    column.kind = column.integral ? Kind::kCode : Kind::kOther;
  } else if (!names_a_time(words)) {
    column.kind = Kind::kNumber;
    column.averageable = is_averageable(words);
    // Numbers from 0 to 1 are shares.
    const auto share = [](const Value& value) {
      const auto* real = std::get_if<double>(&value);
      return (real != nullptr ? *real : static_cast<double>(whole(value))) <= 1;
    };
    column.additive = column.averageable && is_additive(words) &&
                      !(counts.reals > 0 && share(column.values.back()));
  }
}

// Trims blanks alone, as SQL's TRIM does.
void trim_all(std::vector<Value>& values) {
  for (Value& value : values) {
    auto& text = std::get<std::string>(value);
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
    text.erase(text.find_last_not_of(' ') + 1);
  }
  sort_distinct(values);
}

// Counts texts that differ only by blanks at their ends as one. A large table's column is asked
// about only if all its values are known, so they are not counted again.
void read_trimmed(MeteredDatabase& database, const std::string& source, const std::string& c,
                  bool large, Counts& counts, ColumnProfile& column) {
  trim_all(column.values);
  counts.distinct = counts.folded = static_cast<std::int64_t>(column.values.size());
  if (large) return;
  const auto table = database.query("SELECT count(DISTINCT trim(" + c + ") COLLATE BINARY), " +
                                        "count(DISTINCT lower(trim(" + c + "))) FROM " + source,
                                    kWholeTable);
  counts.distinct = table ? whole(table->rows.front()[0]) : 0;
  counts.folded = table ? whole(table->rows.front()[1]) : -1;
}

// Calls the values of a quoted name dates or years, unless the name does.
void name_date(const std::vector<std::string>& words, ColumnProfile& column) {
  if (names_a_time(words) || names_a_year(words)) return;
  const bool year = column.date_form == DateForm::kYear;
  const std::string noun = quoted(column.name) + (year ? " year" : " date");
  column.phrase = {noun, noun + "s"};
}

void settle_text(const Counts& counts, const std::vector<std::string>& words,
                 ColumnProfile& column) {
  column.clean = is_clean(counts, column.values);
  if (!column.clean || names_a_secret(words)) return;
  column.kind = Kind::kText;
  // A value that was not read may be no date.
  if (column.flag || !column.complete) return;
  column.date_form = common_form(column.values);
  const bool year = column.date_form == DateForm::kYear;
  if (column.date_form != DateForm::kNone && (!year || names_a_year(words)))
    column.kind = Kind::kDate;
  else column.date_form = DateForm::kNone;
}

}  // namespace

void profile_column(MeteredDatabase& database, const std::string& source, std::int64_t rows,
                    bool unique, const std::vector<std::string>& words, ColumnProfile& column) {
  const std::string c = sql_name(column.name);
  const bool large = rows > kLargeTable;
  std::optional<Counts> counts = count(database, source, c, !large);
  if (!counts || counts->filled == 0) return;
  column.nulls = rows - counts->filled;
  const std::int64_t numbers = counts->integers + counts->reals;
  const bool one_class = numbers == counts->filled || counts->texts == counts->filled;
  if (!one_class || counts->longest > 1000) return;
  if (large) {
    read_large(database, source, c, unique, *counts, column);
  } else {
    column.complete = counts->distinct <= kMaxValues;
    column.values = read_values(database, source, c, column.complete);
  }
  column.padded = counts->texts == counts->filled && counts->padded > 0;
  if (column.padded) read_trimmed(database, source, c, large, *counts, column);
  column.distinct = counts->distinct;
  if (column.values.empty()) return;
  column.flag = names_a_flag(words) || is_yes_no(column);
  column.name_like = label_score(words) >= 70;
  if (column.flag && column.phrase.one.front() != '"')
    column.phrase = {quoted(column.name) + " value", quoted(column.name) + " values"};
  if (numbers == counts->filled) settle_number(*counts, words, column);
  else if (!large || column.complete) settle_text(*counts, words, column);
  if (column.kind == Kind::kDate && column.phrase.one.front() == '"') name_date(words, column);
  // Whether such a code identifies a row is unknown.
  if (large && !column.complete && !unique && column.kind == Kind::kCode)
    column.kind = Kind::kOther;
}

}  // namespace sqlenv::generate
