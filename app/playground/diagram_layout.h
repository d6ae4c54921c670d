// DiagramLayout: the places of the boxes of an entity diagram. Pure arithmetic: equal input gives
// equal places.
//
// Boxes that are linked are laid out in layers from left to right, or from top to bottom where that
// fills the place much better. Links point that way where they have no cycle, with as few crossings
// as some sweeps find; a layer that would be too long is folded. Groups without a link between them
// are packed below and beside each other, boxes without any link last, in rows. No two boxes
// overlap; between any two is at least kDiagramGap. Time is O(boxes² + links).
#pragma once

#include <cstddef>
#include <vector>

namespace sqlenv::ui {

inline constexpr float kDiagramGap = 18;   // between boxes above each other
inline constexpr float kDiagramLane = 56;  // between columns that links run through

struct DiagramBox {
  float w = 0;
  float h = 0;
};

struct DiagramLink {
  std::size_t from = 0;
  std::size_t to = 0;
};

struct DiagramPlace {
  float x = 0;
  float y = 0;
};

struct DiagramLayout {
  std::vector<DiagramPlace> places;  // the boxes' left upper corners
  float w = 0;                       // of everything; starts at 0, 0
  float h = 0;
};

// `aspect` is the width over the height that the whole should have, if it can. Links to boxes that
// are not there are ignored.
DiagramLayout lay_out_diagram(const std::vector<DiagramBox>& boxes,
                              const std::vector<DiagramLink>& links, float aspect);

}  // namespace sqlenv::ui
