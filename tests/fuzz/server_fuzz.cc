// The service of the API server without its sockets: requests over HTTP and messages on WebSockets,
// a line each, in one run of a service:
//
//   POST /reset {"seed":1}      a request: method, target and body
//   ws {"type":"reset"}         a message on a WebSocket at /ws, which the first of them opens
//   mcp {"jsonrpc":"2.0",…}     a message on a WebSocket at /mcp
//   attach                      closes the WebSocket at /ws and opens one that is attached to the
//                               last session begun over HTTP
//   bin                         a binary frame
//   leave                       closes both WebSockets
//   head GET / HTTP/1.1|Host: x a request's head as raw bytes, with "|" for CR LF and "`" for LF
//
// After a target "!" sends that session's id in the header, "~" makes the request come from a
// foreign page, "^" from an allowed one, and "@" names another host. A "$" in a line is the id of
// that session. Every answer is JSON or a page, none reveals the gold before an episode is done,
// another host learns nothing, heads that are accepted can be read in one way only, and in the end
// no place is taken.
#include <algorithm>
#include <optional>

#include "app/server/api.h"
#include "app/server/conversation.h"
#include "app/server/request_head.h"
#include "app/server/url.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

constexpr std::string_view kGold = "gold-marker";
constexpr std::size_t kIdLength = 36;

ServerOptions options() {
  ServerOptions options;
  options.max_sessions = 3;
  options.max_kept_episodes = 2;
  options.query_time = std::chrono::milliseconds(20);
  options.allow_origins = {"https://friend.example"};
  return options;
}

Service& service() {
  static Service shared(options(), tiny_catalog(), WebFiles(),
                        std::move(*Access::make("", options().allow_origins, {}, true)));
  return shared;
}

class Run {
 public:
  explicit Run(bool echoes_gold) : echoes_gold_(echoes_gold) {}

  void line(std::string text) {
    for (std::size_t at; (at = text.find('$')) != std::string::npos;) text.replace(at, 1, id_);
    const std::string_view all = text;
    const std::size_t blank = std::min(all.size(), all.find(' '));
    const std::string_view kind = all.substr(0, blank);
    const std::string_view rest = all.substr(std::min(all.size(), blank + 1));
    if (kind == "ws") return say(ws_, "/ws", rest);
    if (kind == "mcp") return say(mcp_, "/mcp", rest);
    if (kind == "attach") return attach();
    if (kind == "bin") return binary();
    if (kind == "leave") return leave();
    if (kind == "head") return head(std::string(rest));
    request(kind, rest);
  }

  void leave() {
    ws_.reset();
    mcp_.reset();
  }

 private:
  using Socket = std::optional<Conversation>;

  void open(Socket& socket, const std::string& target) {
    socket.emplace(service(), worker(), target, "");
    if (const auto refusal = socket->begin()) take(socket, *refusal);
  }

  void say(Socket& socket, const std::string& target, std::string_view text) {
    if (!socket) open(socket, target);
    if (socket) take(socket, socket->on_text(text));
  }

  void attach() {
    ws_.reset();
    open(ws_, "/ws?session_id=" + id_);
  }

  void binary() {
    if (!ws_) open(ws_, "/ws");
    if (ws_) take(ws_, ws_->on_binary());
  }

  // Whether a line begins with this name, in small letters, and a colon.
  static int count_fields(std::string_view head, std::string_view name) {
    int count = 0;
    for (std::size_t at = 0; (at = head.find('\n', at)) != head.npos;)
      count += head.substr(++at, name.size() + 1) == std::string(name) + ":";
    return count;
  }

