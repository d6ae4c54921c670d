// Files that use what only the application that made them has: modules, collations, functions; and
// files with generated columns. Each opens, says what cannot be read, and gives no wrong result.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/episode/episode.h"
#include "core/policy/schema_view.h"
#include "core/sql/memory_connection.h"
#include "core/task/catalog.h"
#include "core/task/sql_importer.h"
#include "core/task/sqlite_importer.h"
#include "core/task/user_pack.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

// The opposite of BINARY, so that an index that was not rebuilt loses rows.
int compare_backwards(void*, int a_size, const void* a, int b_size, const void* b) {
  const std::string_view left(static_cast<const char*>(a), static_cast<std::size_t>(a_size));
  const std::string_view right(static_cast<const char*>(b), static_cast<std::size_t>(b_size));
  return right.compare(left);
}

void give_first(sqlite3_context* context, int, sqlite3_value** values) {
  sqlite3_result_value(context, values[0]);
}

void give_one(sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 1); }

// The file that an application with collations and functions of its own writes.
std::string file_of(const std::string& script) {
  const MemoryConnection connection = open_memory();
  sqlite3* handle = connection.get();
  for (const char* collation : {"LOCALIZED", "PHONEBOOK", "de_DE", "NOCASE"})
    sqlite3_create_collation(handle, collation, SQLITE_UTF8, nullptr, compare_backwards);
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  sqlite3_create_function(handle, "myslug", -1, flags, nullptr, give_first, nullptr, nullptr);
  for (const char* function : {"regexp", "valid"})
    sqlite3_create_function(handle, function, -1, flags, nullptr, give_one, nullptr, nullptr);
  sqlite3_create_function(handle, "lower", 2, flags, nullptr, give_first, nullptr, nullptr);
  char* message = nullptr;
  sqlite3_exec(handle, script.c_str(), nullptr, nullptr, &message);
  EXPECT_EQ(message, nullptr) << message;
  sqlite3_int64 size = 0;
  unsigned char* data = sqlite3_serialize(handle, "main", &size, 0);
  std::string bytes(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  sqlite3_free(data);
  return bytes;
}

// A virtual table as an application with its module leaves it.
std::string virtual_table(const std::string& name, const std::string& create) {
  return "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', '" + name +
         "', '" + name + "', 0, '" + create + "'); PRAGMA writable_schema = RESET;";
}

// An imported file that is played.
class Played {
 public:
  explicit Played(const std::string& script) : Played(take(file_of(script))) {}

  // The result of an action, or its error.
  std::string operator()(const std::string& type, const std::string& argument) {
    const Observation seen = episode_->step({type, argument}).observation;
    return seen.error.empty() ? seen.result : seen.error;
  }
  std::string query(const std::string& sql) { return (*this)("QUERY", sql); }

  std::string tables() const { return episode_->latest().observation.schema_info; }
  const std::vector<std::string>& notes() const { return notes_; }
  const DatabaseImage& image() const { return catalog_->packs().front().databases.front().image; }

  // What SQLite's own full check says about the image.
  std::string integrity() const {
    const MemoryConnection connection = open_memory_image(image().bytes());
    sqlite3_stmt* check = nullptr;
    sqlite3_prepare_v2(connection.get(), "PRAGMA integrity_check", -1, &check, nullptr);
    std::string found = sqlite3_errmsg(connection.get());
    if (check != nullptr && sqlite3_step(check) == SQLITE_ROW)
      found = reinterpret_cast<const char*>(sqlite3_column_text(check, 0));
    sqlite3_finalize(check);
    return found;
  }

 private:
  struct Taken {
    std::shared_ptr<const Catalog> catalog;
    std::vector<std::string> notes;
  };

  static Taken take(std::string bytes) {
    Import import;
    import.name = "odd";
    Result<PackDatabase> database = take_sqlite({"odd.db", std::move(bytes)}, "odd", import.notes);
    EXPECT_TRUE(database.has_value()) << database.error().to_string();
    import.databases.push_back(std::move(*database));
    Question question;
    question.id = "q";
    question.text = "?";
    question.database = "odd";
    question.gold_sql = "SELECT 1";
    question.answer_type = "integer";
    question.difficulty = "easy";
    question.split = "eval";
    import.questions.push_back(question);
    Taken taken;
    for (const ImportRemark& note : import.notes) taken.notes.push_back(note.why);
    taken.catalog =
        std::make_shared<const Catalog>(std::vector<Pack>{pack_of(std::move(import)).value()});
    return taken;
  }

  explicit Played(Taken taken)
      : catalog_(std::move(taken.catalog)),
        notes_(std::move(taken.notes)),
        environment_(std::make_unique<Environment>(catalog_)) {
    ResetOptions options;
    options.step_budget = 1000;
    episode_ = std::make_unique<Episode>(environment_->reset(options).value());
  }

  std::shared_ptr<const Catalog> catalog_;
  std::vector<std::string> notes_;
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<Episode> episode_;
};

using Notes = std::vector<std::string>;

TEST(OddFiles, GeneratedColumnsAreColumns) {
  Played db(
      "CREATE TABLE g(a INT, v INT AS (a+1), s INT AS (a*2) STORED, CHECK (a>0)) STRICT;"
      "INSERT INTO g VALUES (1), (2);");
  EXPECT_EQ(db.notes(), Notes{});
  EXPECT_EQ(db("DESCRIBE", "g"), "Table g (2 rows)\n  a INT\n  v INT GENERATED\n  s INT GENERATED");
  EXPECT_EQ(db("SAMPLE", "g"), "a | v | s\n1 | 2 | 2\n2 | 3 | 4\n(2 rows)");
  EXPECT_EQ(db.tables(), "Tables: g\ng(a INT, v INT GENERATED, s INT GENERATED)");
  EXPECT_EQ(db.query("SELECT vv FROM g").substr(0, 65),
            "NO_SUCH_COLUMN: there is no column \"vv\" here. Did you mean \"v\"? D");
}

TEST(OddFiles, PoliciesReadWhatIsSaidOfGeneratedColumns) {
  Played db("CREATE TABLE g(a INT PRIMARY KEY, v VARCHAR(9) NOT NULL AS (a+1), u AS (1));");
  SchemaView view = SchemaView::from_schema_info(db.tables());
  ASSERT_TRUE(view.read_description(db("DESCRIBE", "g")));
  const std::vector<SeenColumn>& columns = view.tables().front().columns;
  ASSERT_EQ(columns.size(), 3u);
  EXPECT_EQ(columns[1].name + "/" + columns[1].type, "v/VARCHAR(9)");
  EXPECT_EQ(columns[2].name + "/" + columns[2].type, "u/");
}

TEST(OddFiles, ChainsOfGeneratedColumnsWithOddNames) {
  Played db(
      "CREATE TABLE \"or der\"(\"select\" TEXT NOT NULL, \"from\" TEXT GENERATED ALWAYS AS "
      "(upper(\"select\")) VIRTUAL NOT NULL, \"x\"\"y\" AS (\"from\" || '!') STORED,"
      "PRIMARY KEY (\"select\")) WITHOUT ROWID;"
      "INSERT INTO \"or der\" VALUES ('b'), ('a');");
  EXPECT_EQ(db("DESCRIBE", "\"or der\""),
            "Table or der (2 rows)\n  select TEXT PRIMARY KEY\n  from TEXT GENERATED NOT NULL\n"
            "  x\"y GENERATED");
  EXPECT_EQ(db("SAMPLE", "or der"), "select | from | x\"y\na | A | A!\nb | B | B!\n(2 rows)");
}

TEST(OddFiles, UnknownCollationsBecomeBinaryAndTheirIndexesAreRebuilt) {
  Played db(
      "CREATE TABLE channel(id INTEGER PRIMARY KEY, name TEXT COLLATE LOCALIZED, UNIQUE(name));"
      "CREATE INDEX ix ON channel(name COLLATE 'PHONEBOOK' DESC, id);"
      "CREATE TABLE plain(a INTEGER, b TEXT); CREATE INDEX plain_b ON plain(b);"
      "CREATE VIEW ordered AS SELECT name FROM channel ORDER BY name COLLATE [de_DE];"
      "INSERT INTO channel(name) VALUES ('b'), ('a'), ('d'), ('c'), ('e');"
      "INSERT INTO plain VALUES (1, 'x');");
  EXPECT_EQ(db.notes(),
            Notes{"the collations LOCALIZED, PHONEBOOK, de_DE are not available here: "
                  "text is compared byte by byte (BINARY) instead; indexes rebuilt: 2"});
  EXPECT_EQ(db.integrity(), "ok");
  EXPECT_EQ(db.query("SELECT name FROM channel ORDER BY name"), "name\na\nb\nc\nd\ne\n(5 rows)");
  EXPECT_EQ(db("SAMPLE", "ordered"), "name\na\nb\nc\nd\ne\n(5 rows)");
  for (const char* name : {"a", "b", "c", "d", "e"})
    EXPECT_EQ(db.query("SELECT count(*) FROM channel WHERE name = '" + std::string(name) + "'"),
              "count(*)\n1\n(1 row)");
  EXPECT_EQ(db.query("SELECT count(*) FROM channel WHERE name > 'b'"), "count(*)\n3\n(1 row)");
  EXPECT_EQ(db("DESCRIBE", "channel"),
            "Table channel (5 rows)\n  id INTEGER PRIMARY KEY\n  name TEXT");
}

TEST(OddFiles, UnknownCollationsWithoutAnIndexOrInTheKey) {
  Played db(
      "CREATE TABLE plain(id INTEGER PRIMARY KEY, name TEXT COLLATE LOCALIZED);"
      "INSERT INTO plain(name) VALUES ('b'), ('a'), ('b');"
      "CREATE TABLE keyed(name TEXT COLLATE LOCALIZED, n INT, twice AS (n * 2) STORED,"
      "PRIMARY KEY (name, n)) WITHOUT ROWID;"
      "CREATE INDEX by_n ON keyed(n); CREATE INDEX few ON keyed(n) WHERE name > 'b';"
      "INSERT INTO keyed VALUES ('b', 1), ('a', 2), ('c', 3), ('a', 1);"
      "CREATE TABLE \"it's\"(k TEXT PRIMARY KEY COLLATE LOCALIZED, UNIQUE (k COLLATE PHONEBOOK));"
      "INSERT INTO \"it's\" VALUES ('y'), ('x'), ('z');");
  EXPECT_EQ(db.integrity(), "ok");
  EXPECT_EQ(db.query("SELECT count(DISTINCT name) FROM plain"), "count(DISTINCT name)\n2\n(1 row)");
  EXPECT_EQ(db.query("SELECT name, n, twice FROM keyed"),
            "name | n | twice\na | 1 | 2\na | 2 | 4\nb | 1 | 2\nc | 3 | 6\n(4 rows)");
  EXPECT_EQ(db.query("SELECT n FROM keyed WHERE name = 'a' ORDER BY n"), "n\n1\n2\n(2 rows)");
  EXPECT_EQ(db.query("SELECT name FROM keyed WHERE name > 'b' AND n > 0"), "name\nc\n(1 row)");
  EXPECT_EQ(db.query("SELECT k FROM \"it's\" WHERE k = 'x'"), "k\nx\n(1 row)");
  EXPECT_EQ(db.notes(), Notes{"the collations LOCALIZED, PHONEBOOK are not available here: text is "
                              "compared byte by byte (BINARY) instead; indexes rebuilt: 3"});
}

TEST(OddFiles, UnknownCollationsInUtf16) {
  Played db(
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t(name TEXT COLLATE LOCALIZED PRIMARY KEY);"
      "INSERT INTO t VALUES ('b'), ('é'), ('a'), ('z');");
  EXPECT_EQ(db.integrity(), "ok");
  EXPECT_EQ(db.query("SELECT name FROM t WHERE name = 'é'"), "name\né\n(1 row)");
  EXPECT_EQ(db.query("SELECT name FROM t ORDER BY 1 LIMIT 2"), "name\na\nb\n(2 rows)");
}

TEST(OddFiles, EqualFilesWithUnknownCollationsGiveEqualBytes) {
  const std::string script =
      "CREATE TABLE t(name TEXT COLLATE LOCALIZED UNIQUE); INSERT INTO t VALUES ('b'), ('a');";
  Played first(script);
  EXPECT_EQ(first.image().bytes(), Played(script).image().bytes());
  // What was rebuilt needs no rebuilding, so a pack that holds it loads with the same digest.
  std::vector<ImportRemark> notes;
  const Result<PackDatabase> again = take_sqlite({"t.db", first.image().bytes()}, "t", notes);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->image.bytes(), first.image().bytes());
  EXPECT_TRUE(notes.empty());
}

