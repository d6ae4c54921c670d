#include "core/wire/mcp.h"

#include <gtest/gtest.h>

#include "core/wire/protocol.h"

namespace sqlenv {
namespace {

std::string request(const std::string& method, const std::string& params = "{}") {
  return R"({"jsonrpc":"2.0","id":7,"method":")" + method + R"(","params":)" + params + "}";
}

tl::expected<ToolCall, RpcError> call(const std::string& params) {
  return parse_rpc(request("tools/call", params))->call;
}

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

TEST(Mcp, ReadsRequests) {
  const RpcParsed list = parse_rpc(request("tools/list", R"({"session_id":"s"})"));
  EXPECT_EQ(list->id, "7");
  EXPECT_EQ(list->method, "tools/list");
  EXPECT_EQ(list->session_id, "s");
  EXPECT_EQ(parse_rpc(R"({"jsonrpc":"2.0","id":"a\"b","method":"x"})")->id, R"("a\"b")");
  EXPECT_EQ(parse_rpc(R"({"jsonrpc":"2.0","method":"x"})")->id, "null");
  for (const char* absent : {"null", R"("")", "0", "false"})
    EXPECT_FALSE(parse_rpc(request("x", R"({"session_id":)" + std::string(absent) + "}"))
                     ->session_id.has_value());
}

TEST(Mcp, OnlyNotificationsAreNotAnswered) {
  EXPECT_TRUE(parse_rpc(R"({"jsonrpc":"2.0","method":"notifications/initialized"})")->notification);
  EXPECT_FALSE(parse_rpc(R"({"jsonrpc":"2.0","method":"tools/list"})")->notification);
  EXPECT_FALSE(parse_rpc(request("notifications/initialized"))->notification);
}

TEST(Mcp, RefusesWithTheCodesOfJsonRpc) {
  const std::pair<const char*, int> cases[] = {
      {"", kRpcParseError},
      {"{", kRpcParseError},
      {"[]", kRpcServerError},
      {"3", kRpcServerError},
      {"{}", kRpcInvalidRequest},
      {R"({"jsonrpc":"1.0","id":1,"method":"x"})", kRpcInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1})", kRpcInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":2})", kRpcInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1.5,"method":"x"})", kRpcInvalidRequest},
      {R"({"jsonrpc":"2.0","id":{},"method":"x"})", kRpcInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":"x","params":[]})", kRpcInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":"x","more":1})", kRpcInvalidRequest}};
  for (const auto& [text, code] : cases) {
    const RpcParsed parsed = parse_rpc(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().code, code) << text;
  }
  EXPECT_EQ(parse_rpc(R"({"jsonrpc":"2.0","id":"a","method":2})").error().id, "\"a\"");
  EXPECT_EQ(parse_rpc(R"({"jsonrpc":"2.0","id":{},"method":"x"})").error().id, "null");
  EXPECT_EQ(call("{}").error().code, kRpcInvalidParams);
  EXPECT_EQ(call(R"({"name":"nope"})").error().message, "Unknown tool: 'nope'");
  for (const char* params : {R"({"name":"query"})", R"({"name":"query","arguments":3})",
                             R"({"name":"query","arguments":{"sql":3}})",
                             R"({"name":"query","arguments":{"table":"x"}})",
                             R"({"name":"query","arguments":{"sql":"x","y":1}})",
                             R"({"name":"reset","arguments":{"colour":"red"}})"})
    EXPECT_EQ(call(params).error().code, kRpcInternalError) << params;
}

TEST(Mcp, ToolsAreActions) {
  EXPECT_EQ(call(R"({"name":"describe","arguments":{"table":"t"}})")->action,
            (Action{"DESCRIBE", "t"}));
  EXPECT_EQ(call(R"({"name":"sample","arguments":{"table":"t"}})")->action,
            (Action{"SAMPLE", "t"}));
  EXPECT_EQ(call(R"({"name":"query","arguments":{"sql":"s"}})")->action, (Action{"QUERY", "s"}));
  EXPECT_EQ(call(R"({"name":"answer","arguments":{"value":"v"}})")->action,
            (Action{"ANSWER", "v"}));
  EXPECT_EQ(call(R"({"name":"reset","arguments":{"seed":3}})")->reset->options.seed, 3u);
  EXPECT_TRUE(call(R"({"name":"reset"})")->reset.has_value());
}

