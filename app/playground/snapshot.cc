#include "app/playground/snapshot.h"

#include <cstdio>

#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

std::string item_json(const Snapshot::Item& item) {
  char place[160];
  std::snprintf(place, sizeof place, "\"x\":%.1f,\"y\":%.1f,\"w\":%.1f,\"h\":%.1f",
                static_cast<double>(item.area.x), static_cast<double>(item.area.y),
                static_cast<double>(item.area.w), static_cast<double>(item.area.h));
  return "{\"id\":" + json_string(item.id) + ",\"label\":" + json_string(item.label) + "," + place +
         ",\"enabled\":" + (item.enabled ? "true" : "false") +
         ",\"visible\":" + (item.visible ? "true" : "false") +
         ",\"focused\":" + (item.focused ? "true" : "false") + "}";
}

}  // namespace

void Snapshot::begin_frame() {
  ++frame_;
  items_.clear();
  texts_.clear();
}

std::string Snapshot::json_members() const {
  std::string out = "\"items\":[";
  for (std::size_t i = 0; i < items_.size(); ++i) out += (i == 0 ? "" : ",") + item_json(items_[i]);
  out += "]";
  if (!records_text_) return out;
  out += ",\"text\":[";
  for (std::size_t i = 0; i < texts_.size(); ++i)
    out += (i == 0 ? "" : ",") + json_string(texts_[i]);
  return out + "]";
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : valid_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace sqlenv::ui
