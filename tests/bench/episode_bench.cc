// Steps in process, beside the same SQL by bare SQLite calls on the same image.
//
// The bare side is SQLite as its authors release it, without our meter. It prepares, steps, reads
// every cell and finalises: what a program does that has the SQL and wants the rows. No limits, no
// authorizer, no reward.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <map>
#include <memory>

#include "core/base/check.h"
#include "tests/bench/plain_sqlite.h"
#include "tests/bench/workload.h"

namespace sqlenv::bench {
namespace {

const std::shared_ptr<const Catalog>& catalog() {
  static const std::shared_ptr<const Catalog> loaded = bundled_catalog();
  return loaded;
}

class BareConnection {
 public:
  explicit BareConnection(const DatabaseImage& image) : bytes_(image.bytes()) {
    SQLENV_CHECK(sql_.open_v2(":memory:", &handle_, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    const auto size = static_cast<sqlite3_int64>(bytes_.size());
    SQLENV_CHECK(sql_.deserialize(handle_, "main", reinterpret_cast<unsigned char*>(bytes_.data()),
                                  size, size, SQLITE_DESERIALIZE_READONLY) == SQLITE_OK);
  }
  ~BareConnection() { sql_.close_v2(handle_); }
  BareConnection(const BareConnection&) = delete;
  BareConnection& operator=(const BareConnection&) = delete;

  std::vector<std::vector<Value>> rows(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    SQLENV_CHECK(sql_.prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    std::vector<std::vector<Value>> rows;
    const int width = sql_.column_count(statement);
    while (sql_.step(statement) == SQLITE_ROW) {
      std::vector<Value>& row = rows.emplace_back();
      row.reserve(static_cast<std::size_t>(width));
      for (int i = 0; i < width; ++i) row.push_back(cell(statement, i));
    }
    sql_.finalize(statement);
    return rows;
  }

 private:
  Value cell(sqlite3_stmt* statement, int column) {
    switch (sql_.column_type(statement, column)) {
      case SQLITE_INTEGER: return std::int64_t{sql_.column_int64(statement, column)};
      case SQLITE_FLOAT: return sql_.column_double(statement, column);
      case SQLITE_NULL: return Null{};
      default: {
        const auto* text = reinterpret_cast<const char*>(sql_.column_text(statement, column));
        return std::string(text, static_cast<std::size_t>(sql_.column_bytes(statement, column)));
      }
    }
  }

  const PlainSqlite& sql_ = plain_sqlite();
  std::string bytes_;
  sqlite3* handle_ = nullptr;
};

void bare(benchmark::State& state, const std::string& sql) {
  BareConnection connection(catalog()->packs().front().find_database("flight_2")->image);
  for (auto _ : state) benchmark::DoNotOptimize(connection.rows(sql));
}

void query_step(benchmark::State& state, const std::string& sql) {
  Player player(catalog());
  for (auto _ : state) benchmark::DoNotOptimize(player.query(sql));
}

// Every gold query of the bundled pack once: what real analysis asks for. Both sides have asked
// once before the clock runs: connections are open and golds are known, as they are from the second
// episode on.
void bare_golds(benchmark::State& state) {
  const Pack& pack = catalog()->packs().front();
  std::map<std::string, std::unique_ptr<BareConnection>> connections;
  for (const PackDatabase& database : pack.databases)
    connections[database.name] = std::make_unique<BareConnection>(database.image);
  const auto ask_all = [&] {
    for (const Question& question : pack.questions)
      benchmark::DoNotOptimize(connections[question.database]->rows(question.gold_sql));
  };
  ask_all();
  for (auto _ : state) ask_all();
}

void gold_steps(benchmark::State& state) {
  Environment environment(catalog());
  environment.keep_tables(false);
  const auto play_all = [&] {
    for (const Question& question : catalog()->packs().front().questions) {
      ResetOptions options;
      options.filter.question_id = question.id;
      Result<Episode> episode = environment.reset(options);
      benchmark::DoNotOptimize(episode->step({"QUERY", question.gold_sql}));
    }
  };
  play_all();
  for (auto _ : state) play_all();
}

void describe_step(benchmark::State& state) {
  Player player(catalog());
  for (auto _ : state) benchmark::DoNotOptimize(player.describe());
  state.SetItemsProcessed(state.iterations());
}

void sample_step(benchmark::State& state) {
  Player player(catalog());
  for (auto _ : state) benchmark::DoNotOptimize(player.sample());
  state.SetItemsProcessed(state.iterations());
}

void reset(benchmark::State& state) {
  Environment environment(catalog());
  ResetOptions options;
  for (auto _ : state) {
    ++options.seed;
    benchmark::DoNotOptimize(environment.reset(options));
  }
  state.SetItemsProcessed(state.iterations());
}

const bool registered = [] {
  for (const NamedQuery& query : queries()) {
    const std::string sql = query.sql;
    const std::string name = query.name;
    benchmark::RegisterBenchmark(("query/" + name + "/bare").c_str(),
                                 [sql](benchmark::State& state) { bare(state, sql); });
    benchmark::RegisterBenchmark(("query/" + name + "/step").c_str(),
                                 [sql](benchmark::State& state) { query_step(state, sql); });
  }
  benchmark::RegisterBenchmark("query/starter_golds/bare", bare_golds);
  benchmark::RegisterBenchmark("query/starter_golds/step", gold_steps);
  benchmark::RegisterBenchmark("describe", describe_step);
  benchmark::RegisterBenchmark("sample", sample_step);
  benchmark::RegisterBenchmark("reset", reset);
  return true;
}();

}  // namespace
}  // namespace sqlenv::bench

BENCHMARK_MAIN();
