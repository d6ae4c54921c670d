#include "app/desktop/server_link.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/playground/format.h"

namespace sqlenv::desktop {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 5> kRetry = {1s, 2s, 4s, 8s, 15s};
constexpr std::chrono::seconds kAnswer = 15s;  // longer than a server lets a query run

tl::unexpected<Trouble> fails(Trouble::Kind kind, std::string message) {
  return tl::unexpected<Trouble>({kind, std::move(message)});
}

}  // namespace

Link::Link(ServerClient& client, ServerAddress server, ServerWish wish)
    : client_(client), server_(std::move(server)), wish_(std::move(wish)) {}

void Link::show(std::string state, bool bad, bool settled) {
  seen_.state = std::move(state);
  seen_.bad = bad;
  if (shown_ != seen_) client_.show(seen_, settled);
  shown_ = seen_;
  seen_.choices.clear();
  seen_.rows.clear();
  seen_.acts = false;
}

void Link::later(std::chrono::milliseconds time, Work work) {
  next_ = std::move(work);
  due_ = Clock::now() + time / client_.hurry_;
}

void Link::go_on() { attempt(Work(next_)); }

void Link::attempt(const Work& work) {
  due_.reset();
  work_ = work;
  const Outcome<void> done = work();
  if (client_.stopped_) return;
  if (done) {
    tries_ = 0;
    begun_ = true;
    return;
  }
  const Trouble& trouble = done.error();
  if (trouble.kind == Trouble::Kind::kLost) return lost(work);
  if (trouble.kind == Trouble::Kind::kGone) return gone(trouble.message);
  if (trouble.kind == Trouble::Kind::kToken) seen_.choices = {{"token", "Give a token"}};
  seen_.choices.push_back({"retry", "Try again"});
  show(trouble.message, true);
}

void Link::lost(const Work& work) {
  if (!begun_) {
    seen_.choices = {{"retry", "Try again"}};
    return show(server_.text +
                    " does not answer. Is the server running there (sqlenv serve), is the port "
                    "right, and nothing in between?",
                true);
  }
  const std::chrono::seconds wait =
      kRetry[std::min<std::size_t>(static_cast<std::size_t>(tries_), kRetry.size() - 1)];
  ++tries_;
  seen_.choices = {{"retry", "Try now"}};
  show("The connection is lost. Attempt " + std::to_string(tries_ + 1) + " follows in " +
           ui::counted(static_cast<std::size_t>(wait.count()), "second") + ".",
       true);
  later(wait, resume_ ? resume_ : work);
}

void Link::choose(const std::string& id) {
  if (id != "retry") return;
  show(begun_ ? "Trying again …" : "Connecting to " + server_.text + " …", false, false);
  attempt(begun_ && resume_ ? Work(resume_) : Work(work_));
}

Outcome<std::string> Link::ask(const std::string& target, const std::string& body) {
  using Kind = Trouble::Kind;
  const std::optional<HttpAnswer> answer =
      http_request(server_, target, body, wish_.token, kAnswer, client_.stopped_);
  if (!answer || (answer->status >= 502 && answer->status <= 504)) return fails(Kind::kLost, "");
  if (answer->status == 200) return answer->body;
  const std::string detail = read_detail(answer->body);
  const std::string said = detail.empty() ? std::to_string(answer->status) : detail;
  if (answer->status == 401)
    return fails(Kind::kToken, wish_.token.empty()
                                   ? "The server asks for a token."
                                   : "The server does not take this token: " + said);
  if (answer->status == 403) return fails(Kind::kRefused, "The server refuses this: " + said);
  if (answer->status == 429)
    return fails(Kind::kRefused,
                 "The server refuses this: too many requests from this address. Try again in a "
                 "moment.");
  if (answer->status == 404 && !detail.empty() && target.find("session=") != std::string::npos)
    return fails(Kind::kGone, said);
  return fails(Kind::kRefused, "This does not look like a server of SQLEnv: " + server_.text +
                                   target.substr(0, target.find('?')) + " answered " + said);
}

Outcome<RpcReply> Link::call(const std::string& request) {
  using Kind = Trouble::Kind;
  const Outcome<std::string> text = ask("/mcp", request);
  if (!text) return tl::unexpected<Trouble>(text.error());
  std::optional<RpcReply> reply = read_rpc_reply(*text);
  if (!reply)
    return fails(Kind::kRefused, "This does not look like a server of SQLEnv: " + server_.text +
                                     "/mcp answered something else.");
  if (reply->error_code == 0) return std::move(*reply);
  if (reply->error_code == kRpcServerError)
    return fails(Kind::kRefused, "The server is full: " + reply->error +
                                     " Try again when a session has ended, or start it with "
                                     "--max-sessions.");
  if (reply->error_code == kRpcInvalidParams && reply->error.find("ession") != std::string::npos)
    return fails(Kind::kGone, reply->error);
  return fails(Kind::kRefused, "The server answered: " + reply->error);
}

}  // namespace sqlenv::desktop
