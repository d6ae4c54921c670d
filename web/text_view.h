// The playground's episode as JSON, for the page's text mode: what the screen shows, without the
// screen. Amounts and counts are the texts that the screen has, too.
//
// The gold is in it only once the episode is over. Pure; one thread.
#pragma once

#include <string>
#include <string_view>

#include "app/playground/playground.h"

namespace sqlenv::web {

// {"notice", "theme", and, once an episode was started, "question_id", "question", "database",
// "difficulty",
//  "budget", "left", "done", "total", "tables": [{"name", "rows", "columns": [[name, type, key,
//  references], …]}], "steps": [{"kind", "argument", "outcome", "error", "rows", "reward",
//  "running", "terms": [[name, amount], …]}], "verdict": null or {"won", "title", "detail",
//  "reason", "sql", "rows"}}. A table that was not described has neither "rows" nor "columns", and
//  a step that has no
// table no "rows".
std::string text_view_json(const ui::Playground& playground);

// {"columns": […], "rows": [[cell, …], …]}: at most `count` rows, from row `from` on, of the table
// that step `step` (counted from 0) gave, or of the expected one if `step` is -1. A cell is null,
// a text, or a list that holds the text of a number. No rows where there is no such table.
std::string table_rows_json(const ui::Playground& playground, int step, int from, int count);

}  // namespace sqlenv::web