TEST(OddFiles, IndexesThatDoNotAgreeWithTheirTableAreRebuilt) {
  // An application has a NOCASE of its own, and a forger says that an index on b is one on a.
  Played db(
      "CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b TEXT); CREATE TABLE f(a INT, b INT);"
      "CREATE TABLE w(k TEXT COLLATE NOCASE PRIMARY KEY) WITHOUT ROWID; CREATE INDEX good ON t(b);"
      "CREATE TABLE fine(a TEXT PRIMARY KEY, b UNIQUE); INSERT INTO fine VALUES ('x', 1);"
      "INSERT INTO t VALUES ('b', 'x'), ('C', 'y'), ('a', 'z'); INSERT INTO w SELECT a FROM t;"
      "CREATE INDEX forged ON f(b); INSERT INTO f VALUES (1, 6), (2, 5), (3, 4);"
      "PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = 'CREATE INDEX forged ON f(a)' WHERE name = 'forged';"
      "PRAGMA writable_schema = RESET;");
  EXPECT_EQ(db.notes(), (Notes{"the indexes of \"t\" did not agree with it and were rebuilt",
                               "the indexes of \"f\" did not agree with it and were rebuilt",
                               "the indexes of \"w\" did not agree with it and were rebuilt"}));
  EXPECT_EQ(db.integrity(), "ok");
  EXPECT_EQ(db.query("SELECT a FROM t WHERE a = 'A'"), "a\na\n(1 row)");
  EXPECT_EQ(db.query("SELECT k FROM w WHERE k >= 'b'"), "k\nb\nC\n(2 rows)");
  EXPECT_EQ(db.query("SELECT b FROM f WHERE a = 1"), "b\n6\n(1 row)");
}

