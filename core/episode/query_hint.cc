#include "core/episode/query_hint.h"

#include <algorithm>
#include <string>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

// `tokens` are alternatives, each a run of tokens in small letters with a blank before each token;
// ^ stands for the beginning, 0 for any number and ' for any string. The first that occurs counts.
struct Hint {
  std::string_view tokens;
  std::string_view says;
};

constexpr Hint kHints[] = {
    {" ^ show; ^ describe; ^ desc; ^ .; ^ \\; ^ pragma table; ^ pragma index; ^ pragma foreign; "
     "pragma_; information_schema; pg_catalog",
     "The tables are named in schema_info; the action DESCRIBE shows a table's columns and SAMPLE "
     "some of its rows."},
    {" ^ ( select; ^ ( with", "Write the SELECT without parentheses around it."},
    {" select top 0; select top (; select distinct top 0; fetch first; fetch next; limit all; row "
     "only; rows only; rownum",
     "The number of rows is set at the end: LIMIT 5, or LIMIT 5 OFFSET 10."},
    {" ilike", "LIKE ignores the case of ASCII letters."},
    {" : :; convert (; try_cast (; to_number (",
     "Write CAST(x AS INTEGER), with REAL or TEXT for other types."},
    {" datediff (; timestampdiff (; date_diff (; age (; dateadd (; date_add (; date_sub (; "
     "adddate (; interval '; interval 0",
     "Days between dates are julianday(a) - julianday(b), and date(d, '+1 day') moves a date."},
    {" now (; getdate (; curdate (; sysdate; today (",
     "There is no clock here; compare with a date in the data, such as the latest one."},
    {" date_format (; extract (; year (; month (; day (; hour (; date_trunc (; date_part (; "
     "datepart "
     "(; to_char (; to_date (; str_to_date (; datename (; dayofweek (; weekday (; quarter (; "
     "to_timestamp (",
     "Dates are text: strftime('%Y', d) gives the year, with %m for the month, %d for the day and "
     "%w for the weekday."},
    {" date '; timestamp '", "A date is a plain text, such as '2024-01-31'."},
    {" if (", "Write iif(condition, x, y) or CASE WHEN condition THEN x ELSE y END."},
    {" isnull (; nvl (", "Write ifnull(x, y) or coalesce(x, y), and x IS NULL as a condition."},
    {" left (; right (; mid (; split_part (; substring_index (",
     "Write substr(x, 1, 3), or substr(x, -3) for the end; instr(x, y) finds y in x."},
    {" len (; char_length (; character_length (; datalength (", "Write length(x)."},
    {" charindex (; position (; locate (; strpos (", "instr(x, y) gives the place of y in x."},
    {" regexp; rlike; similar to; ~ '; ~ *; regexp_like (; regexp_matches (; regexp_replace (",
     "There are no regular expressions; use LIKE with % and _, or GLOB with *, ? and [a-z]."},
    {" separator '; within group; array_agg (; listagg (",
     "Write group_concat(x, ', '), or group_concat(x, ', ' ORDER BY y)."},
    {" greatest (; least (", "max(x, y) and min(x, y) compare the values of one row."},
    {" stddev; variance (; median (; percentile; var_samp (; var_pop (; corr (",
     "The aggregates are count, sum, total, avg, min, max and group_concat; a median is the middle "
     "row by ORDER BY x LIMIT 1 OFFSET n."},
    {" sqrt (; power (; pow (; floor (; ceil (; ceiling (; mod (; trunc (; exp (; ln (; log (; "
     "log10 (",
     "There are abs, round, sign and %; CAST(x AS INTEGER) cuts off decimals and x * x is a "
     "square."},
    {" = any (; = some (; > any (; > all (; < any (; < all (; = all (",
     "Write x IN (SELECT …), or compare with min() or max() of the subquery."},
    {" distinct on (; qualify ",
     "Number the rows by row_number() OVER (PARTITION BY x ORDER BY y) in a subquery, and keep "
     "those "
     "with 1."},
    {" rollup; cube (; grouping sets; pivot (",
     "Write one SELECT for each grouping and join them by UNION ALL, or sum(CASE WHEN … END)."},
    {" minus select", "Write EXCEPT."},
    {" lateral (; cross apply; outer apply; unnest (",
     "Write the subquery as a column, or join it by its key."},
    {" div 0; div (", "The quotient of two integers is cut: 7 / 2 is 3, and 7 * 1.0 / 2 is 3.5."},
    {" <= >", "Write x IS y, which is also true of two NULLs."},
};

// The tokens in small letters with a blank before each.
std::string token_line(std::string_view sql) {
  std::string line = " ^";
  for (const SqlToken& token : sql_tokens(sql)) {
    line += ' ';
    if (token.kind == TokenKind::kString) line += '\'';
    else if (token.kind == TokenKind::kNumber) line += '0';
    else if (token.kind != TokenKind::kQuoted) append_lower(line, token.in(sql));
  }
  return line;
}

}  // namespace

std::string_view query_hint(std::string_view sql, ErrorCode code) {
  const bool other_statement = code == ErrorCode::kNotReadOnly;
  if (!other_statement && code != ErrorCode::kSyntax && code != ErrorCode::kNoSuchTable &&
      code != ErrorCode::kNoSuchColumn)
    return {};
  if (sql.find("```") != std::string_view::npos)
    return "Send the statement alone, without words around it.";
  const std::string line = token_line(sql);
  for (const Hint& hint : kHints) {
    for (std::size_t at = 0; at < hint.tokens.size();) {
      const std::size_t end = std::min(hint.tokens.find(';', at), hint.tokens.size());
      if (line.find(hint.tokens.substr(at, end - at)) != std::string::npos) return hint.says;
      at = end + 1;
    }
    if (other_statement) break;
  }
  return {};
}

}  // namespace sqlenv
