#include "app/server/api.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/server/url.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

namespace fs = std::filesystem;

std::string header(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return "";
}

class ApiTest : public testing::Test {
 protected:
  HttpResponse get(std::string_view target) { return api_.handle({"GET", target, "", "", ""}); }
  HttpResponse post(std::string_view target, std::string_view body) {
    return api_.handle({"POST", target, body, "", ""});
  }

  Service service_{{}, tiny_catalog(), WebFiles()};
  std::unique_ptr<Worker> worker_ = service_.new_worker();
  HttpApi api_{service_, *worker_};
};

TEST_F(ApiTest, Health) {
  const HttpResponse response = get("/health");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.body, R"({"status":"healthy"})");
  EXPECT_EQ(get("/health?x=1").status, 200);
}

TEST_F(ApiTest, Metadata) { EXPECT_TRUE(has(get("/metadata").body, R"("name":"sql_env")")); }

TEST_F(ApiTest, UnknownPathsAndWrongMethods) {
  for (const char* path :
       {"/nope", "/health/x", "/ws", "", "*", "/web/nope", "/%", "/%00", "/%zz"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_EQ(get(path).body, R"({"detail":"Not Found"})") << path;
  }
  EXPECT_EQ(post("/health", "").status, 405);
  EXPECT_EQ(header(post("/health", ""), "Allow"), "GET");
  EXPECT_EQ(header(get("/step"), "Allow"), "POST");
  EXPECT_EQ(api_.handle({"HEAD", "/state", "", "", ""}).status, 405);
  EXPECT_EQ(header(post("/", ""), "Allow"), "GET, HEAD");
  EXPECT_EQ(post("/web", "").status, 405);
  EXPECT_EQ(api_.handle({"BREW", "/reset", "", "", ""}).status, 405);
  EXPECT_EQ(header(get("/state/"), "Location"), "/state");
}

TEST_F(ApiTest, ResetAloneKeepsNothing) {
  for (const char* body : {"", "{}", "null", R"({"seed":3})", R"({"episode_id":null})"}) {
    const HttpResponse response = post("/reset", body);
    EXPECT_EQ(response.status, 200) << body;
    EXPECT_TRUE(has(response.body, R"("reward":null,"done":false)")) << response.body;
  }
  EXPECT_EQ(service_.store.episode_count(), 0);
  EXPECT_EQ(get("/state").body, R"({"episode_id":null,"step_count":0})");
}

TEST_F(ApiTest, StepAloneIsAnObservationThatExplainsWhatToDo) {
  const HttpResponse response =
      post("/step", R"({"action":{"action_type":"SAMPLE","argument":"band"}})");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(has(response.body, R"({"observation":{"question":"")")) << response.body;
  EXPECT_TRUE(has(response.body, "episode_id"));
  EXPECT_TRUE(has(response.body, R"("reward":0.0,"done":true)"));
}

TEST_F(ApiTest, PlaysAKeptEpisode) {
  EXPECT_EQ(post("/reset", R"({"episode_id":"a b","question_id":"music_train_001"})").status, 200);
  EXPECT_EQ(post("/reset", R"({"episode_id":"other"})").status, 200);
  const HttpResponse query = post(
      "/step",
      R"({"action":{"action_type":"QUERY","argument":"SELECT count(*) FROM singer"},"episode_id":"a b"})");
  EXPECT_TRUE(has(query.body, R"(\n3\n)")) << query.body;
  EXPECT_EQ(get("/state?episode_id=a%20b").body, R"({"episode_id":"a b","step_count":1})");
  EXPECT_EQ(get("/state?x=y&episode_id=a+b").body, R"({"episode_id":"a b","step_count":1})");
  EXPECT_EQ(get("/state?episode_id=other").body, R"({"episode_id":"other","step_count":0})");
  const HttpResponse answer =
      post("/step", R"({"action":{"action_type":"ANSWER","argument":"3"},"episode_id":"a b"})");
  EXPECT_TRUE(has(answer.body, R"("reward":1.0,"done":true)")) << answer.body;
}

TEST_F(ApiTest, EpisodesThatAreNotKept) {
  EXPECT_EQ(get("/state?episode_id=x").status, 404);
  EXPECT_EQ(get("/state?episode_id=%ff").status, 404);
  const HttpResponse step =
      post("/step", R"({"action":{"action_type":"ANSWER","argument":"3"},"episode_id":"x"})");
  EXPECT_EQ(step.status, 404);
  EXPECT_TRUE(has(step.body, "POST /reset"));
}

TEST_F(ApiTest, BadBodiesAre422AndKeepTheEpisode) {
  post("/reset", R"({"episode_id":"a"})");
  const std::string long_name(256, 'x');
  const std::pair<std::string, std::string> resets[] = {
      {"{", "json_invalid"},
      {"[]", "model_attributes_type"},
      {R"("reset")", "model_attributes_type"},
      {R"({"seed":-1})", "greater_than_equal"},
      {R"({"seed":1.5})", "int_from_float"},
      {R"({"seed":"x","episode_id":"a"})", "int_type"},
      {R"({"seed":[[]]})", "int_type"},
      {R"({"episode_id":3})", "string_type"},
      {R"({"episode_id":{}})", "string_type"},
      {R"({"episode_id":")" + long_name + "\"}", "string_too_long"},
      {R"({"episode_id":"a\u0000b"})", "string_pattern_mismatch"},
      {R"({"episode_id":"a\nb"})", "string_pattern_mismatch"},
      {R"({"episode_id":"\u007f"})", "string_pattern_mismatch"},
      {R"({"colour":"red"})", "value_error"},
      {R"({"database":"nope","episode_id":"a"})", "value_error"},
      {R"({"difficulty":"hard"})", "value_error"}};
  for (const auto& [body, type] : resets) {
    const HttpResponse response = post("/reset", body);
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_TRUE(has(response.body, R"({"detail":[{"type":")" + type + "\",\"loc\":[\"body\""))
        << response.body;
    EXPECT_LT(response.body.size(), 600u);
  }
  const std::string action = R"("action":{"action_type":"SAMPLE","argument":"band"})";
  const std::pair<std::string, std::string> steps[] = {
      {"", "missing"},
      {"nope", "json_invalid"},
      {"[]", "model_attributes_type"},
      {R"({"episode_id":"a"})", "missing"},
      {R"({"action":"SAMPLE band","episode_id":"a"})", "dict_type"},
      {R"({"action":{"action_type":"SAMPLE"},"episode_id":"a"})", "missing"},
      {R"({"action":{"action_type":"SAMPLE","argument":7},"episode_id":"a"})", "string_type"},
      {R"({"action":{"action_type":"SAMPLE","argument":"band","x":1},"episode_id":"a"})",
       "extra_forbidden"},
      {"{" + action + R"(,"episode_id":7})", "string_type"},
      {"{" + action + R"(,"episode_id":"a\u0000"})", "string_pattern_mismatch"},
      {"{" + action + R"(,"episode_id":"a","timeout_s":0})", "greater_than"},
      {"{" + action + R"(,"episode_id":"a","timeout_s":"soon"})", "float_type"},
      {"{" + action + R"(,"episode_id":"a","request_id":")" + long_name + "\"}",
       "string_too_long"}};
  for (const auto& [body, type] : steps) {
    const HttpResponse response = post("/step", body);
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_TRUE(has(response.body, R"({"detail":[{"type":")" + type + '"')) << response.body;
  }
  EXPECT_EQ(get("/state?episode_id=a").body, R"({"episode_id":"a","step_count":0})");
}

