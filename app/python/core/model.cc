#include <nanobind/stl/string.h>

#include "app/model/model_outcome.h"
#include "app/python/core/agent.h"
#include "app/python/core/bindings.h"
#include "app/python/core/model.h"

namespace sqlenv::python {
namespace {

ModelServer make_server(nb::handle address, nb::handle key) {
  ModelServer server;
  Result<ModelAddress> read = parse_model_address(lenient_utf8(address));
  if (!read) raise(read.error());
  server.address = std::move(*read);
  if (key.is_none()) return server;
  Result<std::string> checked = check_model_key(lenient_utf8(key));
  if (!checked) raise(checked.error());
  server.key = std::move(*checked);
  return server;
}

HttpFailure read_http_failure(const std::string& name) {
  if (name == "timed_out") return HttpFailure::kTimedOut;
  if (name == "tls") return HttpFailure::kTls;
  if (name == "too_large") return HttpFailure::kTooLarge;
  if (name == "broken") return HttpFailure::kBroken;
  return HttpFailure::kUnreachable;
}

// (reply or None, name of the failure, message, seconds until the next try or None)
nb::tuple outcome_of(const ModelServer& server, const std::string& dialect, nb::handle options,
                     const nb::dict& reply, int number, int most, bool proven, std::int64_t now,
                     double spread) {
  const ModelOutcome outcome =
      read_model_outcome(server, read_dialect(dialect), read_model_options(options),
                         read_http_reply(reply), {number, most, proven, now, spread});
  if (outcome.reply) return nb::make_tuple(reply_tuple(*outcome.reply), "", "", nb::none());
  const nb::object wait =
      outcome.retry_in
          ? nb::object(nb::float_(static_cast<double>(outcome.retry_in->count()) / 1000))
          : nb::none();
  return nb::make_tuple(nb::none(), text(model_failure_name(outcome.trouble.kind)),
                        text(outcome.trouble.message), wait);
}

nb::tuple asked(const ModelServer& server, const AgentEpisode& episode, nb::handle options) {
  return request_tuple(model_request(server, episode, read_model_options(options), {}));
}

}  // namespace

nb::tuple request_tuple(const HttpRequest& request) {
  nb::list headers;
  for (const auto& [name, value] : request.headers)
    headers.append(nb::make_tuple(text(name), text(value)));
  return nb::make_tuple(text(request.url), headers,
                        nb::bytes(request.body.data(), request.body.size()));
}

HttpReply read_http_reply(const nb::dict& fields) {
  HttpReply reply;
  reply.status = nb::cast<int>(fields["status"]);
  const auto body = nb::cast<nb::bytes>(fields["body"]);
  reply.body.assign(body.c_str(), body.size());
  reply.failure = read_http_failure(nb::cast<std::string>(fields["failure"]));
  reply.retry_after = lenient_utf8(fields["retry_after"]);
  reply.location = lenient_utf8(fields["location"]);
  return reply;
}

void bind_model(nb::module_& module) {
  nb::class_<ModelServer>(module, "ModelServer")
      .def(
          "__init__",
          [](ModelServer* self, nb::handle address, nb::handle key) {
            new (self) ModelServer(make_server(address, key));
          },
          nb::arg("address"), nb::arg("key").none())
      .def("address", [](const ModelServer& server) { return text(server.address.base); })
      .def("is_local", [](const ModelServer& server) { return is_local(server.address); })
      .def("has_key", [](const ModelServer& server) { return !server.key.empty(); })
      .def("request", asked)
      .def("outcome", outcome_of)
      .def("without_key", [](const ModelServer& server, nb::handle said) {
        return text(without_key(lenient_utf8(said), server));
      });
}

}  // namespace sqlenv::python
