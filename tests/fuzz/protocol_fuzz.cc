// Messages and request bodies of the protocol: any bytes are answered, and answers are JSON.
#include "core/wire/fast_step_parser.h"
#include "core/wire/protocol.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

void check_message(std::string_view text) {
  const ProtocolResult<ClientMessage> message = parse_client_message(text);
  if (message) return;
  SQLENV_CHECK(!message.error().code.empty());
  fuzz::check_json(error_message(message.error()));
}

// parse_fast_step() reads what the JSON parser reads, or nothing.
void check_fast_step(std::string_view data) {
  const std::optional<Action> plain =
      parse_fast_step(R"({"type":"step","data":)" + std::string(data) + "}");
  if (!plain) return;
  const Result<Action> any = parse_action(data);
  SQLENV_CHECK(any && *any == *plain);
}

template <class T>
void check_body(const BodyResult<T>& body) {
  if (!body) fuzz::check_json(validation_error_json(body.error()));
}

void check_rpc(std::string_view text) {
  const RpcParsed rpc = parse_rpc(text);
  if (!rpc) return fuzz::check_json(rpc_error("null", rpc.error()));
  if (!rpc->call) fuzz::check_json(rpc_error(rpc->id, rpc->call.error()));
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  const std::string_view text = fuzz::text_of(data, size);
  check_message(text);
  check_fast_step(text);
  check_body(parse_reset_body(text));
  check_body(parse_step_body(text));
  check_rpc(text);
  return 0;
}