TEST_F(ApiTest, WithoutAPageTheRootExplainsHowToBuildIt) {
  for (const char* path : {"/", "/web/", "/index.html", "http://host:1/"}) {
    const HttpResponse response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_TRUE(has(std::string(response.content()), "make play"));
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  }
  EXPECT_EQ(get("/web").status, 307);
  EXPECT_EQ(header(get("/web"), "Location"), "/web/");
}

TEST_F(ApiTest, UnchangedFilesAreNotSentAgain) {
  const std::string etag = header(get("/"), "ETag");
  EXPECT_EQ(etag.front(), '"');
  for (const std::string& sent : {etag, "\"x\", W/" + etag, std::string("*")}) {
    const HttpResponse again = api_.handle({"GET", "/", "", sent, ""});
    EXPECT_EQ(again.status, 304) << sent;
    EXPECT_TRUE(again.content().empty());
    EXPECT_EQ(header(again, "ETag"), etag);
  }
  EXPECT_EQ(api_.handle({"GET", "/", "", "\"other\"", ""}).status, 200);
}

TEST_F(ApiTest, Descriptions) {
  EXPECT_TRUE(has(get("/schema").body, R"({"action":{)"));
  EXPECT_TRUE(has(get("/openapi.json").body, R"("openapi":"3.1.0")"));
  const HttpResponse docs = get("/docs");
  EXPECT_EQ(docs.content_type, "text/html; charset=utf-8");
  EXPECT_FALSE(has(docs.body, "://")) << "nothing from elsewhere";
  EXPECT_TRUE(has(header(docs, "Content-Security-Policy"), "default-src 'none'"));
  EXPECT_EQ(api_.handle({"HEAD", "/docs", "", "", ""}).status, 200);
  EXPECT_TRUE(has(get("/metrics").body, "sqlenv_sessions_max 4096\n"));
  EXPECT_EQ(get("/list_environments").body, R"(["sql_env"])");
  EXPECT_EQ(get("/Sql_Env/splits").status, 200);
  EXPECT_EQ(get("/other/splits").body, R"({"detail":"unknown environment 'other'"})");
  EXPECT_EQ(post("/sql_env/num_tasks", R"({"split":"train"})").body, R"({"num_tasks":1})");
}