TEST(OddFiles, FilesWithKnownCollationsAreTakenByteForByte) {
  const std::string bytes = file_of(
      "CREATE TABLE t(\"collate\" TEXT COLLATE nocase, b TEXT COLLATE \"RTRIM\");"
      "INSERT INTO t VALUES ('COLLATE x', 'y'); -- COLLATE LOCALIZED");
  std::vector<ImportRemark> notes;
  EXPECT_EQ(take_sqlite({"t.db", bytes}, "t", notes)->image.bytes(), bytes);
  EXPECT_TRUE(notes.empty());
}

TEST(OddFiles, UnknownFunctionsInChecksAndIndexesDoNoHarm) {
  Played db(
      "CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT CHECK (code REGEXP '^[A-Z]+$'), t TEXT,"
      "CHECK (valid(t) IS NOT NULL));"
      "CREATE INDEX i ON p(myslug(t)); CREATE INDEX part ON p(code) WHERE valid(t);"
      "CREATE TRIGGER r AFTER INSERT ON p BEGIN SELECT myslug(new.t); END;"
      "INSERT INTO p VALUES (1, 'AB', 'Tea'), (2, 'CD', 'Milk');");
  EXPECT_EQ(
      db.notes(),
      (Notes{"the function REGEXP() is not available here; checks that call it were not made",
             "the function valid() is not available here; checks that call it were not made"}));
  EXPECT_EQ(db("DESCRIBE", "p"),
            "Table p (2 rows)\n  id INTEGER PRIMARY KEY\n  code TEXT\n  t TEXT");
  EXPECT_EQ(db.query("SELECT count(*) FROM p"), "count(*)\n2\n(1 row)");
  EXPECT_EQ(db.query("SELECT t FROM p WHERE t='Tea'"), "t\nTea\n(1 row)");
  EXPECT_EQ(db.query("SELECT code FROM p WHERE code > 'A'"), "code\nAB\nCD\n(2 rows)");
  // The statement itself names the function.
  EXPECT_EQ(db.query("SELECT id FROM p WHERE myslug(t) = 'Tea'"),
            "SYNTAX: no such function: myslug");
  EXPECT_EQ(db.query("SELECT id FROM p WHERE code REGEXP 'A'").substr(0, 33),
            "SYNTAX: no such function: REGEXP.");
}

