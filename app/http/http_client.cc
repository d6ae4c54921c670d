#include "app/http/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/base/version.h"

namespace sqlenv {
namespace {

constexpr int kLongestPoll = 60'000;  // milliseconds; a wake-up ends it
constexpr long kMostRedirects = 5;
constexpr std::chrono::milliseconds kConnectLimit{15'000};

template <auto kFree>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    kFree(handle);
  }
};
using Easy = std::unique_ptr<CURL, Freer<curl_easy_cleanup>>;
using Headers = std::unique_ptr<curl_slist, Freer<curl_slist_free_all>>;

struct Transfer {
  int number = 0;
  HttpRequest request;
  HttpClient::Done done;
  HttpReply reply;
  bool too_large = false;
  Headers headers;
  Easy easy;
};

std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  Transfer& taker = *static_cast<Transfer*>(transfer);
  taker.too_large = taker.reply.body.size() + size * count > kMostReplyBytes;
  if (taker.too_large) return 0;
  taker.reply.body.append(bytes, size * count);
  return size * count;
}

// The header of the last answer, which after redirects is the one that counts.
std::string header_of(CURL* easy, const char* name) {
  curl_header* header = nullptr;
  return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value
                                                                                 : "";
}

HttpFailure failure_of(const Transfer& transfer, CURLcode code) {
  if (transfer.too_large) return HttpFailure::kTooLarge;
  curl_off_t connected = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_CONNECT_TIME_T, &connected);
  switch (code) {
    case CURLE_FILESIZE_EXCEEDED: return HttpFailure::kTooLarge;
    case CURLE_OPERATION_TIMEDOUT:
      return connected > 0 ? HttpFailure::kTimedOut : HttpFailure::kUnreachable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return HttpFailure::kTls;
    default: return connected > 0 ? HttpFailure::kBroken : HttpFailure::kUnreachable;
  }
}

bool is_loopback(std::string_view url) {
  const std::string_view host = url.substr(std::min(url.find("//") + 2, url.size()));
  return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

void set_up(Transfer& transfer) {
  const HttpRequest& request = transfer.request;
  for (const auto& [name, value] : request.headers)
    transfer.headers.reset(
        curl_slist_append(transfer.headers.release(), (name + ": " + value).c_str()));
  // A long body is sent at once, without asking first whether the server wants it.
  transfer.headers.reset(curl_slist_append(transfer.headers.release(), "Expect:"));
  transfer.easy.reset(curl_easy_init());
  SQLENV_CHECK(transfer.easy != nullptr);
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(transfer.easy.get(), option, value);
  };
  const char* scheme = request.url.starts_with("https:") ? "https" : "http";
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, scheme);
  set(CURLOPT_REDIR_PROTOCOLS_STR, scheme);
  set(CURLOPT_FOLLOWLOCATION, request.follow ? 1L : 0L);
  set(CURLOPT_MAXREDIRS, kMostRedirects);
  set(CURLOPT_HTTPHEADER, transfer.headers.get());
  set(CURLOPT_USERAGENT, (std::string("sqlenv/") + kVersion).c_str());
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.limit.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(request.limit, kConnectLimit).count()));
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(kMostReplyBytes));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_WRITEFUNCTION, take_bytes);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_PRIVATE, &transfer);
  if (is_loopback(request.url)) set(CURLOPT_PROXY, "");
  if (request.method == "GET") return;
  set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  set(CURLOPT_POSTFIELDS, request.body.c_str());
  if (request.method != "POST") set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

// What only a look at the certificate explains.
std::string reason_of(CURLcode code, const std::string& url) {
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    return "The certificate of " + url.substr(0, url.find('/', url.find("//") + 2)) +
           " is not one that this machine trusts: " + curl_easy_strerror(code) + ".";
  return "";
}

}  // namespace

struct HttpClient::State {
  State() : multi(curl_multi_init()), thread([this] { run(); }) {}

  ~State() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    curl_multi_wakeup(multi.get());
    thread.join();
    for (const auto& [number, transfer] : transfers)
      curl_multi_remove_handle(multi.get(), transfer->easy.get());
  }

  void run() {
    while (take_commands()) {
      int running = 0;
      curl_multi_perform(multi.get(), &running);
      int left = 0;
      while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left))
        if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
      curl_multi_poll(multi.get(), nullptr, 0, kLongestPoll, nullptr);
    }
  }

  // False: the client is being destroyed.
  bool take_commands() {
    const std::lock_guard lock(mutex);
    for (std::unique_ptr<Transfer>& transfer : std::exchange(begun, {})) {
      curl_multi_add_handle(multi.get(), transfer->easy.get());
      transfers[transfer->number] = std::move(transfer);
    }
    for (const int number : std::exchange(cancelled, {})) remove(number);
    return !ending;
  }

  std::unique_ptr<Transfer> remove(int number) {
    const auto found = transfers.find(number);
    if (found == transfers.end()) return nullptr;
    std::unique_ptr<Transfer> transfer = std::move(found->second);
    transfers.erase(found);
    curl_multi_remove_handle(multi.get(), transfer->easy.get());
    return transfer;
  }

  void finish(CURL* easy, CURLcode code) {
    Transfer* finished = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &finished);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    const std::unique_ptr<Transfer> transfer = remove(finished->number);
    HttpReply& reply = transfer->reply;
    if (code == CURLE_OK) {
      reply.status = static_cast<int>(status);
      reply.content_type = header_of(easy, "content-type");
      reply.retry_after = header_of(easy, "retry-after");
      reply.location = header_of(easy, "location");
    } else {
      reply = {0, "", reason_of(code, transfer->request.url), failure_of(*transfer, code)};
    }
    transfer->done(std::move(reply));
  }

  std::mutex mutex;
  std::vector<std::unique_ptr<Transfer>> begun;
  std::vector<int> cancelled;
  int last_number = 0;
  bool ending = false;
  std::unique_ptr<CURLM, Freer<curl_multi_cleanup>> multi;
  std::map<int, std::unique_ptr<Transfer>> transfers;  // the thread's own
  std::thread thread;
};

HttpClient::HttpClient() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  SQLENV_CHECK(ready == CURLE_OK);
  state_ = std::make_unique<State>();
}

HttpClient::~HttpClient() = default;

int HttpClient::start(HttpRequest request, Done done) {
  auto transfer = std::make_unique<Transfer>();
  transfer->request = std::move(request);
  transfer->done = std::move(done);
  set_up(*transfer);
  int number = 0;
  {
    const std::lock_guard lock(state_->mutex);
    number = transfer->number = ++state_->last_number;
    state_->begun.push_back(std::move(transfer));
  }
  curl_multi_wakeup(state_->multi.get());
  return number;
}

void HttpClient::cancel(int number) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->cancelled.push_back(number);
  }
  curl_multi_wakeup(state_->multi.get());
}

HttpReply HttpClient::perform(HttpRequest request) {
  const auto reply = std::make_shared<std::promise<HttpReply>>();
  start(std::move(request), [reply](HttpReply came) { reply->set_value(std::move(came)); });
  return reply->get_future().get();
}

}  // namespace sqlenv