TEST_F(ApiTest, HealthReportsTroubles) {
  for (int i = 0; i < service_.sessions.limit(); ++i) service_.sessions.enter();
  EXPECT_TRUE(has(get("/health").body, R"({"status":"degraded","reasons":["all sessions)"));
  service_.note_accept_failure();
  EXPECT_TRUE(has(get("/health").body, "connections could not be accepted"));
  service_.draining = true;
  EXPECT_EQ(get("/health").status, 503);
}

TEST_F(ApiTest, SessionsOfMcpClients) {
  const auto ask = [&](const std::string& method, const std::string& id, const char* more = "") {
    const std::string body = R"({"jsonrpc":"2.0","id":1,"method":")" + method + "\"" + more + "}";
    return api_.handle({"POST", "/mcp", body, "", id});
  };
  const std::string id = header(ask("initialize", ""), "Mcp-Session-Id");
  ASSERT_EQ(id.size(), 36u);
  EXPECT_EQ(service_.sessions.active(), 1);
  EXPECT_TRUE(has(ask("tools/call", id, R"(,"params":{"name":"reset"})").body, "schema_info"));
  EXPECT_TRUE(
      has(ask("tools/call", id, R"(,"params":{"name":"sample","arguments":{"table":"band"}})").body,
          "Ärzte"));
  EXPECT_EQ(api_.handle({"POST", "/mcp", R"({"jsonrpc":"2.0","method":"notifications/x"})", "", id})
                .status,
            202);
  EXPECT_EQ(ask("tools/list", "nope").status, 404);
  EXPECT_EQ(api_.handle({"DELETE", "/mcp", "", "", ""}).status, 400);
  EXPECT_EQ(api_.handle({"DELETE", "/mcp", "", "", id}).status, 204);
  EXPECT_EQ(api_.handle({"DELETE", "/mcp", "", "", id}).status, 404);
  EXPECT_EQ(service_.sessions.active(), 0);
}

class PageTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(root_);
    write("index.html", "<p>page</p>");
    write("sqlenv.wasm", std::string("\0asm", 4));
    write("fonts/Inter Regular.ttf", "font");
    write(".hidden", "secret");
    write(".git/config", "secret");
    write("../outside.txt", "secret");
  }
  void TearDown() override { fs::remove_all(root_.parent_path()); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }

  const fs::path root_ = fs::temp_directory_path() / "sqlenv-page-test" / "root";
};

TEST_F(PageTest, ServesTheFilesOfTheFolderAndNoOthers) {
  fs::create_directories(root_);
  const Result<WebFiles> web = WebFiles::load(root_);
  ASSERT_TRUE(web.has_value());
  Service service({}, tiny_catalog(), *web);
  const std::unique_ptr<Worker> worker = service.new_worker();
  HttpApi api(service, *worker);
  const auto get = [&](std::string_view target) { return api.handle({"GET", target, "", "", ""}); };
  EXPECT_EQ(get("/").content(), "<p>page</p>");
  EXPECT_EQ(get("/web/").content(), "<p>page</p>");
  EXPECT_EQ(get("/web/sqlenv.wasm").content_type, "application/wasm");
  EXPECT_EQ(get("/sqlenv.wasm?v=1").content().size(), 4u);
  EXPECT_EQ(get("/fonts/Inter%20Regular.ttf").content(), "font");
  for (const char* path :
       {"/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/web/../../outside.txt",
        "/fonts/../../outside.txt", "//outside.txt", "/.hidden", "/.git/config", "/fonts",
        "/fonts/", "/./index.html", "/index.html%00.txt", "/%2fetc/passwd", "/etc/passwd",
        "/..\\outside.txt"})
    EXPECT_EQ(get(path).status, 404) << path;
}

TEST_F(PageTest, AFolderWithoutAPage) {
  EXPECT_EQ(WebFiles::load(root_ / "fonts").error().code, ErrorCode::kBadOption);
  const Result<WebFiles> missing = WebFiles::load(root_ / "nope");
  ASSERT_FALSE(missing.has_value());
  EXPECT_FALSE(has(missing.error().message, root_.string()));
}

TEST(Url, Parts) {
  EXPECT_EQ(target_path("/a/b?c=d#e"), "/a/b");
  EXPECT_EQ(target_path("http://host:80/a?x"), "/a");
  EXPECT_EQ(target_path("http://host"), "/");
  EXPECT_EQ(target_path(""), "");
  EXPECT_EQ(percent_decoded("a%2Fb%c3%a9"), "a/bé");
  for (const char* bad : {"%", "%2", "%2x", "%00", "% 2", "%+2"})
    EXPECT_FALSE(percent_decoded(bad).has_value()) << bad;
  EXPECT_EQ(query_parameter("/a?b=1&c=2&b=3", "b"), "1");
  EXPECT_EQ(query_parameter("/a?b", "b"), "");
  EXPECT_EQ(query_parameter("/a?bb=1", "b"), std::nullopt);
  EXPECT_EQ(query_parameter("/a", "b"), std::nullopt);
  EXPECT_EQ(query_parameter("/a?b=%zz%", "b"), "%zz%");
  EXPECT_EQ(query_parameter("/a?b=1%00+%41", "b"), std::string("1\0 A", 4));
  EXPECT_TRUE(same_authority("A.example:80", "a.EXAMPLE"));
  EXPECT_FALSE(same_authority("a.example:8000", "a.example"));
}

TEST(MimeType, ByEnding) {
  EXPECT_EQ(mime_type("a/b.WASM"), "application/wasm");
  EXPECT_EQ(mime_type("a.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(mime_type("a.tar"), "application/octet-stream");
}

}  // namespace
}  // namespace sqlenv
