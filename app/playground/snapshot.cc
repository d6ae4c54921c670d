#include "app/playground/snapshot.h"

#include "core/wire/json_writer.h"

namespace sqlenv::ui {
namespace {

void write_item(JsonWriter& json, const Snapshot::Item& item) {
  json.begin_object();
  json.member("id", item.id);
  json.member("label", item.label);
  json.key("x").fixed(static_cast<double>(item.area.x), 1);
  json.key("y").fixed(static_cast<double>(item.area.y), 1);
  json.key("w").fixed(static_cast<double>(item.area.w), 1);
  json.key("h").fixed(static_cast<double>(item.area.h), 1);
  json.member("enabled", item.enabled);
  json.member("visible", item.visible);
  json.member("focused", item.focused);
  json.end_object();
}

}  // namespace

void Snapshot::begin_frame() {
  ++frame_;
  items_.clear();
  texts_.clear();
}

void Snapshot::write_members(JsonWriter& json) const {
  json.key("items").begin_array();
  for (const Item& item : items_) write_item(json, item);
  json.end_array();
  if (!records_text_) return;
  json.key("text").begin_array();
  for (const std::string& text : texts_) json.value(text);
  json.end_array();
}

}  // namespace sqlenv::ui
