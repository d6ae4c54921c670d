#include "app/load/load_client.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace sqlenv {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// The example of RFC 6455. A key need not be secret.
constexpr char kKey[] = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::array<unsigned char, 4> kMask = {0x37, 0xfa, 0x21, 0x3d};
constexpr std::size_t kMaxReply = 64 << 20;

enum Opcode : unsigned char {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10
};

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// Shared by all clients of a thread, which read one after the other.
std::array<char, 64 << 10>& receive_buffer() {
  thread_local std::array<char, 64 << 10> buffer;
  return buffer;
}

error_code no_websocket() { return asio::error::connection_refused; }
error_code broken_frame() { return asio::error::invalid_argument; }

}  // namespace

std::string masked_frame(std::string_view text, unsigned char opcode) {
  std::string frame(1, static_cast<char>(0x80 | opcode));
  const auto add = [&frame](std::uint64_t value, int bytes) {
    while (bytes-- > 0) frame += static_cast<char>(value >> (8 * bytes) & 0xff);
  };
  if (text.size() < 126) add(0x80 | text.size(), 1);
  else if (text.size() < 65536) add(0xfe, 1), add(text.size(), 2);
  else add(0xff, 1), add(text.size(), 8);
  frame.append(kMask.begin(), kMask.end());
  for (std::size_t i = 0; i < text.size(); ++i)
    frame += static_cast<char>(static_cast<unsigned char>(text[i]) ^ kMask[i % 4]);
  return frame;
}

void LoadClient::connect(const LoadEndpoints& endpoints) {
  asio::async_connect(socket_, endpoints, [this](error_code error, const asio::ip::tcp::endpoint&) {
    if (error) return events_.on_connected(*this, error);
    shake_hands();
  });
}

void LoadClient::shake_hands() {
  error_code error;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  kept_ = "GET " + options_.path + " HTTP/1.1\r\nHost: " + options_.host + ":" + options_.port +
          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: " +
          kKey + "\r\n\r\n";
  asio::write(socket_, asio::buffer(kept_), error);
  kept_.clear();
  if (error) return events_.on_connected(*this, error);
  asio::async_read_until(socket_, asio::dynamic_buffer(kept_), "\r\n\r\n",
                         [this](error_code failed, std::size_t) { on_handshake(failed); });
}

void LoadClient::on_handshake(error_code error) {
  if (!error && !kept_.starts_with("HTTP/1.1 101 ")) error = no_websocket();
  kept_.erase(0, kept_.find("\r\n\r\n") + 4);
  if (!error) socket_.non_blocking(true, error);
  usable_ = !error;
  events_.on_connected(*this, error);
}

void LoadClient::send(Clock::time_point due) {
  due_ = due;
  sent_ = &next();
  if (first_ < options_.workload.first.size()) ++first_;
  else cycle_ = (cycle_ + 1) % options_.workload.cycle.size();
  waiting_ = true;
  error_code error;
  const std::size_t written = socket_.write_some(asio::buffer(sent_->frame), error);
  if (error && error != asio::error::would_block) return lose(error);
  if (written < sent_->frame.size()) return write_rest(written);
  receive();
}

void LoadClient::write_rest(std::size_t written) {
  asio::async_write(socket_, asio::buffer(sent_->frame) + written,
                    [this](error_code error, std::size_t) {
                      if (error) return lose(error);
                      receive();
                    });
}

// Waits before it reads: the reply has not arrived yet, and trying would cost a system call more.
void LoadClient::receive() {
  socket_.async_wait(LoadSocket::wait_read, [this](error_code error) { on_readable(error); });
}

void LoadClient::on_readable(error_code error) {
  if (error) return lose(error);
  auto& buffer = receive_buffer();
  const std::size_t count = socket_.read_some(asio::buffer(buffer), error);
  if (error && error != asio::error::would_block) return lose(error);
  if (kept_.empty()) return on_bytes({buffer.data(), count});
  kept_.append(buffer.data(), count);
  const std::string bytes = std::exchange(kept_, {});
  on_bytes(bytes);
}

// Reads up to the end of a message, since on_reply() may send the next. Keeps the rest of `bytes`.
void LoadClient::on_bytes(std::string_view bytes) {
  std::optional<std::string_view> text;
  while (!text && usable_ && take_frame(bytes, text)) {
  }
  if (!usable_) return;
  if (bytes.size() > kMaxReply) return lose(broken_frame());
  kept_.assign(bytes);
  if (!text) return receive();
  waiting_ = false;
  events_.on_reply(*this, *text);
}

// Removes a whole frame from the front of `bytes`, if there is one. `text` is the message that it
// ends.
bool LoadClient::take_frame(std::string_view& bytes, std::optional<std::string_view>& text) {
  if (bytes.size() < 2) return false;
  const unsigned short_length = byte_at(bytes, 1);  // servers do not mask
  const std::size_t head = short_length < 126 ? 2 : short_length == 126 ? 4 : 10;
  if (bytes.size() < head) return false;
  const std::uint64_t length = head == 2 ? short_length : big_endian(bytes.substr(2, head - 2));
  if (bytes.size() - head < length) return false;
  const std::string_view payload = bytes.substr(head, length);
  const unsigned opcode = byte_at(bytes, 0) & 0x0f;
  const bool last = (byte_at(bytes, 0) & 0x80) != 0;
  bytes.remove_prefix(head + length);
  if (opcode > kBinary) return on_control(opcode, payload);
  if (opcode != kContinuation && last) {
    text = payload;
    return true;
  }
  if (opcode != kContinuation) message_.clear();
  message_ += payload;
  if (last) text = message_;
  return true;
}

bool LoadClient::on_control(unsigned opcode, std::string_view payload) {
  error_code error;
  if (opcode == kPing) asio::write(socket_, asio::buffer(masked_frame(payload, kPong)), error);
  if (opcode == kClose) lose(asio::error::eof);
  return true;
}

void LoadClient::lose(error_code error) {
  if (!std::exchange(usable_, false)) return;
  events_.on_lost(*this, error);
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace sqlenv