TEST(OddFiles, ColumnsOfUnknownFunctionsAreLeftOut) {
  Played db(
      "CREATE TABLE p(id INTEGER PRIMARY KEY, t TEXT, slug TEXT NOT NULL AS (myslug(t)),"
      "kept TEXT AS (myslug(t)) STORED, next AS (slug || '!')); CREATE INDEX i ON p(slug);"
      "INSERT INTO p VALUES (1, 'Tea'), (2, 'Milk');"
      "CREATE VIEW names AS SELECT slug FROM p; CREATE VIEW good AS SELECT t FROM p;");
  EXPECT_EQ(db("DESCRIBE", "p"),
            "Table p (2 rows)\n  id INTEGER PRIMARY KEY\n  t TEXT\n  kept TEXT GENERATED");
  EXPECT_EQ(db("SAMPLE", "p"), "id | t | kept\n1 | Tea | Tea\n2 | Milk | Milk\n(2 rows)");
  EXPECT_EQ(db.query("SELECT * FROM p"),
            "MISSING_EXTENSION: the column \"slug\" of \"p\" cannot be read: the function myslug() "
            "is not available here. Name the columns that you need instead of *.");
  EXPECT_EQ(db.query("SELECT id FROM p WHERE next = 'Tea!'").substr(0, 17), "MISSING_EXTENSION");
  EXPECT_EQ(db.query("SELECT t FROM good ORDER BY t"), "t\nMilk\nTea\n(2 rows)");
  EXPECT_EQ(db("DESCRIBE", "names"),
            "MISSING_EXTENSION: the view \"names\" cannot be read: the function myslug() is not "
            "available here. Use other tables.");
  EXPECT_EQ(db.query("SELECT slug FROM names").substr(0, 17), "MISSING_EXTENSION");
  EXPECT_EQ(db.notes(),
            (Notes{"the function myslug() is not available here; checks that call it were not made",
                   "the column \"slug\" of \"p\" is left out: the function myslug() is not "
                   "available here",
                   "the column \"next\" of \"p\" is left out: the function myslug() is not "
                   "available here",
                   "the view \"names\" is left out: the function myslug() is not available "
                   "here"}));
}

