#include "core/base/unicode.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/base/unicode_tables.h"

namespace sqlenv {
namespace {

using Codes = std::vector<std::uint32_t>;

// Hangul syllables are arranged so that arithmetic composes them (Unicode, section 3.12).
constexpr std::uint32_t kSyllable = 0xAC00, kLead = 0x1100, kVowel = 0x1161, kTail = 0x11A7;
constexpr std::uint32_t kLeads = 19, kVowels = 21, kTails = 28;
constexpr std::uint32_t kSyllables = kLeads * kVowels * kTails;

// The last entry whose first code is at most `code`, or null.
template <class Range>
const Range* range_at(const Range* table, std::size_t size, std::uint32_t code) {
  const Range* after =
      std::upper_bound(table, table + size, code,
                       [](std::uint32_t c, const Range& range) { return c < range.first; });
  return after == table || code > (after - 1)->last ? nullptr : after - 1;
}

std::uint32_t combining_class(std::uint32_t code) {
  if (code < 0x300) return 0;
  const ClassRange* range = range_at(kClassRanges, kClassRangesSize, code);
  return range == nullptr ? 0 : range->combining_class;
}

const Decomposition* decomposition(std::uint32_t code) {
  const Decomposition* end = kDecompositions + kDecompositionsSize;
  const Decomposition* found =
      std::lower_bound(kDecompositions, end, code,
                       [](const Decomposition& entry, std::uint32_t c) { return entry.code < c; });
  return found == end || found->code != code ? nullptr : found;
}

void decompose(std::uint32_t code, Codes& out) {
  if (code >= kSyllable && code < kSyllable + kSyllables) {
    const std::uint32_t index = code - kSyllable;
    out.push_back(kLead + index / (kVowels * kTails));
    out.push_back(kVowel + index % (kVowels * kTails) / kTails);
    if (index % kTails != 0) out.push_back(kTail + index % kTails);
    return;
  }
  const Decomposition* entry = code < 0xC0 ? nullptr : decomposition(code);
  if (entry == nullptr) {
    out.push_back(code);
    return;
  }
  decompose(entry->first, out);
  if (entry->second != 0) decompose(entry->second, out);
}

// Puts each run of combining marks in the order of their classes.
void order_marks(Codes& codes) {
  for (std::size_t i = 0; i < codes.size();) {
    std::size_t end = i;
    while (end < codes.size() && combining_class(codes[end]) != 0) ++end;
    std::stable_sort(
        codes.begin() + std::ptrdiff_t(i), codes.begin() + std::ptrdiff_t(end),
        [](std::uint32_t a, std::uint32_t b) { return combining_class(a) < combining_class(b); });
    i = end + 1;
  }
}

const std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>& compositions() {
  static const auto table = [] {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> pairs;
    for (std::size_t i = 0; i < kDecompositionsSize; ++i) {
      const Decomposition& entry = kDecompositions[i];
      if (entry.composes != 0) pairs[{entry.first, entry.second}] = entry.code;
    }
    return pairs;
  }();
  return table;
}

// The composition of two code points; 0 if there is none.
std::uint32_t compose(std::uint32_t first, std::uint32_t second) {
  if (first >= kLead && first < kLead + kLeads && second >= kVowel && second < kVowel + kVowels)
    return kSyllable + ((first - kLead) * kVowels + (second - kVowel)) * kTails;
  const bool open =
      first >= kSyllable && first < kSyllable + kSyllables && (first - kSyllable) % kTails == 0;
  if (open && second > kTail && second < kTail + kTails) return first + (second - kTail);
  const auto found = compositions().find({first, second});
  return found == compositions().end() ? 0 : found->second;
}

void compose_all(Codes& codes) {
  std::size_t out = 0;
  std::size_t starter = codes.size();  // none yet
  std::uint32_t last_class = 0;
  for (const std::uint32_t code : codes) {
    const std::uint32_t cls = combining_class(code);
    const bool adjacent = starter < out && starter + 1 == out;
    const bool blocked = starter >= out || (!adjacent && last_class >= cls);
    const std::uint32_t composed = blocked ? 0 : compose(codes[starter], code);
    if (composed != 0) {
      codes[starter] = composed;
      continue;
    }
    if (cls == 0) starter = out;
    last_class = cls;
    codes[out++] = code;
  }
  codes.resize(out);
}

std::string encode(const Codes& codes) {
  std::string out;
  for (const std::uint32_t code : codes) append_utf8(out, code);
  return out;
}

// No mark and no letter that normalisation changes is below U+0300, whose first byte is CC.
bool may_change(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xCC; });
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6)), add(0x80 | (code & 63));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12)), add(0x80 | ((code >> 6) & 63)), add(0x80 | (code & 63));
  } else {
    add(0xF0 | (code >> 18)), add(0x80 | ((code >> 12) & 63));
    add(0x80 | ((code >> 6) & 63)), add(0x80 | (code & 63));
  }
}

std::vector<std::uint32_t> code_points(std::string_view text) {
  const std::string valid = valid_utf8(text);
  Codes codes;
  for (const char c : valid) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) codes.push_back(byte);
    else if (byte >= 0xF0) codes.push_back(byte & 0x07);
    else if (byte >= 0xE0) codes.push_back(byte & 0x0F);
    else if (byte >= 0xC0) codes.push_back(byte & 0x1F);
    else codes.back() = codes.back() << 6 | (byte & 0x3F);
  }
  return codes;
}

std::string to_nfc(std::string_view text) {
  if (!may_change(text)) return valid_utf8(text);
  Codes codes;
  for (const std::uint32_t code : code_points(text)) decompose(code, codes);
  order_marks(codes);
  compose_all(codes);
  return encode(codes);
}

std::string to_lower_unicode(std::string_view text) {
  Codes codes = code_points(text);
  for (std::uint32_t& code : codes) {
    const LowerRange* range = range_at(kLowerRanges, kLowerRangesSize, code);
    if (range != nullptr && (code - range->first) % range->step == 0)
      code = static_cast<std::uint32_t>(static_cast<std::int64_t>(code) + range->delta);
  }
  return encode(codes);
}

}  // namespace sqlenv
