#include "app/playground/diagram_layout.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace sqlenv::ui {
namespace {

struct Diagram {
  std::vector<DiagramBox> boxes;
  std::vector<DiagramLink> links;
};

Diagram random_diagram(std::uint64_t seed, std::size_t boxes, std::size_t links) {
  Random random(seed);
  Diagram diagram;
  for (std::size_t i = 0; i < boxes; ++i)
    diagram.boxes.push_back(
        {static_cast<float>(80 + random.below(180)), static_cast<float>(30 + random.below(300))});
  for (std::size_t i = 0; i < links; ++i)
    diagram.links.push_back({random.below(boxes), random.below(boxes)});
  return diagram;
}

void expect_apart(const Diagram& diagram, const DiagramLayout& layout) {
  ASSERT_EQ(layout.places.size(), diagram.boxes.size());
  for (std::size_t i = 0; i < diagram.boxes.size(); ++i) {
    const DiagramPlace a = layout.places[i];
    const DiagramBox& size = diagram.boxes[i];
    EXPECT_GE(a.x, 0);
    EXPECT_GE(a.y, 0);
    EXPECT_LE(a.x + size.w, layout.w + 0.5f);
    EXPECT_LE(a.y + size.h, layout.h + 0.5f);
    for (std::size_t j = 0; j < i; ++j) {
      const DiagramPlace b = layout.places[j];
      const DiagramBox& other = diagram.boxes[j];
      const bool apart =
          a.x + size.w + kDiagramGap <= b.x + 1.5f || b.x + other.w + kDiagramGap <= a.x + 1.5f ||
          a.y + size.h + kDiagramGap <= b.y + 1.5f || b.y + other.h + kDiagramGap <= a.y + 1.5f;
      EXPECT_TRUE(apart) << i << " and " << j;
    }
  }
}

TEST(DiagramLayout, NoTwoBoxesOverlap) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const Diagram diagram = random_diagram(seed, 1 + seed % 31, seed % 47);
    for (const float aspect : {0.4f, 1.0f, 2.2f})
      expect_apart(diagram, lay_out_diagram(diagram.boxes, diagram.links, aspect));
  }
}

TEST(DiagramLayout, IsDeterministic) {
  const Diagram diagram = random_diagram(5, 40, 60);
  const DiagramLayout first = lay_out_diagram(diagram.boxes, diagram.links, 1);
  const DiagramLayout second = lay_out_diagram(diagram.boxes, diagram.links, 1);
  for (std::size_t i = 0; i < diagram.boxes.size(); ++i) {
    EXPECT_EQ(first.places[i].x, second.places[i].x);
    EXPECT_EQ(first.places[i].y, second.places[i].y);
  }
}

TEST(DiagramLayout, LinksPointToTheRight) {
  const std::vector<DiagramBox> boxes(4, {100, 40});
  const DiagramLayout layout = lay_out_diagram(boxes, {{0, 1}, {1, 2}, {0, 2}, {3, 2}}, 4);
  EXPECT_LT(layout.places[0].x, layout.places[1].x);
  EXPECT_LT(layout.places[1].x, layout.places[2].x);
  EXPECT_LT(layout.places[3].x, layout.places[2].x);
}

TEST(DiagramLayout, InANarrowPlaceTheyPointDown) {
  const std::vector<DiagramBox> boxes(3, {100, 40});
  const DiagramLayout layout = lay_out_diagram(boxes, {{0, 1}, {1, 2}}, 0.4f);
  EXPECT_LT(layout.places[0].y, layout.places[1].y);
  EXPECT_LT(layout.places[1].y, layout.places[2].y);
  EXPECT_LT(layout.w, layout.h);
}

TEST(DiagramLayout, CyclesAndLinksToNothingAreNoTrouble) {
  const std::vector<DiagramBox> boxes(3, {100, 40});
  const DiagramLayout layout =
      lay_out_diagram(boxes, {{0, 1}, {1, 2}, {2, 0}, {1, 1}, {0, 9}, {9, 0}, {0, 1}}, 1);
  expect_apart({boxes, {}}, layout);
}

TEST(DiagramLayout, WithoutLinksItIsRowsInTheirOrder) {
  const std::vector<DiagramBox> boxes(9, {100, 30});
  const DiagramLayout layout = lay_out_diagram(boxes, {}, 1);
  for (std::size_t i = 1; i < boxes.size(); ++i)
    EXPECT_TRUE(layout.places[i].y > layout.places[i - 1].y ||
                (layout.places[i].y == layout.places[i - 1].y &&
                 layout.places[i].x > layout.places[i - 1].x));
  EXPECT_GT(lay_out_diagram(boxes, {}, 3).w, lay_out_diagram(boxes, {}, 0.4f).w);
}

TEST(DiagramLayout, NoBoxesAreAnEmptyDiagram) {
  const DiagramLayout layout = lay_out_diagram({}, {{0, 1}}, 1);
  EXPECT_TRUE(layout.places.empty());
  EXPECT_EQ(layout.w, 0);
}

// A hub with a hundred and more around it, and a chain: both would be one long line of boxes.
TEST(DiagramLayout, TwoHundredTablesStayCompact) {
  Diagram star{std::vector<DiagramBox>(200, {160, 120}), {}};
  for (std::size_t i = 1; i < 150; ++i) star.links.push_back({i, 0});
  const DiagramLayout layout = lay_out_diagram(star.boxes, star.links, 1.4f);
  expect_apart(star, layout);
  EXPECT_LT(layout.h, 200 * 120 / 4);
  EXPECT_GT(layout.w / layout.h, 0.4f);
  EXPECT_LT(layout.w / layout.h, 5);
}

// Far more links than any schema has; quadratic work on boxes and links would take minutes.
TEST(DiagramLayout, TimeIsBounded) {
  const Diagram diagram = random_diagram(3, 200, 20'000);
  expect_apart(diagram, lay_out_diagram(diagram.boxes, diagram.links, 1));
}

}  // namespace
}  // namespace sqlenv::ui
