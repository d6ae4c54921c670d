#include "core/wire/json.h"

#include <vector>

namespace sqlenv {
namespace {

// A text of this length has too few members to take long.
constexpr std::size_t kShortText = 16 * 1024;

// Stops at the first object that has too many members.
class MemberCounter : public nlohmann::json_sax<Json> {
 public:
  bool start_object(std::size_t) override {
    open_.push_back(0);
    return true;
  }
  bool key(std::string&) override { return ++open_.back() <= kMaxMembers; }
  bool end_object() override {
    open_.pop_back();
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(Json::number_integer_t) override { return true; }
  bool number_unsigned(Json::number_unsigned_t) override { return true; }
  bool number_float(Json::number_float_t, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(Json::binary_t&) override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  std::vector<std::size_t> open_;
};

bool is_bounded(std::string_view text) {
  MemberCounter counter;
  return text.size() <= kShortText || Json::sax_parse(text.begin(), text.end(), &counter);
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
  if (!is_bounded(text)) return std::nullopt;
  Json value = Json::parse(text.begin(), text.end(), nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

}  // namespace sqlenv
