#include "core/wire/protocol.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

using Kind = ClientMessage::Kind;

std::string refusal(const std::string& text) {
  const ProtocolResult<ClientMessage> message = parse_client_message(text);
  return message ? "ok" : message.error().code;
}

TEST(Protocol, ReadsEveryMessage) {
  const auto kind = [](const char* text) { return parse_client_message(text)->kind; };
  EXPECT_EQ(kind(R"({"type":"reset"})"), Kind::kReset);
  EXPECT_EQ(kind(R"({"type":"reset","data":{"seed":3}})"), Kind::kReset);
  EXPECT_EQ(kind(R"({"type":"step","data":{"action_type":"QUERY","argument":"x"}})"), Kind::kStep);
  EXPECT_EQ(kind(R"({"type":"state"})"), Kind::kState);
  EXPECT_EQ(kind(R"({"type":"close"})"), Kind::kClose);
  EXPECT_EQ(kind(R"({"type":"trajectory"})"), Kind::kTrajectory);
}

TEST(Protocol, RefusesWithTheProtocolsCodes) {
  EXPECT_EQ(refusal("not json"), "INVALID_JSON");
  EXPECT_EQ(refusal(""), "INVALID_JSON");
  EXPECT_EQ(refusal("\xEF\xBB\xBF{\"type\":\"what\"}"), "UNKNOWN_TYPE");
  EXPECT_EQ(refusal("[1]"), "SESSION_ERROR");
  EXPECT_EQ(refusal("{}"), "UNKNOWN_TYPE");
  EXPECT_EQ(refusal(R"({"type":"ping"})"), "UNKNOWN_TYPE");
  EXPECT_EQ(refusal(R"({"type":null})"), "UNKNOWN_TYPE");
  EXPECT_EQ(refusal(R"({"type":"step"})"), "VALIDATION_ERROR");
  EXPECT_EQ(refusal(R"({"type":"step","data":{}})"), "VALIDATION_ERROR");
  EXPECT_EQ(refusal(R"({"type":"step","data":[]})"), "VALIDATION_ERROR");
  EXPECT_EQ(refusal(R"({"type":"reset","data":null})"), "VALIDATION_ERROR");
  EXPECT_EQ(refusal(R"({"type":"reset","data":{"seed":-1}})"), "VALIDATION_ERROR");
  EXPECT_EQ(refusal(R"({"type":"state","data":{}})"), "VALIDATION_ERROR");
  EXPECT_EQ(refusal(R"({"type":"state","id":1})"), "VALIDATION_ERROR");
}

TEST(Protocol, SaysThatAStepIsWrapped) {
  const auto wrapped = parse_client_message(
      R"({"type":"step","data":{"action":{"action_type":"QUERY","argument":"x"}}})");
  ASSERT_FALSE(wrapped.has_value());
  EXPECT_EQ(wrapped.error().message,
            "Invalid message: action_type: Field required. Send action_type and argument "
            "themselves, without {\"action\": …} around them.");
  EXPECT_EQ(wrapped.error().errors.size(), 3u);
  const auto other = parse_client_message(R"({"type":"step","data":{"action":"QUERY"}})");
  EXPECT_EQ(other.error().message, "Invalid message: action_type: Field required");
}

TEST(Protocol, WritesMessages) {
  EXPECT_EQ(state_message("abc", 3),
            R"({"type":"state","data":{"episode_id":"abc","step_count":3}})");
  EXPECT_EQ(state_message(std::nullopt, 0),
            R"({"type":"state","data":{"episode_id":null,"step_count":0}})");
  EXPECT_EQ(error_message({"EXECUTION_ERROR", "no"}),
            R"({"type":"error","data":{"message":"no","code":"EXECUTION_ERROR"}})");
}

TEST(Protocol, StepBodies) {
  const auto request = parse_step_body(
      R"({"action":{"action_type":"QUERY","argument":"x"},"episode_id":"e","timeout_s":3})");
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->action.argument, "x");
  EXPECT_EQ(request->episode_id, "e");
  for (const char* bad : {"", "[]", "{}", R"({"action":"x"})", R"({"action":{}})"})
    EXPECT_FALSE(parse_step_body(bad).has_value()) << bad;
}

}  // namespace
}  // namespace sqlenv