TEST(OddFiles, IndexesOfUnknownFunctionsAreDroppedWhereCollationsAreReplaced) {
  Played db(
      "CREATE TABLE t(a TEXT COLLATE LOCALIZED, b TEXT); CREATE INDEX slugs ON t(myslug(a));"
      "CREATE INDEX plain ON t(a, b); INSERT INTO t VALUES ('b', 'x'), ('a', 'y'), ('c', 'z');");
  EXPECT_EQ(db.integrity(), "ok");
  EXPECT_EQ(db.query("SELECT b FROM t WHERE a = 'c'"), "b\nz\n(1 row)");
  EXPECT_EQ(db.notes().back(), "the index \"slugs\" could not be rebuilt and is left out");
}

TEST(OddFiles, BrokenViewsAreNamedWithTheirReason) {
  Played db(
      "CREATE TABLE a(x INTEGER); INSERT INTO a VALUES (4); CREATE VIEW v AS SELECT y FROM b;"
      "CREATE VIEW w AS SELECT x, nosuchfn(x) z FROM a; CREATE VIEW ok AS SELECT x*2 AS d FROM a;"
      "CREATE VIEW c AS SELECT nope FROM a; CREATE VIEW \"on v\" AS SELECT * FROM v;"
      "CREATE VIEW me AS SELECT * FROM me; CREATE VIEW dice AS SELECT random() AS r;"
      "CREATE VIEW sorted AS SELECT x FROM a ORDER BY x COLLATE NOCASE;");
  EXPECT_EQ(db.notes(),
            (Notes{"the view \"v\" is left out: no such table: main.b",
                   "the view \"w\" is left out: the function nosuchfn() is not available here",
                   "the view \"c\" is left out: no such column: nope",
                   "the view \"on v\" is left out: no such table: main.b",
                   "the view \"me\" is left out: view me is circularly defined",
                   "the view \"dice\" is left out: not authorized to use function: random"}));
  EXPECT_EQ(db.tables(), "Tables: a, ok, sorted");
  const std::string v = "the view \"v\" cannot be read: no such table: main.b. Use other tables.";
  EXPECT_EQ(db("DESCRIBE", "v"), "NO_SUCH_TABLE: " + v);
  EXPECT_EQ(db("SAMPLE", "V"), "NO_SUCH_TABLE: " + v);
  EXPECT_EQ(db.query("SELECT count(*) FROM v"), "NO_SUCH_TABLE: " + v);
  const std::string w =
      "MISSING_EXTENSION: the view \"w\" cannot be read: the function nosuchfn() is not available "
      "here. Use other tables.";
  EXPECT_EQ(db("DESCRIBE", "w"), w);
  EXPECT_EQ(db.query("SELECT x FROM \"w\""), w);
  EXPECT_EQ(db.query("SELECT x FROM w WHERE nosuchfn(x)"), w);
  EXPECT_EQ(db.query("SELECT nosuchfn(x) FROM a"), "SYNTAX: no such function: nosuchfn");
  EXPECT_EQ(db("SAMPLE", "c").substr(0, 15), "NO_SUCH_COLUMN:");
  EXPECT_EQ(db.query("SELECT * FROM c").substr(0, 35), "NO_SUCH_COLUMN: the view \"c\" cannot");
  EXPECT_EQ(db.query("SELECT * FROM \"on v\"").substr(0, 25), "NO_SUCH_TABLE: the view \"");
  EXPECT_EQ(db.query("SELECT * FROM me").substr(0, 35), "SYNTAX: the view \"me\" cannot be rea");
  EXPECT_EQ(db.query("SELECT * FROM dice").substr(0, 24), "SYNTAX: the view \"dice\" ");
  EXPECT_EQ(db("SAMPLE", "ok"), "d\n8\n(1 row)");
}

