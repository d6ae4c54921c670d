#include "app/python/core/convert.h"

#include "core/base/text.h"
#include "core/wire/trajectory.h"

namespace sqlenv::python {
namespace {

// The UTF-8 of a text, valid as long as the object. None if it is no text.
std::optional<std::string_view> utf8_of(nb::handle object) {
  if (!PyUnicode_Check(object.ptr())) return std::nullopt;
  Py_ssize_t size = 0;
  if (const char* bytes = PyUnicode_AsUTF8AndSize(object.ptr(), &size))
    return std::string_view(bytes, static_cast<std::size_t>(size));
  throw nb::python_error();  // lone surrogates
}

[[noreturn]] void wrong_option(const std::string& name, const std::string& wanted) {
  raise("BAD_OPTION", "the option " + name + " must be " + wanted + ".");
}

std::optional<std::string> read_text(const std::string& name, nb::handle value) {
  if (value.is_none()) return std::nullopt;
  if (const std::optional<std::string_view> text = utf8_of(value)) return std::string(*text);
  wrong_option(name, "a text");
}

int read_budget(nb::handle value) {
  if (value.is_none()) return ResetOptions{}.step_budget;
  const long budget = PyLong_Check(value.ptr()) ? PyLong_AsLong(value.ptr()) : 0;
  if (budget < 1 || budget > 1000) {
    PyErr_Clear();
    wrong_option("step_budget", "a whole number from 1 to 1000");
  }
  return static_cast<int>(budget);
}

void read_option(ResetOptions& options, const std::string& name, nb::handle value) {
  QuestionFilter& filter = options.filter;
  if (name == "pack") filter.pack = read_text(name, value);
  else if (name == "database") filter.database = read_text(name, value);
  else if (name == "difficulty") filter.difficulty = read_text(name, value);
  else if (name == "split") filter.split = read_text(name, value);
  else if (name == "question_id") filter.question_id = read_text(name, value);
  else if (name == "step_budget") options.step_budget = read_budget(value);
  else if (name == "reward")
    options.reward = read_text(name, value).value_or(ResetOptions{}.reward);
  else if (name == "verifier")
    options.verifier = read_text(name, value).value_or(ResetOptions{}.verifier);
  else
    raise("BAD_OPTION", "there is no option \"" + name +
                            "\". Known: pack, database, difficulty, split, question_id, "
                            "step_budget, reward, verifier.");
}

std::optional<Action> read_pair(nb::handle kind, nb::handle argument) {
  const std::optional<std::string_view> first = utf8_of(kind);
  const std::optional<std::string_view> second = utf8_of(argument);
  if (!first || !second) return std::nullopt;
  return Action{std::string(*first), std::string(*second)};
}

nb::object member(nb::handle object, const char* name) {
  if (nb::hasattr(object, name)) return object.attr(name);
  return PyMapping_Check(object.ptr()) && nb::cast<bool>(object.attr("__contains__")(name))
             ? nb::object(object[name])
             : nb::none();
}

// The names of an observation's members as interned texts of Python, never freed.
struct Members {
  PyObject* question = PyUnicode_InternFromString("question");
  PyObject* schema_info = PyUnicode_InternFromString("schema_info");
  PyObject* result = PyUnicode_InternFromString("result");
  PyObject* error = PyUnicode_InternFromString("error");
  PyObject* step_count = PyUnicode_InternFromString("step_count");
  PyObject* budget_remaining = PyUnicode_InternFromString("budget_remaining");
  PyObject* action_history = PyUnicode_InternFromString("action_history");
};

void set(nb::dict& dict, PyObject* member, const nb::object& value) {
  if (member == nullptr || PyDict_SetItem(dict.ptr(), member, value.ptr()) != 0)
    throw nb::python_error();
}

nb::list history_list(const std::vector<std::string>& lines) {
  nb::list history = nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(lines.size())));
  if (!history.is_valid()) throw nb::python_error();
  for (std::size_t i = 0; i < lines.size(); ++i)
    PyList_SET_ITEM(history.ptr(), static_cast<Py_ssize_t>(i), text(lines[i]).release().ptr());
  return history;
}

}  // namespace

void raise(std::string_view code, const std::string& message) {
  const nb::object type = nb::module_::import_("sqlenv.errors").attr("Error");
  const nb::object error = type(text(code), text(message));
  PyErr_SetObject(type.ptr(), error.ptr());
  throw nb::python_error();
}

void raise(const Error& error) { raise(code_name(error.code), error.message); }

