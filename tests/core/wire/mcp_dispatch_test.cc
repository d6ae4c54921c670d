#include "core/wire/mcp_dispatch.h"

#include <gtest/gtest.h>

#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

class McpDispatchTest : public testing::Test, public ToolPlayer {
 protected:
  Result<void> begin(const ResetRequest& request) override {
    Result<Episode> episode = environment_.reset(request.options);
    if (!episode) return fail(episode.error());
    episode_ = std::move(*episode);
    return {};
  }
  const Episode* episode() const override { return episode_ ? &*episode_ : nullptr; }
  StepResult play(const Action& action) override { return episode_->step(action); }

  std::optional<RpcAnswer> ask(const std::string& method, const std::string& params = "{}") {
    return answer_rpc(*parse_rpc(R"({"jsonrpc":"2.0","id":7,"method":")" + method +
                                 R"(","params":)" + params + "}"),
                      *this);
  }
  RpcAnswer call(const std::string& tool, const std::string& arguments = "{}") {
    return *ask("tools/call", R"({"name":")" + tool + R"(","arguments":)" + arguments + "}");
  }

  Environment environment_{test::small_catalog()};
  std::optional<Episode> episode_;
};

TEST_F(McpDispatchTest, ToolsPlayTheEpisode) {
  const RpcAnswer begun = call("reset");
  EXPECT_FALSE(begun.failed);
  EXPECT_EQ(begun.text, rpc_result("7", tool_result_json(episode_->first())));
  const RpcAnswer step = call("query", R"({"sql":"SELECT 1"})");
  EXPECT_EQ(step.text, rpc_result("7", tool_result_json(episode_->latest())));
  EXPECT_EQ(episode_->step_count(), 1);
  call("answer", R"({"value":"nothing of the kind"})");
  EXPECT_TRUE(episode_->done());
}

TEST_F(McpDispatchTest, AWrongActionIsNoErrorOfJsonRpc) {
  call("reset");
  EXPECT_FALSE(call("query", R"({"sql":"SELEC"})").failed);
  EXPECT_TRUE(episode_->latest().error.has_value());
}

TEST_F(McpDispatchTest, ErrorsLeaveTheEpisodeAsItIs) {
  EXPECT_TRUE(call("query", R"({"sql":"SELECT 1"})").failed);
  EXPECT_EQ(episode(), nullptr);
  call("reset");
  call("query", R"({"sql":"SELECT 1"})");
  EXPECT_TRUE(call("reset", R"({"database":"nope"})").failed);
  EXPECT_TRUE(call("query", R"({"table":"x"})").failed);
  EXPECT_TRUE(call("fly").failed);
  EXPECT_TRUE(ask("resources/list")->failed);
  EXPECT_EQ(episode_->step_count(), 1);
}

TEST_F(McpDispatchTest, NotificationsAreNotAnswered) {
  EXPECT_FALSE(answer_rpc(*parse_rpc(R"({"jsonrpc":"2.0","method":"notifications/x"})"), *this));
  EXPECT_EQ(ask("ping")->text, R"({"jsonrpc":"2.0","id":7,"result":{}})");
}

TEST_F(McpDispatchTest, ToolsThatOnlyLookSaySo) {
  const std::string tools = ask("tools/list")->text;
  std::size_t looks = 0;
  for (std::size_t at = 0; (at = tools.find(R"("readOnlyHint":true)", at)) != std::string::npos;
       ++at)
    ++looks;
  EXPECT_EQ(looks, 3u);
}

}  // namespace
}  // namespace sqlenv
