#include "core/episode/progress.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

namespace sqlenv {
namespace {

// The number of cells between two checks whether the rest can still change the quarter.
constexpr std::size_t kCellsBetweenLooks = 256;

std::optional<double> number_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

// The whole number that is written exactly as `text`, if there is one.
std::optional<std::int64_t> whole_text(const std::string& text) {
  const bool negative = !text.empty() && text[0] == '-';
  const std::size_t first = negative ? 1 : 0;
  if (text.size() == first || text.size() > first + 19) return std::nullopt;
  if (text[first] == '0' && text.size() > 1) return std::nullopt;
  std::uint64_t magnitude = 0;
  for (std::size_t i = first; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    magnitude = magnitude * 10 + static_cast<std::uint64_t>(text[i] - '0');
  }
  if (magnitude > (std::uint64_t{1} << 63) - (negative ? 0 : 1)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

// The whole number whose text is the cell's displayed value, if there is one.
std::optional<std::int64_t> whole_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* text = std::get_if<std::string>(&value)) return whole_text(*text);
  const auto* real = std::get_if<double>(&value);
  if (real == nullptr || !(std::fabs(*real) < 1e15) || std::floor(*real) != *real)
    return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

// x ≥ 1. frexp is exact; the rest is the series of 2·atanh on [√½, √2), in basic operations only.
double log2_exactly_ordered(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.70710678118654752) m *= 2, --exponent;
  const double t = (m - 1) / (m + 1);
  double sum = 0;
  double power = t;
  for (int k = 1; k < 40; k += 2) sum += power / k, power *= t * t;
  return exponent + 2 * sum * 1.4426950408889634;
}

// Finds the numbers of a result nearest to each of some sorted numbers without sorting the result:
// each gap between two of them keeps its lowest and highest number.
class NearestNumbers {
 public:
  explicit NearestNumbers(const std::vector<double>& wanted)
      : wanted_(wanted), low_(wanted.size() + 1, HUGE_VAL), high_(wanted.size() + 1, -HUGE_VAL) {}

  void add(double number) {
    const auto gap = std::upper_bound(wanted_.begin(), wanted_.end(), number) - wanted_.begin();
    const auto at = static_cast<std::size_t>(gap);
    low_[at] = std::min(low_[at], number);
    high_[at] = std::max(high_[at], number);
  }

  std::vector<double> distances() const {
    std::vector<double> distances(wanted_.size(), HUGE_VAL);
    double below = -HUGE_VAL;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      below = std::max(below, high_[i]);
      if (below > -HUGE_VAL) distances[i] = wanted_[i] - below;
    }
    double above = HUGE_VAL;
    for (std::size_t i = wanted_.size(); i-- > 0;) {
      above = std::min(above, low_[i + 1]);
      if (above < HUGE_VAL) distances[i] = std::min(distances[i], above - wanted_[i]);
    }
    return distances;
  }

 private:
  const std::vector<double>& wanted_;
  std::vector<double> low_;
  std::vector<double> high_;
};

// Sizes of the sets of values: the gold's, the result's so far, and of their intersection.
struct Overlap {
  std::size_t gold = 0;
  std::size_t result = 0;
  std::size_t shared = 0;

  double jaccard() const {
    const std::size_t all = result + gold - shared;
    return all == 0 ? 1 : static_cast<double>(shared) / static_cast<double>(all);
  }
};

// Rounding is monotone in each operation, so bounds of the overlap are bounds of the quarter.
int rounded(double cardinality, double overlap, double closeness) {
  const double score = 0.25 * cardinality + 0.5 * overlap + 0.25 * closeness;
  return std::clamp(static_cast<int>(std::lround(score * 4)), 0, 4);
}

}  // namespace

ProgressMeter::ProgressMeter(const ResultTable& gold) : rows_(gold.rows.size()) {
  for (const auto& row : gold.rows)
    for (const Value& value : row) {
      if (const std::optional<double> number = number_of(value)) numbers_.push_back(*number);
      if (const std::optional<std::int64_t> whole = whole_of(value)) whole_.insert(*whole);
      else texts_.insert(shown_.emplace_front(display_text(value)));
    }
  std::sort(numbers_.begin(), numbers_.end());
}

double ProgressMeter::cardinality(std::size_t rows) const {
  const auto p = static_cast<double>(rows);
  const auto g = static_cast<double>(rows_);
  return 1 - std::fabs(p - g) / std::max({p, g, 1.0});
}

double ProgressMeter::closeness(const ResultTable& result) const {
  NearestNumbers nearest(numbers_);
  for (const auto& row : result.rows)
    for (const Value& value : row)
      if (const std::optional<double> number = number_of(value)) nearest.add(*number);
  double sum = 0;
  for (const double distance : nearest.distances())
    if (distance < HUGE_VAL) sum += 1 / (1 + log2_exactly_ordered(1 + distance));
  return sum / static_cast<double>(numbers_.size());
}

int ProgressMeter::quarters(const ResultTable& result) const {
  const double rows = cardinality(result.rows.size());
  const std::optional<double> near =
      numbers_.empty() ? std::nullopt : std::optional(closeness(result));
  const auto quarter = [&](const Overlap& sets) {
    return rounded(rows, sets.jaccard(), near.value_or(sets.jaccard()));
  };
  FlatSet<std::int64_t, HashOfWhole> whole;
  FlatSet<std::string_view, std::hash<std::string_view>> texts;
  std::forward_list<std::string> shown;  // the texts of values that are not texts
  Overlap sets{whole_.size() + texts_.size(), 0, 0};
  std::size_t left = result.rows.empty() ? 0 : result.rows.size() * result.rows.front().size();
  for (const auto& row : result.rows)
    for (const Value& value : row) {
      if (left % kCellsBetweenLooks == 0) {
        const std::size_t more = std::min(left, sets.gold - sets.shared);
        const int low = quarter({sets.gold, sets.result + left, sets.shared});
        if (low == quarter({sets.gold, sets.result + more, sets.shared + more})) return low;
      }
      --left;
      if (const std::optional<std::int64_t> number = whole_of(value)) {
        if (!whole.insert(*number)) continue;
        sets.shared += whole_.contains(*number) ? 1 : 0;
      } else {
        const auto* text = std::get_if<std::string>(&value);
        const std::string& key = text ? *text : shown.emplace_front(display_text(value));
        if (!texts.insert(key)) continue;
        sets.shared += texts_.contains(key) ? 1 : 0;
      }
      ++sets.result;
    }
  return quarter(sets);
}

}  // namespace sqlenv