ResetOptions read_options(const ResetOptions& base, nb::handle mapping) {
  ResetOptions options = base;
  for (auto [name, value] : nb::cast<nb::dict>(mapping)) {
    const std::optional<std::string_view> key = utf8_of(name);
    if (!key) throw nb::type_error("the names of options are texts");
    read_option(options, std::string(*key), value);
  }
  return options;
}

Action read_action(nb::handle action) {
  std::optional<Action> read;
  if (PyTuple_Check(action.ptr()) && PyTuple_GET_SIZE(action.ptr()) == 2)
    read = read_pair(PyTuple_GET_ITEM(action.ptr(), 0), PyTuple_GET_ITEM(action.ptr(), 1));
  else read = read_pair(member(action, "action_type"), member(action, "argument"));
  if (read) return std::move(*read);
  throw nb::type_error(
      "an action is a pair of texts, (action_type, argument), or has both by name");
}

std::string lenient_utf8(nb::handle object) {
  if (!PyUnicode_Check(object.ptr())) throw nb::type_error("a text is expected");
  Py_ssize_t size = 0;
  if (const char* bytes = PyUnicode_AsUTF8AndSize(object.ptr(), &size))
    return std::string(bytes, static_cast<std::size_t>(size));
  PyErr_Clear();
  const nb::object encoded =
      nb::steal(PyUnicode_AsEncodedString(object.ptr(), "utf-8", "surrogatepass"));
  if (!encoded.is_valid()) throw nb::python_error();
  const auto bytes = nb::cast<nb::bytes>(encoded);
  return valid_utf8(std::string_view(bytes.c_str(), bytes.size()));
}

Observation read_observation(nb::handle object) {
  Observation observation;
  observation.question = lenient_utf8(member(object, "question"));
  observation.schema_info = lenient_utf8(member(object, "schema_info"));
  observation.result = lenient_utf8(member(object, "result"));
  observation.error = lenient_utf8(member(object, "error"));
  observation.step_count = nb::cast<int>(member(object, "step_count"));
  observation.budget_remaining = nb::cast<int>(member(object, "budget_remaining"));
  const nb::object history = member(object, "action_history");
  if (!history.is_none())
    for (nb::handle line : history) observation.action_history.push_back(lenient_utf8(line));
  return observation;
}

nb::object text(std::string_view utf8) {
  const auto size = static_cast<Py_ssize_t>(utf8.size());
  if (PyObject* text = PyUnicode_DecodeUTF8(utf8.data(), size, nullptr)) return nb::steal(text);
  PyErr_Clear();
  const std::string valid = valid_utf8(utf8);
  return nb::steal(
      PyUnicode_DecodeUTF8(valid.data(), static_cast<Py_ssize_t>(valid.size()), "replace"));
}

nb::dict observation_dict(const Observation& observation) {
  static const Members members;
  nb::dict dict;
  set(dict, members.question, text(observation.question));
  set(dict, members.schema_info, text(observation.schema_info));
  set(dict, members.result, text(observation.result));
  set(dict, members.error, text(observation.error));
  set(dict, members.step_count, nb::int_(observation.step_count));
  set(dict, members.budget_remaining, nb::int_(observation.budget_remaining));
  set(dict, members.action_history, history_list(observation.action_history));
  return dict;
}

nb::tuple step_tuple(const StepResult& step) {
  const nb::object reward = step.reward ? nb::object(nb::float_(*step.reward)) : nb::none();
  return nb::make_tuple(observation_dict(step.observation), reward, nb::bool_(step.done));
}

nb::tuple question_tuple(const Task& task) {
  const Question& question = *task.question;
  return nb::make_tuple(text(task.pack->name), text(question.id), text(question.text),
                        text(task.database->name), text(question.difficulty), text(question.split));
}

nb::tuple outcome_tuple(const Ending& ending) {
  return nb::make_tuple(text(ending.question_id), text(ending.database), text(ending.difficulty),
                        ending.seed, ending.answered, ending.correct, text(ending.reason),
                        ending.steps, to_double(ending.total_reward), ending.total_reward);
}

const Episode& episode_of(const Slot& slot) {
  if (slot.episode() == nullptr) raise("NO_EPISODE", "reset before anything else.");
  return *slot.episode();
}

std::string trajectory_of(const Slot& slot) {
  if (slot.finished() == nullptr)
    raise("EPISODE_RUNNING",
          "the trajectory shows the reward's terms, and with them the way to the answer: play to "
          "the end first.");
  return trajectory_jsonl(*slot.finished());
}

}  // namespace sqlenv::python
