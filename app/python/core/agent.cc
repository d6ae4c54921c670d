#include "app/python/core/agent.h"

#include <nanobind/stl/string.h>

#include "app/python/core/bindings.h"
#include "core/agent/grammar.h"

namespace sqlenv::python {

ModelCompletion read_written(nb::handle object) {
  const auto fields = nb::cast<nb::tuple>(object);
  if (fields.size() != 3) throw nb::type_error("a completion is (text, tool calls, cut)");
  ModelCompletion completion{lenient_utf8(fields[0]), {}, nb::cast<bool>(fields[2])};
  for (nb::handle call : fields[1])
    completion.tool_calls.push_back(
        {lenient_utf8(call[0]), lenient_utf8(call[1]), lenient_utf8(call[2])});
  return completion;
}

namespace {

nb::tuple written_tuple(const ModelCompletion& completion) {
  nb::list calls;
  for (const ModelToolCall& call : completion.tool_calls)
    calls.append(nb::make_tuple(text(call.id), text(call.name), text(call.arguments)));
  return nb::make_tuple(text(completion.text), nb::tuple(calls), completion.cut);
}

nb::tuple reading_tuple(const ReadCompletion& read) {
  return nb::make_tuple(text(read.action.action_type), text(read.action.argument), read.readable,
                        read.several, text(read.message));
}

ReadCompletion read_reading(nb::handle object) {
  const auto fields = nb::cast<nb::tuple>(object);
  if (fields.size() != 5) throw nb::type_error("a reading has five members");
  return {{lenient_utf8(fields[0]), lenient_utf8(fields[1])},
          nb::cast<bool>(fields[2]),
          nb::cast<bool>(fields[3]),
          lenient_utf8(fields[4])};
}

std::string_view view(const nb::bytes& bytes) { return {bytes.c_str(), bytes.size()}; }

nb::tuple read_reply(const nb::bytes& body) {
  const Result<ModelReply> reply = read_model_reply(view(body));
  if (!reply) raise(reply.error());
  return reply_tuple(*reply);
}

nb::object parsed_completion(nb::handle json) {
  const std::optional<ModelCompletion> completion = parse_completion(lenient_utf8(json));
  return completion ? nb::object(written_tuple(*completion)) : nb::none();
}

void bind_texts(nb::module_& module) {
  module.def("dialect_version", [](const std::string& dialect) {
    return text(dialect_version(read_dialect(dialect)));
  });
  module.def("model_path",
             [](const std::string& dialect) { return text(model_path(read_dialect(dialect))); });
  module.def("default_max_tokens",
             [](const std::string& dialect) { return default_max_tokens(read_dialect(dialect)); });
  module.def("model_tools_json", [] { return text(model_tools_json()); });
  module.def("read_model_reply", read_reply);
  module.def("read_model_refusal",
             [](const nb::bytes& body) { return text(read_model_refusal(view(body))); });
  module.def("completion_json",
             [](nb::handle written) { return text(completion_json(read_written(written))); });
  module.def("parse_completion", parsed_completion);
}

}  // namespace

Dialect read_dialect(const std::string& name) {
  if (const std::optional<Dialect> dialect = find_dialect(name)) return *dialect;
  raise("BAD_OPTION", "there is no dialect \"" + name + "\". Known: compact, chat.");
}

ModelOptions read_model_options(nb::handle mapping) {
  ModelOptions options;
  for (auto [key, value] : nb::cast<nb::dict>(mapping)) {
    const std::string name = lenient_utf8(key);
    if (name == "temperature" && value.is_none()) options.temperature.reset();
    if (value.is_none()) continue;
    if (name == "model") options.model = lenient_utf8(value);
    else if (name == "temperature") options.temperature = nb::cast<double>(value);
    else if (name == "max_tokens") options.max_tokens = nb::cast<std::int64_t>(value);
    else if (name == "grammar") options.grammar = lenient_utf8(value);
    else if (name == "examples") options.examples = nb::cast<bool>(value);
    else if (name == "seed") options.seed = nb::cast<std::uint64_t>(value);
    else
      raise("BAD_OPTION", "a request has no option \"" + name +
                              "\". Known: model, temperature, max_tokens, grammar, examples, "
                              "seed.");
  }
  return options;
}

nb::tuple reply_tuple(const ModelReply& reply) {
  return nb::make_tuple(written_tuple(reply.completion), reply.prompt_tokens,
                        reply.completion_tokens);
}

void bind_agent(nb::module_& module) {
  bind_texts(module);
  nb::class_<AgentEpisode>(module, "AgentEpisode")
      .def("__init__",
           [](AgentEpisode* self, const std::string& dialect, nb::handle first) {
             new (self) AgentEpisode(read_dialect(dialect), read_observation(first));
           })
      .def("dialect", [](const AgentEpisode& agent) { return text(dialect_name(agent.dialect())); })
      .def("version",
           [](const AgentEpisode& agent) { return text(dialect_version(agent.dialect())); })
      .def("prompt", [](const AgentEpisode& agent) { return text(agent.prompt()); })
      .def("grammar",
           [](const AgentEpisode& agent) { return text(compact_grammar(agent.tables())); })
      .def("messages_json",
           [](const AgentEpisode& agent) { return text(messages_json(agent.messages())); })
      .def("request_json",
           [](const AgentEpisode& agent, nb::handle options) {
             return text(model_request_json(agent, read_model_options(options)));
           })
      .def("read",
           [](const AgentEpisode& agent, nb::handle written) {
             return reading_tuple(agent.read(read_written(written)));
           })
      .def("add",
           [](AgentEpisode& agent, nb::handle written, nb::handle reading, nb::handle observation) {
             agent.add(read_written(written), read_reading(reading), read_observation(observation));
           });
}

}  // namespace sqlenv::python
