// A small database for tests of the explorer's parts, as an agent sees it after all DESCRIBEs.
#pragma once

#include <string>

#include "core/episode/observation.h"
#include "core/explorer/linker.h"
#include "core/explorer/survey.h"
#include "core/policy/schema_view.h"
#include "core/sql/database.h"
#include "tests/core/test_packs.h"

namespace sqlenv::test {

// Positions of tables and columns in a view of it.
enum { kCity, kPerson, kPet, kOwnership };

inline constexpr const char* kShelter = R"sql(
CREATE TABLE city (city_id INTEGER PRIMARY KEY, name TEXT, country TEXT, population INTEGER);
CREATE TABLE person (person_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, age INTEGER,
  sex TEXT, city_id INTEGER REFERENCES city (city_id));
CREATE TABLE pet (pet_id INTEGER PRIMARY KEY, name TEXT, species TEXT, weight REAL,
  date_of_birth TEXT);
CREATE TABLE ownership (person_id INTEGER REFERENCES person (person_id),
  pet_id INTEGER REFERENCES pet (pet_id), PRIMARY KEY (person_id, pet_id));
INSERT INTO city VALUES (1, 'Lyon', 'France', 520000), (2, 'Porto', 'Portugal', 230000);
INSERT INTO person VALUES (1, 'Ana', 'Reis', 31, 'F', 2), (2, 'Luc', 'Petit', 45, 'M', 1),
  (3, 'Zoe', 'Roux', 19, 'F', 1);
INSERT INTO pet VALUES (1, 'Rex', 'dog', 20.5, '2019-03-01'), (2, 'Tom', 'cat', 4.0, '2021-07-12');
INSERT INTO ownership VALUES (1, 1), (1, 2), (2, 2);
)sql";

inline SchemaView described(const DatabaseImage& image) {
  SchemaView schema = SchemaView::from_schema_info(render_schema_info(image.schema(), {}));
  for (const Table& table : image.schema().tables)
    schema.read_description(render_description(table));
  return schema;
}

struct Shelter {
  DatabaseImage image = image_of(kShelter);
  SchemaView schema = described(image);

  ColumnRef column(std::size_t table, std::string_view name) const {
    return {table, schema.tables()[table].find(name).value()};
  }

  // The survey for a question, by a QUERY as an agent runs it.
  Survey survey(const std::vector<QuestionToken>& tokens) const {
    Survey survey(schema);
    const Result<ResultTable> result =
        Database::open(image)->query(Survey::query(schema, value_phrases(tokens)));
    survey.read(read_rows(render_table(result.value(), kShownRows)).value(), schema);
    return survey;
  }
};

}  // namespace sqlenv::test
