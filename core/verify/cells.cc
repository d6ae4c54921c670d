#include "core/verify/cells.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/text.h"
#include "core/base/unicode.h"
#include "core/verify/answer_number.h"

namespace sqlenv {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

bool is_whole(double value) {
  return value >= -kTwoTo63 && value < kTwoTo63 && std::floor(value) == value;
}

std::string compared_text(const std::string& text, const CellRules& rules) {
  return rules.normalised ? collapse_spaces(to_nfc(text)) : text;
}

void set_number(Cell& cell, const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    cell.number = CellKind::kInteger;
    cell.integer = *whole;
    cell.real = static_cast<double>(*whole);
  } else if (const auto* real = std::get_if<double>(&value)) {
    // One form for each number, so that 3.0 and 3 hash alike.
    const bool whole_real = is_whole(*real);
    cell.number = whole_real ? CellKind::kInteger : CellKind::kReal;
    cell.integer = whole_real ? static_cast<std::int64_t>(*real) : 0;
    cell.real = *real;
  }
}

bool same_number(const Cell& a, const Cell& b) {
  if (a.number != b.number) return false;
  return a.number == CellKind::kInteger ? a.integer == b.integer : a.real == b.real;
}

std::uint64_t bits_of(double value) {
  std::uint64_t bits = 0;
  static_assert(sizeof bits == sizeof value);
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

std::uint64_t hash_bytes(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325;  // FNV-1a
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

}  // namespace

Cell typed_cell(const Value& value, const CellRules& rules) {
  Cell cell;
  if (std::holds_alternative<std::int64_t>(value)) {
    cell.kind = CellKind::kInteger;
    set_number(cell, value);
  } else if (const auto* real = std::get_if<double>(&value)) {
    // SQLite turns NaN into NULL.
    if (std::isnan(*real)) return cell;
    cell.kind = CellKind::kReal;
    set_number(cell, value);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    cell.kind = CellKind::kText;
    cell.text = compared_text(*text, rules);
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    cell.kind = CellKind::kBlob;
    cell.text = blob->bytes;
  }
  return cell;
}

Cell answer_cell(const AnswerCell& answer, const CellRules& rules) {
  if (answer.literal) return typed_cell(*answer.literal, rules);
  Cell cell;
  cell.kind = CellKind::kOpen;
  cell.text = compared_text(answer.text, rules);
  if (const std::optional<Value> number = parse_number_value(answer.text))
    set_number(cell, *number);
  const std::string_view word = trim(answer.text);
  cell.null_word = equal_ignoring_case(word, "null") || equal_ignoring_case(word, "none");
  return cell;
}

bool near(double a, double b, const CellRules& rules) {
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  return std::fabs(a - b) <= rules.absolute + rules.relative * std::max(std::fabs(a), std::fabs(b));
}

bool equal_cells(const Cell& gold, const Cell& answer, const CellRules& rules) {
  const bool open = answer.kind == CellKind::kOpen;
  switch (gold.kind) {
    case CellKind::kNull: return answer.kind == CellKind::kNull || (open && answer.null_word);
    case CellKind::kInteger: return same_number(gold, answer);
    case CellKind::kReal:
      if (answer.number == CellKind::kNull) return false;
      return rules.tolerant() ? near(gold.real, answer.real, rules) : same_number(gold, answer);
    case CellKind::kText:
      return (open || answer.kind == CellKind::kText) && gold.text == answer.text;
    case CellKind::kBlob:
      if (open) return equal_ignoring_case(display_text(Blob{gold.text}), answer.text);
      return answer.kind == CellKind::kBlob && gold.text == answer.text;
    case CellKind::kOpen: break;
  }
  return false;
}

bool identical_cells(const Cell& a, const Cell& b) {
  const bool numbers =
      a.kind != CellKind::kOpen && a.number != CellKind::kNull && b.kind != CellKind::kOpen;
  if (numbers) return same_number(a, b);
  return a.kind == b.kind && a.text == b.text;
}

std::uint64_t mix_hash(std::uint64_t a, std::uint64_t b) {
  // SplitMix64's finisher over the two together.
  std::uint64_t z = (a ^ (b + 0x9E3779B97F4A7C15 + (a << 6) + (a >> 2))) + 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t cell_hash(const Cell& cell) {
  if (cell.kind == CellKind::kOpen) return mix_hash(5, hash_bytes(cell.text));
  if (cell.number == CellKind::kInteger)
    return mix_hash(1, static_cast<std::uint64_t>(cell.integer));
  if (cell.number == CellKind::kReal) return mix_hash(2, bits_of(cell.real));
  return mix_hash(cell.kind == CellKind::kText   ? 3
                  : cell.kind == CellKind::kBlob ? 4
                                                 : 0,
                  hash_bytes(cell.text));
}

}  // namespace sqlenv
