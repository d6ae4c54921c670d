// Diagram: the tables of a database as boxes and their foreign keys as arrows, on a field that can
// be dragged and magnified.
//
// It shows what the episode has shown, and places boxes by nothing else: a table that was not
// described is a dim box with a name, and its keys are neither drawn nor felt in the layout. Boxes
// glide to new places when more becomes known.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/playground/diagram_layout.h"
#include "app/playground/episode_view.h"
#include "app/playground/ui.h"

namespace sqlenv::ui {

// Heights of a box's head and of a column's line, and the space above and below the lines.
inline constexpr float kDiagramHead = 32;
inline constexpr float kDiagramRow = 20;
inline constexpr float kDiagramFoot = 6;

class Diagram {
 public:
  struct Spec {
    const EpisodeView& seen;
    const std::set<std::string>& folded;  // described, but only their heads are shown
    ImVec2 size;
    bool large = false;   // over the middle column, with a button to close it
    bool wheels = false;  // whether the wheel magnifies, rather than scrolls what is around
  };
  struct Outcome {
    const Table* pressed = nullptr;
    bool resize = false;  // to the other size was asked for
  };

  // Draws the diagram in the flow of the window.
  Outcome draw(Ui& ui, const Spec& spec);

 private:
  struct Row {
    std::string name;
    std::string type;
    bool key = false;
    bool link = false;
  };
  struct Node {
    const Table* table = nullptr;
    bool known = false;
    std::string name;
    std::string note;
    std::vector<Row> rows;
    std::size_t more = 0;  // columns that are not shown
    DiagramBox size;
  };
  struct Link {
    std::size_t from = 0;
    std::size_t to = 0;
    float from_y = 0;  // below the box's upper edge
    float to_y = 0;
  };
  struct View {
    ImVec2 pan;  // of the diagram's origin from the field's corner
    float zoom = 1;
  };

  void update(const Ui& ui, const Spec& spec);
  Node node_of(const Ui& ui, const Spec& spec, const Table& table) const;
  void find_links(const Ui& ui, const Schema& schema);
  float port(const Ui& ui, const Node& node, const std::string& column) const;
  View fitted_view(ImVec2 size, const Ui& ui) const;
  void zoom_by(float factor, ImVec2 about);

  ImVec2 place(std::size_t node) const;
  ImVec2 on_screen(ImVec2 point) const;
  bool lit(std::size_t node) const;

  void paint_field(Ui& ui, ImVec2 size) const;
  void paint_link(Ui& ui, const Link& link) const;
  void paint_node(Ui& ui, const Node& node, ImVec2 min, bool hovered) const;
  void paint_rows(Ui& ui, const Node& node, ImVec2 min) const;
  void paint_scaled(Ui& ui, ImVec2 at, FontRole role, Color color, std::string_view text) const;
  ImVec2 corner(const Spec& spec) const {
    return ImVec2(origin_.x + spec.size.x, origin_.y + spec.size.y);
  }
  void move_view(const Ui& ui, const Spec& spec);
  void field(const Spec& spec);
  void nodes(Ui& ui, const Spec& spec, Outcome& outcome);
  void controls(Ui& ui, const Spec& spec, Outcome& outcome);
  void drag();

  std::string key_;  // of what the layout was made from
  const Schema* schema_ = nullptr;
  std::vector<Node> nodes_;
  std::vector<Link> links_;
  DiagramLayout layout_;
  std::vector<DiagramPlace> before_;  // where the boxes were
  View view_;
  View before_view_;
  View shown_;  // between the two
  float moved_ = 1;
  bool moving_ = false;  // from before_ to the layout
  bool fits_ = true;     // the player has not moved or magnified it
  bool large_ = false;
  ImVec2 origin_;
  std::optional<std::size_t> hovered_;
};

}  // namespace sqlenv::ui