TEST(OddFiles, VirtualTablesAreLeftOutWithTheirOwnTables) {
  Played db(
      "CREATE TABLE book(id INTEGER PRIMARY KEY, title TEXT); INSERT INTO book VALUES (1, 'Emma');"
      "CREATE TABLE docs_data(id INTEGER PRIMARY KEY, block BLOB);"
      "CREATE TABLE docs_content(id INTEGER PRIMARY KEY, c0); INSERT INTO docs_content VALUES (1, "
      "2);"
      "CREATE TABLE docs_idx(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;"
      "CREATE TABLE docs_authors(id INTEGER PRIMARY KEY);"
      "CREATE TABLE r_node(nodeno INTEGER PRIMARY KEY, data); CREATE TABLE r_rowid(rowid, nodeno);"
      "CREATE TABLE R_PARENT(nodeno INTEGER PRIMARY KEY, parentnode);"
      "CREATE VIEW found AS SELECT body FROM docs;" +
      virtual_table("docs", "CREATE VIRTUAL TABLE docs USING fts5(body)") +
      virtual_table("r", "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1)"));
  EXPECT_EQ(db.tables(), "Tables: book, docs_authors");
  EXPECT_EQ(db.notes(),
            (Notes{"the virtual table \"docs\" is left out: the module fts5 is not available here; "
                   "its own tables are hidden: docs_data, docs_content, docs_idx",
                   "the virtual table \"r\" is left out: the module rtree is not available here; "
                   "its own tables are hidden: r_node, r_rowid, R_PARENT",
                   "the view \"found\" is left out: the module fts5 is not available here"}));
  const std::string docs =
      "MISSING_EXTENSION: the virtual table \"docs\" cannot be read: the module fts5 is not "
      "available here. Use other tables.";
  EXPECT_EQ(db("DESCRIBE", "docs"), docs);
  EXPECT_EQ(db("SAMPLE", "docs"), docs);
  EXPECT_EQ(db.query("SELECT * FROM docs WHERE docs MATCH 'x'"), docs);
  EXPECT_EQ(db.query("SELECT title FROM book WHERE id IN (SELECT id FROM r)").substr(0, 17),
            "MISSING_EXTENSION");
  EXPECT_EQ(db("SAMPLE", "found").substr(0, 17), "MISSING_EXTENSION");
  EXPECT_EQ(db("DESCRIBE", "docs_data"),
            "NO_SUCH_TABLE: \"docs_data\" holds only what docs needs to work and is not described. "
            "QUERY can read it.");
  EXPECT_EQ(db.query("SELECT c0 FROM docs_content"), "c0\n2\n(1 row)");
  EXPECT_EQ(db.query("SELECT value FROM json_each('[7]')"), "value\n7\n(1 row)");
}

TEST(OddFiles, OtherKindsOfVirtualTables) {
  Played db(
      "CREATE TABLE posts(id INTEGER PRIMARY KEY, body TEXT); CREATE TABLE mine_content(x);"
      "CREATE TABLE mine_docsize(id); CREATE TABLE old_segments(a); CREATE TABLE old_segdir(a);"
      "CREATE TABLE old_stat(a); CREATE TABLE old_config(a); CREATE TABLE v_chunks(a);"
      "CREATE TABLE v_vector_chunks00(a); CREATE TABLE other_data(a); CREATE TABLE \"a "
      "b_data\"(a);" +
      virtual_table("search", "CREATE VIRTUAL TABLE search USING fts5(body, content=''posts'')") +
      virtual_table("mine", "CREATE VIRTUAL TABLE mine USING fts5(x, content = mine_content)") +
      virtual_table("old", "CREATE VIRTUAL TABLE old USING FTS4(a)") +
      virtual_table("v", "CREATE VIRTUAL TABLE v USING vec0(a float[3])") +
      virtual_table("other", "CREATE VIRTUAL TABLE other USING VirtualShape(x, y)") +
      virtual_table("a b", "CREATE VIRTUAL TABLE \"a b\" USING \"fts5\"(body, content='''')"));
  EXPECT_EQ(db.tables(), "Tables: posts, mine_content, old_config, other_data");
  EXPECT_EQ(
      db.query("SELECT 1 FROM other"),
      "MISSING_EXTENSION: the virtual table \"other\" cannot be read: the module VirtualShape "
      "is not available here. Use other tables.");
  EXPECT_EQ(db.notes().size(), 6u);
  EXPECT_EQ(
      db.notes()[1],
      "the virtual table \"mine\" is left out: the module fts5 is not available here; its own "
      "tables are hidden: mine_docsize");
}