  void head(std::string text) {
    for (std::size_t at; (at = text.find('|')) != text.npos;) text.replace(at, 1, "\r\n");
    std::replace(text.begin(), text.end(), '`', '\n');
    const std::size_t size = head_size(text);
    SQLENV_CHECK(size <= text.size());
    const std::string whole = text.substr(0, size);
    for (std::size_t seen = 0; seen < size; seen += 7) SQLENV_CHECK(head_size(text, seen) == size);
    if (size == 0 || !head_problem(whole).empty()) return;
    SQLENV_CHECK(begins_request(whole));
    const std::string lower = to_lower(whole);
    const bool old = lower.find(" http/1.0\r\n") < lower.find('\n');
    const int lengths = count_fields(lower, "content-length");
    const int codings = count_fields(lower, "transfer-encoding");
    const int hosts = count_fields(lower, "host");
    SQLENV_CHECK(hosts == 1 || (old && hosts == 0));
    SQLENV_CHECK(lengths + codings <= 1);
    SQLENV_CHECK(codings == 0 || (!old && lower.find("chunked") != lower.npos));
    for (std::size_t at = 0; at < size; ++at) {
      const char c = whole[at], before = at == 0 ? ' ' : whole[at - 1];
      SQLENV_CHECK(c != '\0' && c != '\x7f' && (before == '\r') == (c == '\n'));
      SQLENV_CHECK(before != '\n' || (c != ' ' && c != '\t'));
    }
  }

  void take(Socket& socket, const SessionReply& reply) {
    if (reply.text) {
      fuzz::check_json(*reply.text);
      if (!reply.text->starts_with(R"({"type":"trajectory")")) check_secret(*reply.text);
    }
    SQLENV_CHECK(reply.text || reply.close || &socket == &mcp_);
    if (reply.close) socket.reset();
  }

  void request(std::string_view method, std::string_view rest) {
    const std::size_t blank = std::min(rest.size(), rest.find(' '));
    ApiRequest request{method, rest.substr(0, blank),
                       rest.substr(std::min(rest.size(), blank + 1))};
    if (request.target.ends_with("!")) request.mcp_session_id = id_;
    if (request.target.ends_with("~")) request.from = {"https://evil.example", "localhost"};
    if (request.target.ends_with("^")) request.from = {"https://friend.example", "localhost"};
    const bool lost = request.target.ends_with("@");
    if (lost) request.from = {"", "evil.example"};
    if (!request.target.empty() &&
        std::string_view("!~^@").find(request.target.back()) != std::string_view::npos)
      request.target.remove_suffix(1);
    request.preflight = method == "OPTIONS";
    HttpApi api(service(), worker());
    const std::optional<HttpResponse> refused = api.refusal(request);
    SQLENV_CHECK(!lost || refused || target_path(request.target) == "/health");
    check(refused ? *refused : api.handle(request));
  }

  void check(const HttpResponse& response) {
    SQLENV_CHECK(response.status >= 200 && response.status < 500);
    if (response.content_type == "application/json") fuzz::check_json(response.content());
    for (const auto& [name, value] : response.headers)
      SQLENV_CHECK(value.find_first_of("\r\n") == std::string::npos);
    check_secret(response.content());
    const std::size_t at = response.body.find(R"("session_id":")");
    if (at != std::string::npos) id_ = response.body.substr(at + 14, kIdLength);
    if (id_.find('$') != std::string::npos) id_.clear();
  }

  void check_secret(std::string_view text) const {
    SQLENV_CHECK(echoes_gold_ || text.find(kGold) == std::string_view::npos);
  }

  static Worker& worker() {
    static const std::unique_ptr<Worker> own = service().new_worker();
    return *own;
  }

  const bool echoes_gold_;
  std::string id_ = "none";
  Socket ws_, mcp_;
};

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  std::string_view text = fuzz::text_of(data, size);
  Run run(text.find("gold") != std::string_view::npos);
  for (int lines = 0; !text.empty() && lines < 40; ++lines) {
    const std::string_view line = text.substr(0, text.find('\n'));
    run.line(std::string(line));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  run.leave();
  service().reap(Service::Clock::now() + std::chrono::hours(1));
  SQLENV_CHECK(service().sessions.active() == 0);
  SQLENV_CHECK(service().store.session_count() == 0 && service().store.episode_count() == 0);
  return 0;
}
