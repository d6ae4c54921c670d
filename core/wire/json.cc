#include "core/wire/json.h"

#include <vector>

namespace sqlenv {
namespace {

// A text of this length has too few members to take long.
constexpr std::size_t kShortText = 16 * 1024;

// Stops at the first object that has too many members.
class MemberCounter : public JsonEvents {
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

 private:
  std::vector<std::size_t> open_;
};

bool is_bounded(std::string_view text) {
  MemberCounter counter;
  return text.size() <= kShortText || Json::sax_parse(text.begin(), text.end(), &counter);
}

}  // namespace

std::uint64_t whole_member(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_number_integer()) return 0;
  return value->is_number_unsigned() ? value->get<std::uint64_t>()
                                     : static_cast<std::uint64_t>(value->get<std::int64_t>());
}

bool flag_member(const Json& object, const char* key) {
  const Json* value = member(object, key);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::optional<Json> parse_json(std::string_view text) {
  if (!is_bounded(text)) return std::nullopt;
  Json value = Json::parse(text.begin(), text.end(), nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

}  // namespace sqlenv