TEST(OddFiles, ListsOfGeoPackageAndSpatiaLiteAreHidden) {
  Played package(
      "CREATE TABLE gpkg_contents(table_name TEXT); CREATE TABLE gpkg_spatial_ref_sys(a);"
      "CREATE TABLE roads(fid INTEGER PRIMARY KEY, geom BLOB); CREATE TABLE spatial_ref_sys(a);");
  EXPECT_EQ(package.tables(), "Tables: roads, spatial_ref_sys");
  EXPECT_EQ(package.notes(),
            Notes{"tables of GeoPackage are hidden: gpkg_contents, gpkg_spatial_ref_sys"});
  EXPECT_EQ(package.query("SELECT count(*) FROM gpkg_contents"), "count(*)\n0\n(1 row)");
  Played lite(
      "CREATE TABLE spatial_ref_sys(srid); CREATE TABLE geometry_columns(a); CREATE TABLE town(a);"
      "CREATE TABLE gpkg_mine(a);");
  EXPECT_EQ(lite.tables(), "Tables: town, gpkg_mine");
}

TEST(OddFiles, StatisticsSequencesAndEmptyTables) {
  Played db(
      "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t(a) VALUES (1), (2);"
      "CREATE TABLE hollow(x, y AS (x) STORED); CREATE INDEX i ON t(a); ANALYZE;"
      "CREATE TABLE stat4(a);");
  EXPECT_EQ(db.tables(), "Tables: t, hollow, stat4");
  EXPECT_EQ(db("SAMPLE", "hollow"), "x | y\n(0 rows)");
  EXPECT_EQ(db.notes(), Notes{});
}

