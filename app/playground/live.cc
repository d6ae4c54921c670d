#include "app/playground/live.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/playground/format.h"
#include "core/base/text.h"
#include "core/wire/mcp.h"

namespace sqlenv::ui {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 5> kRetry = {1s, 2s, 4s, 8s, 15s};

}  // namespace

Result<std::string> server_address(std::string_view text) {
  text = trim(text);
  const std::string scheme = text.starts_with("https://") ? "https://" : "http://";
  if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.empty() || text.starts_with('/') || text.starts_with(':') ||
      text.find("//") != std::string_view::npos ||
      text.find_first_of("?#@ \t\r\n") != std::string_view::npos)
    return fail(ErrorCode::kBadOption, "A server's address looks like http://localhost:8000.");
  return scheme + std::string(text);
}

Result<std::unique_ptr<Live>> connect_live(LiveOptions options) {
  Result<std::string> address = server_address(options.address);
  if (!address) return fail(address.error());
  return options.watch ? watch_live(std::move(*address), std::move(options))
                       : play_live(std::move(*address), std::move(options));
}

Live::Live(std::string address, LiveOptions options)
    : address_(std::move(address)), options_(std::move(options)) {}

Live::Effects Live::take_effects() { return std::exchange(effects_, {}); }

Live::Effects Live::start() {
  begin();
  return take_effects();
}

Live::Effects Live::reply(int number, const HttpReply& reply) {
  if (number == number_ && pending_ == Pending::kReply) {
    pending_ = Pending::kNothing;
    receive(reply);
  }
  return take_effects();
}

Live::Effects Live::tick(int number) {
  if (number == number_ && pending_ == Pending::kTick) {
    pending_ = Pending::kNothing;
    go_on();
  }
  return take_effects();
}

Live::Effects Live::act(const Action& action) {
  if (shown_ && shown_->acts) play(action);
  return take_effects();
}

Live::Effects Live::choose(std::string_view id) {
  const auto offers = [&](const std::vector<Transcript::Choice>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const Transcript::Choice& choice) { return choice.id == id; });
  };
  // A token is for the face to ask for: it connects anew.
  if (id == "token" || !shown_ || !(offers(shown_->choices) || offers(shown_->rows))) return {};
  if (id == "retry")
    show_progress(succeeded_ ? "Trying again …" : "Connecting to " + address_ + " …");
  chosen(id);
  busy_ = pending_ == Pending::kReply;
  return take_effects();
}

void Live::ask(const std::string& path, std::string body) {
  path_ = path;
  pending_ = Pending::kReply;
  effects_.timer.reset();
  effects_.request = Request{++number_, request_for(path, std::move(body)), !succeeded_};
}

void Live::wait(std::chrono::seconds time) {
  pending_ = Pending::kTick;
  effects_.request.reset();
  effects_.timer = Timer{++number_, time};
}

HttpRequest Live::request_for(const std::string& path, std::string body) const {
  HttpRequest request;
  request.url = address_ + path;
  if (!options_.token.empty())
    request.headers.emplace_back("Authorization", "Bearer " + options_.token);
  if (body.empty()) return request;
  request.method = "POST";
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

void Live::show(std::string state, bool bad) {
  busy_ = false;
  seen_.state = std::move(state);
  seen_.bad = bad;
  if (shown_ != seen_) effects_.shown = seen_;
  shown_ = seen_;
  seen_.choices.clear();
  seen_.rows.clear();
  seen_.acts = false;
}

void Live::show_progress(std::string state) {
  show(std::move(state));
  busy_ = true;
}

void Live::succeeded() {
  tries_ = 0;
  succeeded_ = true;
}

void Live::receive(const HttpReply& reply) {
  if (reply.status == 0 || (reply.status >= 502 && reply.status <= 504)) return lost(reply.reason);
  std::optional<Trouble> trouble = trouble_of(reply);
  if (!trouble) {
    const Outcome<void> taken = take(reply.body);
    if (taken) return;
    trouble = taken.error();
  }
  if (trouble->kind == Trouble::Kind::kGone) return session_gone();
  if (trouble->kind == Trouble::Kind::kToken) seen_.choices = {{"token", "Give a token"}};
  seen_.choices.push_back({"retry", "Try again"});
  show(std::move(trouble->message), true);
}

void Live::lost(const std::string& reason) {
  if (!succeeded_) {
    seen_.choices = {{"retry", "Try again"}};
    return show(!reason.empty() ? reason
                                : address_ +
                                      " does not answer. Is the server running there "
                                      "(sqlenv serve), is the port right, and nothing in "
                                      "between?",
                true);
  }
  const std::chrono::seconds time =
      kRetry[std::min(static_cast<std::size_t>(tries_), kRetry.size() - 1)];
  ++tries_;
  seen_.choices = {{"retry", "Try now"}};
  show("The connection is lost. Attempt " + std::to_string(tries_ + 1) + " follows in " +
           counted(static_cast<std::size_t>(time.count()), "second") + ".",
       true);
  wait(time);
}

std::optional<Live::Trouble> Live::trouble_of(const HttpReply& reply) const {
  using Kind = Trouble::Kind;
  if (reply.status == 200) return std::nullopt;
  const std::string detail = read_detail(reply.body);
  const std::string said = !detail.empty() ? detail
                           : reply.reason.empty()
                               ? std::to_string(reply.status)
                               : std::to_string(reply.status) + " " + reply.reason;
  if (reply.status == 401)
    return Trouble{Kind::kToken, options_.token.empty()
                                     ? "The server asks for a token."
                                     : "The server does not take this token: " + said};
  if (reply.status == 403) return Trouble{Kind::kRefused, "The server refuses this: " + said};
  if (reply.status == 429)
    return Trouble{Kind::kRefused,
                   "The server refuses this: too many requests from this address. Try again in a "
                   "moment."};
  if (reply.status == 404 && !detail.empty() && path_.find("session=") != std::string::npos)
    return Trouble{Kind::kGone, said};
  return Trouble{Kind::kRefused, "This does not look like a server of SQLEnv: " + address_ +
                                     path_.substr(0, path_.find('?')) + " answered " + said};
}

Live::Trouble Live::no_server() const {
  return {Trouble::Kind::kRefused, "This does not look like a server of SQLEnv: " + address_ +
                                       path_.substr(0, path_.find('?')) +
                                       " answered something else."};
}

Live::Outcome<RpcReply> Live::read_rpc(const std::string& body) const {
  using Kind = Trouble::Kind;
  std::optional<RpcReply> reply = read_rpc_reply(body);
  if (!reply) return tl::unexpected(no_server());
  if (reply->error_code == 0) return std::move(*reply);
  if (reply->error_code == kRpcServerError)
    return tl::unexpected(Trouble{Kind::kRefused, "The server is full: " + reply->error +
                                                      " Try again when a session has ended, or "
                                                      "start it with --max-sessions."});
  if (reply->error_code == kRpcInvalidParams && reply->error.find("ession") != std::string::npos)
    return tl::unexpected(Trouble{Kind::kGone, reply->error});
  return tl::unexpected(Trouble{Kind::kRefused, "The server answered: " + reply->error});
}

}  // namespace sqlenv::ui
