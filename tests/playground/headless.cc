#include "tests/playground/headless.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace sqlenv::ui::test {
namespace {

constexpr int kMostFrames = 240;
constexpr ImGuiKeyChord kModifiers = ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiMod_Alt | ImGuiMod_Super;

Item item_of(const nlohmann::json& json) {
  Item item;
  item.id = json["id"];
  item.label = json["label"];
  item.x = json["x"];
  item.y = json["y"];
  item.w = json["w"];
  item.h = json["h"];
  item.enabled = json["enabled"];
  item.visible = json["visible"];
  item.focused = json["focused"];
  return item;
}

}  // namespace

Headless::Headless(std::shared_ptr<const Catalog> catalog, ImVec2 size, Host host, float scale)
    : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DisplaySize = size;
  io.DeltaTime = 1.0f / 60;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  load_fonts(1, scale);
  playground_ = std::make_unique<Playground>(std::move(catalog), std::move(host));
  playground_->record_text(true);
}

Headless::~Headless() {
  playground_.reset();
  ImGui::DestroyContext(context_);
}

void Headless::start(const std::string& question_id) {
  ResetOptions options;
  options.filter.question_id = question_id;
  playground_->reset(options);
  settle();
}

void Headless::resize(ImVec2 size) {
  ImGui::GetIO().DisplaySize = size;
  settle();
}

void Headless::frame() {
  ImGui::NewFrame();
  playground_->draw();
  ImGui::Render();
}

void Headless::settle() {
  for (int i = 0; i < 3; ++i) frame();
  for (int i = 0; i < kMostFrames && playground_->animating(); ++i) frame();
  EXPECT_FALSE(playground_->animating()) << "something moves for ever";
  frame();
}

std::vector<Item> Headless::items() const {
  std::vector<Item> all;
  const auto snapshot = nlohmann::json::parse(playground_->snapshot_json());
  for (const nlohmann::json& item : snapshot["items"]) all.push_back(item_of(item));
  return all;
}

std::optional<Item> Headless::find(const std::string& id) const {
  for (const Item& item : items())
    if (item.id == id) return item;
  return std::nullopt;
}

std::string Headless::texts() const {
  std::string all;
  const auto snapshot = nlohmann::json::parse(playground_->snapshot_json());
  for (const nlohmann::json& text : snapshot["text"]) all += text.get<std::string>() + "\n";
  return all;
}

bool Headless::bring_into_sight(const std::string& id) {
  ImGuiIO& io = ImGui::GetIO();
  for (int i = 0; i < kMostFrames; ++i) {
    const std::optional<Item> item = find(id);
    if (!item) return false;
    if (item->visible && item->h >= 12) return true;
    const bool below = item->y + item->h / 2 > io.DisplaySize.y / 2;
    const float x = std::min(std::max(item->x + item->w / 2, 4.0f), io.DisplaySize.x - 4);
    io.AddMousePosEvent(x, io.DisplaySize.y * 0.72f);
    io.AddMouseWheelEvent(0, below ? -1.0f : 1.0f);
    frame();
    frame();
  }
  return false;
}

void Headless::click(const std::string& id) {
  ASSERT_TRUE(bring_into_sight(id)) << id << " is not on screen";
  const Item item = *find(id);
  ASSERT_TRUE(item.enabled) << id << " is disabled";
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(item.x + item.w / 2, item.y + item.h / 2);
  frame();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  frame();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  frame();
  settle();
}

void Headless::type(const std::string& text) {
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  frame();
}

void Headless::key(ImGuiKeyChord chord) {
  ImGuiIO& io = ImGui::GetIO();
  const auto key = static_cast<ImGuiKey>(chord & ~kModifiers);
  const auto modifiers = [&](bool down) {
    for (const ImGuiKey modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super})
      if ((chord & modifier) != 0) io.AddKeyEvent(modifier, down);
  };
  modifiers(true);
  io.AddKeyEvent(key, true);
  frame();
  io.AddKeyEvent(key, false);
  modifiers(false);
  frame();
  settle();
}

void Headless::wheel_over(const std::string& id, float notches) {
  const std::optional<Item> item = find(id);
  ASSERT_TRUE(item.has_value()) << id;
  wheel_at(ImVec2(item->x + item->w / 2, item->y + item->h / 2), notches);
  settle();
}

void Headless::wheel_at(ImVec2 at, float notches) {
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);
  frame();
  ImGui::GetIO().AddMouseWheelEvent(0, notches);
  frame();
}

}  // namespace sqlenv::ui::test
