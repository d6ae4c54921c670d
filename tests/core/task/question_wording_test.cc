// Checks how generated questions call tables and columns.
#include <gtest/gtest.h>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/task/generate/naming.h"
#include "core/task/question_generator.h"
#include "tests/core/task/wording_databases.h"

namespace sqlenv {
namespace {

const Table& table_of(const Schema& schema, const std::string& name) {
  const auto found = std::find_if(schema.tables.begin(), schema.tables.end(),
                                  [&](const Table& table) { return table.name == name; });
  EXPECT_NE(found, schema.tables.end()) << name;
  return *found;
}

std::string rows_of(const Schema& schema, const std::string& table) {
  const auto nouns = generate::table_nouns(schema);
  return nouns[static_cast<std::size_t>(&table_of(schema, table) - schema.tables.data())].many;
}

std::string phrase_of(const Schema& schema, const std::string& table, const std::string& column) {
  const Table& found = table_of(schema, table);
  const auto noun =
      generate::table_nouns(schema)[static_cast<std::size_t>(&found - schema.tables.data())];
  const auto phrases = generate::column_phrases(found, noun);
  for (std::size_t i = 0; i < found.columns.size(); ++i)
    if (found.columns[i].name == column) return phrases[i].one;
  ADD_FAILURE() << "no column " << column;
  return "";
}

TEST(QuestionWording, TablesThatNameNoThingAreQuoted) {
  const std::vector<std::vector<std::string>> expected = {
      {"rental", "film_actor", "\"film_actor\" records"},
      {"hospital", "prescribes", "\"prescribes\" records"},
      {"hospital", "trained_in", "\"trained_in\" records"},
      {"school", "likes", "\"likes\" records"},
      {"school", "friend", "\"friend\" records"},
      {"school", "enrolled_in", "\"enrolled_in\" records"},
      {"league", "plays_for", "\"plays_for\" records"},
      {"pets", "has_pet", "\"has_pet\" records"},
      {"pets", "plays_games", "\"plays_games\" records"},
      {"library", "wrote", "\"wrote\" records"},
      {"library", "borrowed", "\"borrowed\" records"},
      {"chat", "memberOf", "\"memberOf\" records"},
      {"staff", "dept_emp", "\"dept_emp\" records"},
      {"laender", "stadt", "\"stadt\" records"},
      {"laender", "pays", "\"pays\" records"},
      {"stations", "status", "status records"},
      {"shop", "tbl_products", "products"},
      {"shop", "dim_customer", "customers"},
      {"shop", "prod_tags", "product tags"},
      {"orders", "Order Details", "order details"},
      {"bank", "disp", "\"disp\" records"},
      {"bank", "trans", "transactions"},
      {"forum", "PostLinks", "post links"},
      {"school", "highschooler", "highschoolers"}};
  for (const auto& row : expected)
    EXPECT_EQ(rows_of(test::wording_database(row[0]).schema(), row[1]), row[2]) << row[1];
}

TEST(QuestionWording, ColumnsAreSpelledOutOrQuoted) {
  const std::vector<std::vector<std::string>> expected = {
      {"movies", "movie", "directed_by", "\"directed_by\" value"},
      {"movies", "movie", "starring", "\"starring\" value"},
      {"movies", "movie", "num_voted", "\"num_voted\" value"},
      {"movies", "movie", "dur_min", "duration in minutes"},
      {"movies", "movie", "gross_usd", "gross in USD"},
      {"movies", "movie", "imdb_score", "IMDb score"},
      {"movies", "movie", "yr", "year"},
      {"movies", "movie", "oscars", "number of oscars"},
      {"movies", "critic", "writes_for", "\"writes_for\" value"},
      {"movies", "critic", "active_since", "\"active_since\" value"},
      {"movies", "critic", "critic_name", "name"},
      {"movies", "incident", "date_incident_start", "incident start date"},
      {"movies", "incident", "killed", "\"killed\" value"},
      {"movies", "incident", "x", "\"x\" value"},
      {"stations", "station", "lat", "latitude"},
      {"stations", "station", "long", "longitude"},
      {"stations", "station", "elev_m", "elevation in m"},
      {"stations", "status", "bikes_available", "number of bikes available"},
      {"stations", "readings", "temp_c", "temperature in degrees C"},
      {"stations", "readings", "hum_pct", "humidity in percent"},
      {"stations", "readings", "dur_ms", "duration in ms"},
      {"stations", "readings", "max_temperature_f", "\"max_temperature_f\" value"},
      {"orders", "Products", "UnitsInStock", "number of units in stock"},
      {"hospital", "stay", "los_days", "\"los_days\" value"},
      {"orders", "Products", "QuantityPerUnit", "quantity per unit"},
      {"forum", "Users", "UpVotes", "number of up votes"},
      {"forum", "Posts", "ViewCount", "view count"},
      {"hospital", "patient", "dob", "date of birth"},
      {"hospital", "patient", "wt_kg", "weight in kg"},
      {"hospital", "stay", "stayid", "stay ID"},
      {"hospital", "stay", "treated_by", "\"treated_by\" value"},
      {"library", "docs", "doctitle", "title"},
      {"library", "docs", "docyear", "year"},
      {"library", "docs", "isbn", "ISBN"},
      {"library", "author", "hIndex", "\"hIndex\" value"},
      {"shop", "tbl_products", "prod_name", "name"},
      {"shop", "tbl_products", "prod_cat", "category"},
      {"shop", "tbl_products", "price_usd", "price in USD"},
      {"shop", "tbl_products", "qty_in_stock", "quantity in stock"},
      {"shop", "tbl_products", "num_reviews", "number of reviews"},
      {"shop", "tbl_products", "avg_rating", "\"avg_rating\" value"},
      {"shop", "tbl_products", "is_active", "\"is_active\" value"},
      {"shop", "fact_orders", "amt", "amount"},
      {"shop", "fact_orders", "status_cd", "status code"},
      {"shop", "fact_orders", "sent_to", "\"sent_to\" value"},
      {"league", "game", "home_goals", "number of home goals"},
      {"league", "game", "round_no", "round number"},
      {"league", "standings", "gd", "\"gd\" value"},
      {"school", "course", "cid", "course ID"},
      {"school", "course", "cname", "name"},
      {"pets", "student", "stuid", "student ID"},
      {"pets", "pets", "seen_by_vet", "\"seen_by_vet\" value"},
      {"library", "borrowed", "dueBack", "\"dueBack\" value"},
      {"shop", "fact_orders", "disc_pct", "discount in percent"},
      {"school", "course", "max_students", "\"max_students\" value"},
      {"school", "enrolled_in", "hrs_absent", "hours absent"},
      {"staff", "dept_emp", "to_date", "\"to_date\" value"},
      {"chat", "channel", "lastActive", "\"lastActive\" value"},
      {"staff", "applied_for", "yrs_exp", "years of experience"},
      {"staff", "departments", "dept_name", "name"},
      {"bank", "district", "A11", "\"A11\" value"},
      {"bank", "loan", "payments", "payments"},
      {"laender", "stadt", "name", "name"},
      {"laender", "stadt", "hoehe_m", "\"hoehe_m\" value"},
      {"laender", "bundesland", "einwohner", "\"einwohner\" value"}};
  for (const auto& row : expected)
    EXPECT_EQ(phrase_of(test::wording_database(row[0]).schema(), row[1], row[2]), row[3]) << row[2];
}

// The text without what stands between double quotes, in lower case.
std::string unquoted(const std::string& text) {
  std::string out;
  bool inside = false;
  for (const char c : text) {
    if (c == '"') inside = !inside;
    else if (!inside) out += c;
  }
  return " " + to_lower(out) + " ";
}

// Phrases that no question may hold outside of quotes.
constexpr const char* kBad[] = {" likes ",
                                " prescribes ",
                                " wrote",
                                " borrowed",
                                " reviewed",
                                " liked",
                                " created by",
                                " directed by",
                                " born in",
                                " born on",
                                " joined at",
                                " edited",
                                " killed",
                                " injured",
                                " graded",
                                " starring",
                                " writes for",
                                " sent to",
                                " reported by",
                                " plays games",
                                " has pet",
                                " member of",
                                " founded",
                                " since ",
                                " deceased on",
                                " the long ",
                                " lat ",
                                " whose bikes available",
                                " whose docks available",
                                " date incident",
                                " qty",
                                " amt",
                                " yrs",
                                " cnt",
                                " pct",
                                " dob",
                                " no is",
                                " usd",
                                " km2",
                                " sum of the number",
                                " at least 1 stars",
                                " more than 1 caps",
                                " have a whose",
                                " the whose",
                                " stadts",
                                " einwohner",
                                " disps",
                                " values value",
                                " value value",
                                " average average",
                                " a a",
                                " a o",
                                " of of "};

TEST(QuestionWording, NoQuestionHoldsABadPhrase) {
  for (const std::string& name : test::wording_databases()) {
    const DatabaseImage image = test::wording_database(name);
    GeneratorOptions options;
    options.count = 250;
    const auto made = generate_questions(image, name, options);
    ASSERT_TRUE(made.has_value()) << name;
    EXPECT_GE(made->questions.size(), 200u) << name << ": " << made->shortfall;
    for (const Question& question : made->questions) {
      const std::string text = unquoted(question.text);
      for (std::string bad : kBad) {
        std::size_t usd = 0;
        if (bad == " usd" || bad == " km2") usd = text.find(" in" + bad);
        if (usd != 0 && usd != std::string::npos) continue;
        EXPECT_EQ(text.find(bad), std::string::npos) << name << ": " << question.text;
      }
    }
  }
}

TEST(QuestionWording, PositionsYearsAndOrdinalsAreNotAddedUp) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> columns = {
      {"stations", {"lat", "long", "x", "y"}},
      {"movies", {"x", "y", "yr", "active_since", "precinct_no"}},
      {"laender", {"breite", "laenge", "gegruendet", "plz"}},
      {"league", {"founded", "since", "shirt_no", "round_no"}}};
  for (const auto& [name, names] : columns) {
    GeneratorOptions options;
    options.count = 300;
    options.families = {"total", "average", "group_amount", "amount_per_parent", "child_amount"};
    const auto made = generate_questions(test::wording_database(name), name, options);
    ASSERT_TRUE(made.has_value());
    EXPECT_GT(made->questions.size(), 20u);
    for (const Question& question : made->questions)
      for (const std::string& column : names)
        for (const char* function : {"SUM(", "AVG(", "SUM(t1.", "AVG(t1."})
          EXPECT_EQ(question.gold_sql.find(function + column + ")"), std::string::npos)
              << question.text;
  }
}

// Gives the texts of many questions of one family.
std::string questions_of(const std::string& database, const std::string& family) {
  GeneratorOptions options;
  options.count = 200;
  options.families = {family};
  const auto made = generate_questions(test::wording_database(database), database, options);
  std::string all;
  for (const Question& question : made->questions) all += question.text + "\n";
  return all;
}

TEST(QuestionWording, SaysWhichColumnLinksTwoTables) {
  EXPECT_NE(questions_of("movies", "parent_value")
                .find("of the movie that the \"sequel_of\" value of the movie"),
            std::string::npos);
  EXPECT_NE(questions_of("school", "child_filter").find("whose \"liked_id\" value refers to "),
            std::string::npos);
  EXPECT_NE(questions_of("school", "most_children")
                .find("referred to by the \"liked_id\" value of the most \"likes\" records"),
            std::string::npos);
  EXPECT_NE(questions_of("hospital", "amount_per_parent")
                .find("each physician that \"treated_by\" refers to"),
            std::string::npos);
}

TEST(QuestionWording, EventsThatHoldYearsOrDatesAreAskedForAsSuch) {
  EXPECT_NE(questions_of("league", "date_filter").find("whose \"founded\" year is "),
            std::string::npos);
  EXPECT_NE(questions_of("movies", "date_filter").find("whose \"active_since\" year is "),
            std::string::npos);
  EXPECT_NE(questions_of("chat", "date_filter").find("whose \"joinedAt\" date "),
            std::string::npos);
  EXPECT_EQ(questions_of("movies", "date_filter").find("killed"), std::string::npos);
}

}  // namespace
}  // namespace sqlenv
