#include "core/wire/validation.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/wire/episode_values.h"

namespace sqlenv {
namespace {

constexpr std::size_t kShownInputBytes = 200;
constexpr std::size_t kMaxErrors = 16;

struct Rule {
  std::string_view type, msg, ctx;
};

constexpr std::array<Rule, 14> kRules = {{
    {"dict_type", "Input should be a valid dictionary", ""},
    {"extra_forbidden", "Extra inputs are not permitted", ""},
    {"float_type", "Input should be a valid number", ""},
    {"greater_than", "Input should be greater than 0", R"({"gt":0.0})"},
    {"greater_than_equal", "Input should be greater than or equal to 0", R"({"ge":0})"},
    {"int_from_float", "Input should be a valid integer, got a number with a fractional part", ""},
    {"int_type", "Input should be a valid integer", ""},
    {"json_invalid", "JSON decode error", R"({"error":"the body is not JSON in UTF-8"})"},
    {"less_than_equal", "Input should be less than or equal to 18446744073709551615",
     R"({"le":18446744073709551615})"},
    {"missing", "Field required", ""},
    {"model_attributes_type", "Input should be a valid dictionary or object to extract fields from",
     ""},
    {"string_pattern_mismatch", "String should have no control characters",
     R"({"pattern":"^[^\\u0000-\\u001f\\u007f]*$"})"},
    {"string_too_long", "String should have at most 255 characters", R"({"max_length":255})"},
    {"string_type", "Input should be a valid string", ""},
}};

// Shows at most a short scalar: showing everything would be as long, or as deep, as the request.
std::string shown_input(const Json& value) {
  if (value.is_string())
    return write_json(shorten(value.get_ref<const std::string&>(), kShownInputBytes));
  return value.is_structured() ? (value.is_object() ? "{}" : "[]") : write_json(value);
}

Json field_error_to_json(const FieldError& error) {
  Json json = {{"type", error.type},
               {"loc", error.loc},
               {"msg", error.msg},
               {"input", parse_json(error.input).value_or(Json(nullptr))}};
  if (!error.ctx.empty()) json["ctx"] = *parse_json(error.ctx);
  return json;
}

// Replaces NaN, Infinity and -Infinity outside of strings by null.
std::string without_nan(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, text.size());
      out.append(text.substr(i, end - i));
      i = end;
      continue;
    }
    std::size_t word = 0;
    for (const std::string_view name : {"NaN", "Infinity", "-Infinity"})
      if (text.substr(i).starts_with(name)) word = name.size();
    if (word > 0) out += "null";
    else out += text[i];
    i += std::max<std::size_t>(word, 1);
  }
  return out;
}

// The type of the error; empty if there is none.
std::string_view seed_problem(const Json& value) {
  if (value.is_null() || value.is_number_unsigned()) return "";
  if (value.is_number_integer()) return "greater_than_equal";
  if (!value.is_number_float()) return "int_type";
  if (!is_whole(value)) return "int_from_float";
  return whole_number(value)       ? ""
         : value.get<double>() < 0 ? "greater_than_equal"
                                   : "less_than_equal";
}

std::string_view name_problem(const Json& value) {
  if (value.is_null()) return "";
  if (!value.is_string()) return "string_type";
  const std::string& name = value.get_ref<const std::string&>();
  if (!is_short_name(name)) return "string_too_long";
  return is_printable_name(name) ? "" : "string_pattern_mismatch";
}

std::string_view timeout_problem(const Json& value) {
  if (value.is_null()) return "";
  if (!value.is_number()) return "float_type";
  return value.get<double>() > 0 ? "" : "greater_than";
}

void check_member(const Json& object, const std::string& where, const char* name,
                  std::string_view (*problem)(const Json&), FieldErrors& errors) {
  const Json* value = member(object, name);
  if (value == nullptr) return;
  if (const std::string_view type = problem(*value); !type.empty())
    errors.push_back(field_error(std::string(type), {where, name}, *value));
}

}  // namespace

std::optional<Json> parse_client_json(std::string_view text) {
  std::optional<Json> json = parse_json(text);
  const bool named = text.find("NaN") != text.npos || text.find("Infinity") != text.npos;
  if (!json && named) json = parse_json(without_nan(text));
  return json;
}

FieldError field_error(std::string type, std::vector<std::string> loc, const Json& input) {
  const auto* rule = std::find_if(kRules.begin(), kRules.end(),
                                  [&](const Rule& known) { return known.type == type; });
  return {std::move(type), std::move(loc), std::string(rule->msg), shown_input(input),
          std::string(rule->ctx)};
}

FieldError value_error(std::vector<std::string> loc, std::string message, const Json& input) {
  return {"value_error", std::move(loc), std::move(message), shown_input(input), ""};
}

Json field_errors_to_json(const FieldErrors& errors) {
  Json list = Json::array();
  for (const FieldError& error : errors) list.push_back(field_error_to_json(error));
  return list;
}

FieldErrors reset_errors(const Json& options, const std::string& where) {
  if (!options.is_object())
    return {field_error(where == "body" ? "model_attributes_type" : "dict_type", {where}, options)};
  FieldErrors errors;
  check_member(options, where, "seed", seed_problem, errors);
  check_member(options, where, "episode_id", name_problem, errors);
  for (const auto& [key, value] : options.items()) {
    if (key == "seed" || key == "episode_id") continue;
    if (errors.size() == kMaxErrors) break;
    // Refuses a structure without copying it, since it may be deep.
    const Result<ResetRequest> read =
        reset_from_json({{key, value.is_structured() ? Json(true) : value}});
    if (!read) errors.push_back(value_error({where, key}, read.error().message, value));
  }
  return errors;
}

FieldErrors action_errors(const Json& action, const std::vector<std::string>& where) {
  if (!action.is_object()) return {field_error("dict_type", where, action)};
  FieldErrors errors;
  if (const Json* metadata = member(action, "metadata"); metadata && !metadata->is_object())
    errors.push_back(field_error("dict_type", {"metadata"}, *metadata));
  for (const char* name : {"action_type", "argument"}) {
    const Json* value = member(action, name);
    if (value == nullptr) errors.push_back(field_error("missing", {name}, action));
    else if (!value->is_string()) errors.push_back(field_error("string_type", {name}, *value));
  }
  for (const auto& [key, value] : action.items()) {
    if (key == "metadata" || key == "action_type" || key == "argument") continue;
    if (errors.size() == kMaxErrors) break;
    errors.push_back(field_error("extra_forbidden", {key}, value));
  }
  return errors;
}

FieldErrors step_body_errors(const Json& body) {
  FieldErrors errors;
  check_member(body, "body", "timeout_s", timeout_problem, errors);
  check_member(body, "body", "request_id", name_problem, errors);
  check_member(body, "body", "episode_id", name_problem, errors);
  return errors;
}

}  // namespace sqlenv