TEST(OddFiles, LongViewsAndDeepOnes) {
  std::string wide = "CREATE VIEW wide AS SELECT a FROM t WHERE a IN (0";
  for (int i = 1; i < 40'000; ++i) wide += ", " + std::to_string(i);
  std::string deep = "CREATE VIEW deep AS SELECT a";
  for (int i = 0; i < 500; ++i) deep += " + 1";
  Played db("CREATE TABLE t(a INT); INSERT INTO t VALUES (7);" + wide + ");" + deep + " FROM t;");
  EXPECT_EQ(db("SAMPLE", "wide"), "a\n7\n(1 row)");
  EXPECT_EQ(db.query("SELECT a FROM t"), "a\n7\n(1 row)");
  EXPECT_EQ(db("DESCRIBE", "deep").substr(0, 34), "SYNTAX: the view \"deep\" cannot be ");
  EXPECT_EQ(db.notes().size(), 1u);
}

TEST(OddFiles, ViewsThatTakeTooLongToPlanAreLeftOut) {
  std::string script = "CREATE TABLE a0(x INT); INSERT INTO a0 VALUES (7);";
  for (int i = 1; i <= 16; ++i) {
    const std::string before = "a" + std::to_string(i - 1);
    script += "CREATE VIEW a" + std::to_string(i) + " AS SELECT l.x FROM " + before + " AS l, " +
              before + " AS r;";
  }
  Played db(script);
  EXPECT_EQ(db.query("SELECT * FROM a3"), "x\n7\n(1 row)");
  ASSERT_FALSE(db.notes().empty());
  EXPECT_EQ(db.notes().back(), "the view \"a16\" is left out: planning it is too much work");
  EXPECT_EQ(db("DESCRIBE", "a16"),
            "OPERATION_BUDGET: the view \"a16\" cannot be read: planning it is too much work. Use "
            "other tables.");
}

TEST(OddFiles, PlayersReadWhatIsLeftOutBesideTheDatabasesName) {
  std::string rows;
  for (int i = 0; i < 60; ++i)
    rows += "INSERT INTO t(name, age) VALUES ('n" + std::to_string(i % 17) + "', " +
            std::to_string(i % 13) + ");";
  const Result<Pack> pack =
      user_pack({"x.db", file_of("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, age INT);" +
                                 rows + "CREATE VIEW v AS SELECT * FROM nowhere")});
  ASSERT_TRUE(pack.has_value()) << pack.error().message;
  EXPECT_EQ(pack->databases.front().description,
            "Please note: the view \"v\" is left out: no such table: main.nowhere.");
}

TEST(OddFiles, QuestionsAskAboutGeneratedColumnsAndNeverAboutHiddenTables) {
  std::string rows =
      "CREATE TABLE plant(id INTEGER PRIMARY KEY, name TEXT, height INT,"
      "double_height INT AS (height * 2), odd TEXT AS (myslug(name)));"
      "CREATE TABLE docs_content(id INTEGER PRIMARY KEY, c0 TEXT);";
  for (int i = 0; i < 60; ++i)
    rows += "INSERT INTO plant(name, height) VALUES ('n" + std::to_string(i % 17) + "', " +
            std::to_string(i * i % 53) + "); INSERT INTO docs_content(c0) VALUES ('word" +
            std::to_string(i % 7) + "');";
  const Result<Pack> pack = user_pack(
      {"x.db", file_of(rows + virtual_table("docs", "CREATE VIRTUAL TABLE docs USING fts5(c0)"))});
  ASSERT_TRUE(pack.has_value()) << pack.error().message;
  bool asks_about_generated = false;
  for (const Question& question : pack->questions) {
    EXPECT_EQ(question.gold_sql.find("docs"), std::string::npos) << question.gold_sql;
    EXPECT_EQ(question.gold_sql.find("odd"), std::string::npos) << question.gold_sql;
    asks_about_generated |= question.gold_sql.find("double_height") != std::string::npos;
  }
  EXPECT_TRUE(asks_about_generated);
}

TEST(OddFiles, ScriptsNameTheirBrokenViews) {
  std::string deep = "CREATE VIEW deep AS SELECT a";
  for (int i = 0; i < 500; ++i) deep += " + 1";
  const Result<Import> import = import_sql(
      {{"a.sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1);" + deep + " FROM t;"}}, {});
  ASSERT_TRUE(import.has_value());
  ASSERT_EQ(import->notes.size(), 1u);
  EXPECT_EQ(import->notes[0].what, "a.sql");
  EXPECT_EQ(import->notes[0].why.substr(0, 32), "the view \"deep\" is left out: Exp");
}

TEST(OddFiles, BuiltInFunctionsWithOtherArgumentsAreNoDamage) {
  std::vector<ImportRemark> notes;
  const std::string bytes = file_of(
      "CREATE TABLE t(a); CREATE INDEX i ON t(lower(a, 'de')); INSERT INTO t VALUES ('B');");
  const Result<PackDatabase> taken = take_sqlite({"t.db", bytes}, "t", notes);
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().to_string(),
            "MISSING_EXTENSION: its schema calls a function that only its application has: "
            "malformed database schema (i) - wrong number of arguments to function lower().");
}

TEST(OddFiles, PacksWhoseFilesWereNotImportedGiveNoWrongResult) {
  const Result<DatabaseImage> image = DatabaseImage::from_file_bytes(
      file_of("CREATE TABLE t(a TEXT, name TEXT COLLATE LOCALIZED UNIQUE);"
              "INSERT INTO t VALUES ('a long text', 'b'), ('another one', 'a');"));
  ASSERT_TRUE(image.has_value()) << image.error().message;
  EXPECT_EQ(image->schema().find("t")->row_count, 2);
  Database database = Database::open(*image).value();
  EXPECT_EQ(database.query("SELECT a FROM t WHERE name = 'a'").error().to_string(),
            "MISSING_EXTENSION: the statement reads something for which the collation LOCALIZED is "
            "not available here. Read other tables or columns.");
  EXPECT_EQ(database.query("SELECT count(*) FROM t").error().code, ErrorCode::kMissingExtension);
  const Result<DatabaseImage> keyed = DatabaseImage::from_file_bytes(
      file_of("CREATE TABLE t(name TEXT COLLATE LOCALIZED PRIMARY KEY) WITHOUT ROWID;"));
  ASSERT_FALSE(keyed.has_value());
  EXPECT_EQ(keyed.error().to_string(),
            "MISSING_EXTENSION: this is not a readable SQLite database: the collation LOCALIZED is "
            "not available here. Import the file with: sqlenv pack import sqlite");
}

}  // namespace
}  // namespace sqlenv
