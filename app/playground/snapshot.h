// Snapshot: what the last drawn frame holds, for tests, for people who cannot see it and for agents
// that drive it: each control with its name and place, and, if asked for, every text painted.
//
// Rectangles are in logical pixels of the window. A control that is scrolled out of sight is listed
// with "visible": false and the place where it would be; of one that is cut, the part in sight.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {
class JsonWriter;
}

namespace sqlenv::ui {

struct Area {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
};

class Snapshot {
 public:
  struct Item {
    std::string id;
    std::string label;
    Area area;
    bool enabled = true;
    bool visible = true;
    bool focused = false;  // has the keyboard
  };

  void begin_frame();
  void add(Item item) { items_.push_back(std::move(item)); }
  void add_text(std::string_view text) {
    if (records_text_) texts_.emplace_back(text);
  }

  // Whether texts are recorded. Off at first, since every text of every frame is copied.
  void record_text(bool on) { records_text_ = on; }

  std::size_t frame() const { return frame_; }
  const std::vector<Item>& items() const { return items_; }
  const std::vector<std::string>& texts() const { return texts_; }

  // The members "items" and, if texts are recorded, "text", of the object that is being written.
  void write_members(JsonWriter& json) const;

 private:
  std::size_t frame_ = 0;
  bool records_text_ = false;
  std::vector<Item> items_;
  std::vector<std::string> texts_;
};

}  // namespace sqlenv::ui
