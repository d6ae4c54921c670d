// Headless: a playground without a window or a graphics card, driven as a person drives it.
//
// Frames are 1/60 s long. Controls are found by their names in the snapshot and pressed by moving a
// simulated pointer there, so a control that nobody could press cannot be pressed here either.
#pragma once

#include <imgui.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/playground/playground.h"

namespace sqlenv::ui::test {

struct Item {
  std::string id;
  std::string label;
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
  bool enabled = false;
  bool visible = false;
  bool focused = false;
};

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Headless {
 public:
  explicit Headless(std::shared_ptr<const Catalog> catalog, ImVec2 size = ImVec2(1280, 800),
                    Host host = {}, float scale = 1);
  Headless(std::shared_ptr<const Catalog> catalog, Host host)
      : Headless(std::move(catalog), ImVec2(1280, 800), std::move(host)) {}
  ~Headless();

  Playground& playground() { return *playground_; }
  const Episode& episode() const { return *playground_->episode(); }
  void start(const std::string& question_id);

  void resize(ImVec2 size);
  void frame();
  void settle();  // frames until nothing moves, and a few more

  std::vector<Item> items() const;
  std::optional<Item> find(const std::string& id) const;
  std::string texts() const;  // every text painted in the last frame, a line each

  // Each scrolls to the control if necessary, and fails the test if it cannot be brought into
  // sight.
  void click(const std::string& id);
  void type(const std::string& text);  // into what has the keyboard
  void key(ImGuiKeyChord chord);
  void wheel_over(const std::string& id, float notches);

  // Turns the wheel once with the pointer there, without waiting until nothing moves.
  void wheel_at(ImVec2 at, float notches);

 private:
  bool bring_into_sight(const std::string& id);

  ImGuiContext* context_;
  std::unique_ptr<Playground> playground_;
};

}  // namespace sqlenv::ui::test
