#include "core/policy/random_policy.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/schema.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {

void RandomPolicy::begin(const Observation& first, std::uint64_t seed) {
  random_ = Random(seed);
  schema_ = SchemaView::from_schema_info(first.schema_info);
  last_rows_.reset();
}

void RandomPolicy::read(const Observation& observation) {
  if (schema_.read_description(observation.result)) return;
  std::optional<SeenRows> rows = read_rows(observation.result);
  if (rows && !rows->rows.empty()) last_rows_ = std::move(rows);
}

const SeenTable& RandomPolicy::draw_table() {
  return schema_.tables()[static_cast<std::size_t>(random_.below(schema_.tables().size()))];
}

std::string RandomPolicy::draw_cell() {
  if (!last_rows_) return std::to_string(random_.below(100));
  const auto& row =
      last_rows_->rows[static_cast<std::size_t>(random_.below(last_rows_->rows.size()))];
  return row[static_cast<std::size_t>(random_.below(row.size()))];
}

std::string RandomPolicy::draw_query() {
  const SeenTable& table = draw_table();
  const std::string from = " FROM " + quote_identifier(table.name);
  if (table.columns.empty()) return "SELECT count(*)" + from;
  const SeenColumn& drawn =
      table.columns[static_cast<std::size_t>(random_.below(table.columns.size()))];
  const std::string column = quote_identifier(drawn.name);
  switch (random_.below(7)) {
    case 0: return "SELECT count(*)" + from;
    case 1: return "SELECT DISTINCT " + column + from;
    case 2: return "SELECT * " + from + " ORDER BY " + column + " DESC LIMIT 1";
    case 3: return "SELECT " + column + ", count(*)" + from + " GROUP BY " + column;
    case 4: return "SELECT max(" + column + "), avg(" + column + ")" + from;
    case 5: return "SELECT * " + from + " WHERE " + column + " = " + quote_text(draw_cell());
    default: return "SELECT " + column + from;
  }
}

std::string RandomPolicy::draw_answer() {
  const std::uint64_t form = random_.below(3);
  std::string answer = form == 0 ? std::to_string(random_.below(10)) : draw_cell();
  if (form == 2 && last_rows_) {
    std::vector<std::string> lines;
    for (const auto& row : last_rows_->rows) lines.push_back(join(row, " | "));
    answer = join(lines, "\n");
  }
  return trim(answer).empty() ? "0" : answer;
}

Action RandomPolicy::act(const Observation& observation) {
  read(observation);
  const std::uint64_t drawn = random_.below(20);
  if (observation.budget_remaining <= 1 || drawn < 3 || schema_.tables().empty())
    return {"ANSWER", draw_answer()};
  if (drawn < 9) return {"DESCRIBE", draw_table().name};
  if (drawn < 12) return {"SAMPLE", draw_table().name};
  return {"QUERY", draw_query()};
}

}  // namespace sqlenv