TEST(Mcp, WritesAnswers) {
  EXPECT_EQ(rpc_result("7", "{}"), R"({"jsonrpc":"2.0","id":7,"result":{}})");
  EXPECT_EQ(
      rpc_error("null", {-32600, "no \"x\""}),
      R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no \"x\"","data":null}})");
  EXPECT_EQ(rpc_capacity_error(2, 3).data, R"({"active_sessions":2,"max_sessions":3})");
  EXPECT_EQ(session_closed_json("s", false), R"({"session_id":"s","closed":false,"closing":true})");
  EXPECT_TRUE(has(initialize_json("2025-03-26"), R"("protocolVersion":"2025-03-26")"));
  EXPECT_TRUE(has(initialize_json("1999-01-01"), R"("protocolVersion":"2025-11-25")"));
  StepResult result;
  result.set_error({ErrorCode::kSyntax, "near \"x\""});
  EXPECT_TRUE(has(tool_result_json(result), R"("is_error":true,"isError":true)"));
}

TEST(Mcp, SurvivesDeepNesting) {
  const std::string deep = std::string(300'000, '[') + std::string(300'000, ']');
  EXPECT_EQ(parse_rpc(deep).error().code, kRpcServerError);
  EXPECT_FALSE(parse_rpc(R"({"jsonrpc":"2.0","method":"x","id":)" + deep + "}").has_value());
  EXPECT_FALSE(call(R"({"name":"query","arguments":{"sql":)" + deep + "}}").has_value());
  EXPECT_TRUE(parse_rpc(request("x", R"({"session_id":)" + deep + "}")).has_value());
  const std::string message = R"({"type":"mcp","data":{"jsonrpc":"2.0","method":"x","id":)" + deep;
  EXPECT_FALSE(parse_client_message(message + "}}")->rpc.has_value());
}

TEST(Protocol, NanIsReadAsNull) {
  const std::string action = R"({"action_type":"QUERY","argument":"NaN \" Infinity","metadata":)";
  for (const char* value : {R"({"x":NaN})", R"({"x":[-Infinity,Infinity]})"}) {
    const auto message = parse_client_message(R"({"type":"step","data":)" + action + value + "}}");
    ASSERT_TRUE(message.has_value()) << value;
    EXPECT_EQ(message->action.argument, "NaN \" Infinity");
  }
  EXPECT_EQ(parse_client_message("NaN").error().code, "SESSION_ERROR");
  EXPECT_EQ(parse_client_message("\"NaN").error().code, "INVALID_JSON");
  EXPECT_EQ(parse_client_message("Na").error().code, "INVALID_JSON");
}

TEST(Protocol, AllErrorsOfARequestAreReported) {
  const auto body = parse_step_body(R"({"action":{"action_type":1,"x":2}})");
  ASSERT_FALSE(body.has_value());
  EXPECT_EQ(validation_error_json(body.error()),
            R"({"detail":[{"type":"string_type","loc":["action_type"],"msg":"Input should be a )"
            R"(valid string","input":1},{"type":"missing","loc":["argument"],"msg":"Field )"
            R"(required","input":{}},{"type":"extra_forbidden","loc":["x"],"msg":"Extra inputs )"
            R"(are not permitted","input":2}]})");
  std::string many = R"({"type":"state")";
  for (int i = 0; i < 500; ++i) many += ",\"k" + std::to_string(i) + "\":0";
  EXPECT_EQ(parse_client_message(many + "}").error().errors.size(), 16u);
}

TEST(Protocol, WholeNumbersMayHaveADecimalPoint) {
  EXPECT_EQ(parse_reset_body(R"({"seed":7.0})")->options.seed, 7u);
  EXPECT_EQ(parse_reset_body(R"({"seed":18446744073709551615})")->options.seed, ~std::uint64_t{0});
  EXPECT_EQ(parse_reset_body(R"({"step_budget":3e1})")->options.step_budget, 30);
  for (const char* seed : {"18446744073709551616", "1e300", "-1", "-1.0", "0.5", "\"7\"", "true"})
    EXPECT_FALSE(parse_reset_body(R"({"seed":)" + std::string(seed) + "}").has_value()) << seed;
  EXPECT_TRUE(parse_reset_body(R"({"episode_id":")" + std::string(255, 'x') + "\"}").has_value());
}

}  // namespace
}  // namespace sqlenv
