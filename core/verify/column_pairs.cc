#include "core/verify/column_pairs.h"

#include <algorithm>
#include <numeric>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

// Whether the sorted `whole` holds each element of the sorted `part` at least as often.
bool contains(const Keys& whole, const Keys& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

}  // namespace

ColumnPairs::ColumnPairs(const Side& gold, const Side& answer, const CellRules& rules)
    : answer_(answer), rules_(rules) {
  for (const std::vector<Cell>& column : gold.cells) {
    profiles_.push_back(profile_of(column));
    gold_prints_.push_back(fingerprint(column, profiles_.back()));
  }
}

ColumnPairs::Profile ColumnPairs::profile_of(const std::vector<Cell>& column) const {
  bool numbers = false, texts = false, blobs = false, nulls = false, null_texts = false;
  Profile profile;
  for (const Cell& cell : column) {
    numbers = numbers || cell.number != CellKind::kNull;
    texts = texts || cell.kind == CellKind::kText;
    blobs = blobs || cell.kind == CellKind::kBlob;
    nulls = nulls || cell.kind == CellKind::kNull;
    const std::string_view word = trim(cell.text);
    const bool null_text = cell.kind == CellKind::kText &&
                           (equal_ignoring_case(word, "null") || equal_ignoring_case(word, "none"));
    null_texts = null_texts || null_text;
    if (cell.kind == CellKind::kReal && rules_.tolerant()) profile.tolerant = true;
  }
  if (numbers + texts + blobs > 1 || (nulls && null_texts)) profile.reading = Reading::kMixed;
  else if (numbers) profile.reading = Reading::kNumber;
  else if (texts) profile.reading = nulls ? Reading::kTextOrNull : Reading::kText;
  else if (blobs) profile.reading = Reading::kBlob;
  return profile;
}

// The key of any cell but a number under a tolerance.
std::uint64_t ColumnPairs::key_of(const Cell& cell, const Profile& profile) {
  if (cell.kind != CellKind::kOpen) return cell_hash(cell);
  Cell read = cell;
  read.kind = CellKind::kText;
  const bool null_read = profile.reading == Reading::kNumber ||
                         profile.reading == Reading::kTextOrNull ||
                         profile.reading == Reading::kNull || profile.reading == Reading::kBlob;
  if (null_read && cell.null_word) return cell_hash(Cell{});
  if (profile.reading == Reading::kNumber && cell.number != CellKind::kNull)
    read.kind = cell.number;
  else read.number = CellKind::kNull;
  // A blob's bytes are written in hexadecimal.
  if (profile.reading == Reading::kBlob)
    if (std::optional<Blob> blob = read_blob_literal(cell.text))
      return cell_hash(typed_cell(std::move(*blob), {}));
  return cell_hash(read);
}

ColumnPairs::Fingerprint ColumnPairs::fingerprint(const std::vector<Cell>& column,
                                                  const Profile& profile) {
  Fingerprint print;
  print.rows.resize(column.size());
  for (std::size_t r = 0; r < column.size(); ++r) {
    const Cell& cell = column[r];
    const bool open = cell.kind == CellKind::kOpen;
    if (open && profile.reading == Reading::kMixed) print.open = true;
    const bool number =
        cell.number != CellKind::kNull && (!open || profile.reading == Reading::kNumber);
    if (profile.tolerant && number) {
      print.number_rows.push_back(static_cast<std::uint32_t>(r));
    } else {
      print.rows[r] = key_of(cell, profile);
      print.sorted.push_back(print.rows[r]);
    }
  }
  std::sort(print.sorted.begin(), print.sorted.end());
  std::sort(print.number_rows.begin(), print.number_rows.end(),
            [&](std::uint32_t a, std::uint32_t b) { return column[a].real < column[b].real; });
  for (const std::uint32_t row : print.number_rows) print.numbers.push_back(column[row].real);
  return print;
}

const ColumnPairs::Fingerprint& ColumnPairs::answer_print(std::size_t column,
                                                          const Profile& profile) {
  const int variant = static_cast<int>(profile.reading) * 2 + (profile.tolerant ? 1 : 0);
  const auto found = answer_prints_.find({column, variant});
  if (found != answer_prints_.end()) return found->second;
  return answer_prints_
      .emplace(std::pair(column, variant), fingerprint(answer_.cells[column], profile))
      .first->second;
}

// Each answer's number takes the least free gold number that is near it. The interval of near
// numbers moves up with the number, so this finds a pairing if there is one.
bool ColumnPairs::numbers_fit(const std::vector<double>& gold,
                              const std::vector<double>& answer) const {
  std::size_t g = 0;
  for (const double number : answer) {
    while (g < gold.size() && gold[g] < number && !near(gold[g], number, rules_)) ++g;
    if (g == gold.size() || !near(gold[g], number, rules_)) return false;
    ++g;
  }
  return true;
}

bool ColumnPairs::fit(std::size_t gold_column, std::size_t answer_column) {
  const Fingerprint& gold = gold_prints_[gold_column];
  const Fingerprint& answer = answer_print(answer_column, profiles_[gold_column]);
  if (answer.open) return true;
  return contains(gold.sorted, answer.sorted) && numbers_fit(gold.numbers, answer.numbers);
}

const KeyPair& ColumnPairs::keys(std::size_t gold_column, std::size_t answer_column) {
  const auto found = keys_.find({gold_column, answer_column});
  if (found != keys_.end()) return found->second;
  const Fingerprint& gold = gold_prints_[gold_column];
  const Fingerprint& answer = answer_print(answer_column, profiles_[gold_column]);
  KeyPair keys;
  if (answer.open) {
    keys.gold.resize(gold.rows.size());
    keys.answer.resize(answer.rows.size());
  } else {
    keys = {gold.rows, answer.rows};
    // Numbers that a chain of near numbers connects share a key.
    std::uint64_t chain = 0;
    double last = 0;
    std::size_t g = 0, a = 0;
    while (g < gold.numbers.size() || a < answer.numbers.size()) {
      const bool from_gold = a == answer.numbers.size() ||
                             (g < gold.numbers.size() && gold.numbers[g] <= answer.numbers[a]);
      const double number = from_gold ? gold.numbers[g] : answer.numbers[a];
      if (chain == 0 || !near(last, number, rules_)) ++chain;
      last = number;
      if (from_gold) keys.gold[gold.number_rows[g++]] = mix_hash(6, chain);
      else keys.answer[answer.number_rows[a++]] = mix_hash(6, chain);
    }
  }
  return keys_.emplace(std::pair(gold_column, answer_column), std::move(keys)).first->second;
}

}  // namespace sqlenv
