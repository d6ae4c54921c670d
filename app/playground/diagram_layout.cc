#include "app/playground/diagram_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sqlenv::ui {
namespace {

constexpr int kSweeps = 6;

using Indexes = std::vector<std::size_t>;

// Boxes and links with layers from left to right. For layers from top to bottom, both directions
// are exchanged before and after.
struct Graph {
  std::vector<DiagramBox> boxes;
  float gap = 0;
  float lane = 0;
  std::vector<Indexes> out;  // where a box points to, without itself and without doubles
  std::vector<Indexes> in;

  Indexes around(std::size_t box) const {
    Indexes all = in[box];
    all.insert(all.end(), out[box].begin(), out[box].end());
    return all;
  }
};

Graph graph_of(const std::vector<DiagramBox>& boxes, const std::vector<DiagramLink>& links) {
  Graph graph{boxes, kDiagramGap, kDiagramLane, std::vector<Indexes>(boxes.size()),
              std::vector<Indexes>(boxes.size())};
  const std::size_t count = boxes.size();
  std::vector<char> linked(count * count, 0);
  for (const DiagramLink& link : links)
    if (link.from < count && link.to < count && link.from != link.to)
      linked[link.from * count + link.to] = 1;
  for (std::size_t from = 0; from < count; ++from)
    for (std::size_t to = 0; to < count; ++to) {
      if (linked[from * count + to] == 0) continue;
      graph.out[from].push_back(to);
      graph.in[to].push_back(from);
    }
  return graph;
}

// Sorts by ascending key and keeps the order of equal keys. Insertion sort: boxes are few.
void order_by(std::vector<float>& keys, Indexes& values) {
  for (std::size_t i = 1; i < values.size(); ++i)
    for (std::size_t j = i; j > 0 && keys[j] < keys[j - 1]; --j) {
      std::swap(keys[j], keys[j - 1]);
      std::swap(values[j], values[j - 1]);
    }
}

void order_by_index(Indexes& values) {
  for (std::size_t i = 1; i < values.size(); ++i)
    for (std::size_t j = i; j > 0 && values[j] < values[j - 1]; --j)
      std::swap(values[j], values[j - 1]);
}

// Groups of boxes that are connected by links, ordered by their first box.
std::vector<Indexes> groups_of(const Graph& graph) {
  std::vector<Indexes> groups;
  std::vector<char> seen(graph.boxes.size(), 0);
  for (std::size_t first = 0; first < graph.boxes.size(); ++first) {
    if (seen[first] != 0) continue;
    seen[first] = 1;
    Indexes group = {first};
    for (std::size_t i = 0; i < group.size(); ++i)
      for (const std::size_t next : graph.around(group[i])) {
        if (seen[next] != 0) continue;
        seen[next] = 1;
        group.push_back(next);
      }
    order_by_index(group);
    groups.push_back(std::move(group));
  }
  return groups;
}

// The layer of each box: the length of the longest chain of links to it, without links that close
// a cycle.
class Layers {
 public:
  explicit Layers(const Graph& graph)
      : graph_(graph), depth_(graph.boxes.size(), 0), state_(graph.boxes.size(), kNew) {}

  std::vector<Indexes> of(const Indexes& group) {
    order_.clear();
    // Begins at boxes that nothing points to, so that cycles are cut where they are entered.
    for (const bool sources : {true, false})
      for (const std::size_t box : group)
        if (graph_.in[box].empty() == sources) visit(box);
    std::vector<Indexes> layers;
    for (auto box = order_.rbegin(); box != order_.rend(); ++box) {
      for (const std::size_t to : graph_.out[*box])
        if (rank_[to] > rank_[*box]) depth_[to] = std::max(depth_[to], depth_[*box] + 1);
      if (layers.size() <= depth_[*box]) layers.resize(depth_[*box] + 1);
      layers[depth_[*box]].push_back(*box);
    }
    for (Indexes& layer : layers) order_by_index(layer);
    return layers;
  }

 private:
  enum State { kNew, kOpen, kDone };

  // Depth first without recursion: a chain may be long. order_ is then reverse topological.
  void visit(std::size_t start) {
    if (state_[start] != kNew) return;
    rank_.resize(graph_.boxes.size(), 0);
    std::vector<std::pair<std::size_t, std::size_t>> way = {{start, 0}};
    state_[start] = kOpen;
    while (!way.empty()) {
      auto& [box, next] = way.back();
      if (next == graph_.out[box].size()) {
        state_[box] = kDone;
        order_.push_back(box);
        rank_[box] = graph_.boxes.size() - order_.size();
        way.pop_back();
        continue;
      }
      const std::size_t to = graph_.out[box][next++];
      if (state_[to] != kNew) continue;
      state_[to] = kOpen;
      way.emplace_back(to, 0);
    }
  }

  const Graph& graph_;
  Indexes depth_;
  std::vector<State> state_;
  Indexes order_;
  Indexes rank_;  // smaller comes first; a link to a smaller one closes a cycle
};

// Orders the boxes of each layer by the places of their neighbours, from the first layer to the
// last and back.
void reduce_crossings(const Graph& graph, std::vector<Indexes>& layers) {
  std::vector<float> position(graph.boxes.size(), 0);
  const auto number = [&](const Indexes& layer) {
    for (std::size_t i = 0; i < layer.size(); ++i)
      position[layer[i]] = (static_cast<float>(i) + 0.5f) / static_cast<float>(layer.size());
  };
  for (const Indexes& layer : layers) number(layer);
  const auto sort = [&](Indexes& layer) {
    std::vector<float> keys;
    for (const std::size_t box : layer) {
      float sum = 0;
      const Indexes around = graph.around(box);
      for (const std::size_t other : around) sum += position[other];
      keys.push_back(around.empty() ? 0.5f : sum / static_cast<float>(around.size()));
    }
    order_by(keys, layer);
    number(layer);
  };
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t i = 1; i < layers.size(); ++i) sort(layers[i]);
    for (std::size_t i = layers.size(); i-- > 1;) sort(layers[i - 1]);
  }
}

float stack_height(const Graph& graph, const Indexes& column) {
  float height = -graph.gap;
  for (const std::size_t box : column) height += graph.boxes[box].h + graph.gap;
  return std::max(0.0f, height);
}

float column_width(const Graph& graph, const Indexes& column) {
  float width = 0;
  for (const std::size_t box : column) width = std::max(width, graph.boxes[box].w);
  return width;
}

// Splits layers that are higher than `most` into several columns.
std::vector<Indexes> folded(const Graph& graph, const std::vector<Indexes>& layers, float most) {
  std::vector<Indexes> columns;
  for (const Indexes& layer : layers) {
    const float full = stack_height(graph, layer);
    const float each = full / std::ceil(std::max(1.0f, full / most)) + graph.gap;
    float height = 0;
    columns.emplace_back();
    for (const std::size_t box : layer) {
      const float more = graph.boxes[box].h + graph.gap;
      if (!columns.back().empty() && height + more > each + graph.gap) {
        columns.emplace_back();
        height = 0;
      }
      columns.back().push_back(box);
      height += more;
    }
  }
  return columns;
}

// Moves a column's boxes to where their neighbours are, in their order and without overlap.
void align(const Graph& graph, const Indexes& column, std::vector<DiagramPlace>& places) {
  std::vector<float> wanted;
  for (const std::size_t box : column) {
    const Indexes around = graph.around(box);
    float sum = 0;
    for (const std::size_t other : around) sum += places[other].y + graph.boxes[other].h / 2;
    const float middle = sum / static_cast<float>(std::max<std::size_t>(1, around.size()));
    wanted.push_back(around.empty() ? places[box].y : middle - graph.boxes[box].h / 2);
  }
  float lowest = -INFINITY;
  float moved = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    float& y = places[column[i]].y;
    y = std::max(wanted[i], lowest);
    moved += y - wanted[i];
    lowest = y + graph.boxes[column[i]].h + graph.gap;
  }
  for (const std::size_t box : column) places[box].y -= moved / static_cast<float>(column.size());
}

DiagramBox place_group(const Graph& graph, const std::vector<Indexes>& columns,
                       std::vector<DiagramPlace>& places) {
  float x = 0;
  for (const Indexes& column : columns) {
    const float width = column_width(graph, column);
    float y = -stack_height(graph, column) / 2;
    for (const std::size_t box : column) {
      places[box] = {x + std::floor((width - graph.boxes[box].w) / 2), y};
      y += graph.boxes[box].h + graph.gap;
    }
    x += width + graph.lane;
  }
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t i = 1; i < columns.size(); ++i) align(graph, columns[i], places);
    for (std::size_t i = columns.size(); i-- > 1;) align(graph, columns[i - 1], places);
  }
  float top = INFINITY;
  float bottom = -INFINITY;
  for (const Indexes& column : columns)
    for (const std::size_t box : column) {
      top = std::min(top, places[box].y);
      bottom = std::max(bottom, places[box].y + graph.boxes[box].h);
    }
  for (const Indexes& column : columns)
    for (const std::size_t box : column) places[box].y = std::floor(places[box].y - top);
  return {x - graph.lane, std::ceil(bottom - top)};
}

struct Block {
  Indexes members;
  DiagramBox size;
  bool linked = false;
};

// Places blocks in rows that are no wider than `width`, unless one block alone is.
DiagramBox pack(const std::vector<Block>& blocks, const Indexes& order, float width,
                std::vector<DiagramPlace>& places) {
  DiagramBox all;
  float x = 0;
  float y = 0;
  float row = 0;
  bool linked = true;
  for (const std::size_t index : order) {
    const Block& block = blocks[index];
    if (x > 0 && (x + block.size.w > width || linked != block.linked)) {
      y += row + (linked ? kDiagramLane / 2 : kDiagramGap);
      x = row = 0;
    }
    linked = block.linked;
    for (const std::size_t box : block.members) {
      places[box].x += x;
      places[box].y += y;
    }
    all = {std::max(all.w, x + block.size.w), std::max(all.h, y + block.size.h)};
    row = std::max(row, block.size.h);
    x += block.size.w + (block.linked ? kDiagramLane / 2 : kDiagramGap);
  }
  return all;
}

float area_of(const std::vector<Block>& blocks) {
  float area = 0;
  for (const Block& block : blocks)
    area += (block.size.w + kDiagramGap) * (block.size.h + kDiagramGap);
  return area;
}

// A candidate layout. The one that can be drawn largest is used.
struct Manner {
  bool down = false;  // layers below each other
  float fold = 1;     // how high a layer may be, against a square of the group's area
};

constexpr Manner kManners[] = {{false, 1.25f}, {false, 0.7f}, {false, 2.2f},
                               {true, 1.25f},  {true, 0.7f},  {true, 2.2f}};
constexpr float kBetter = 1.12f;  // than the one before, for links are read best from left to right

void turn(std::vector<DiagramBox>& boxes) {
  for (DiagramBox& box : boxes) std::swap(box.w, box.h);
}

DiagramLayout laid_out(Graph graph, const std::vector<Indexes>& groups, float aspect,
                       const Manner& manner) {
  DiagramLayout layout;
  layout.places.resize(graph.boxes.size());
  if (manner.down) {
    turn(graph.boxes);
    graph.gap = kDiagramLane * 0.7f;
    graph.lane = kDiagramLane / 2;
  }
  Layers layers(graph);
  std::vector<Block> blocks;
  for (const Indexes& group : groups) {
    float area = 0;
    for (const std::size_t box : group)
      area += (graph.boxes[box].w + graph.lane) * (graph.boxes[box].h + graph.gap);
    std::vector<Indexes> ordered = layers.of(group);
    reduce_crossings(graph, ordered);
    const float along = manner.down ? 1 / aspect : aspect;
    const float most = std::max(160.0f, manner.fold * std::sqrt(area / along));
    DiagramBox size = place_group(graph, folded(graph, ordered, most), layout.places);
    if (manner.down) std::swap(size.w, size.h);
    blocks.push_back({group, size, group.size() > 1});
  }
  if (manner.down)
    for (DiagramPlace& place : layout.places) std::swap(place.x, place.y);
  // Blocks with links come first, the highest before the others; then the rest in their order.
  std::vector<float> keys;
  Indexes order(blocks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const Block& block : blocks) keys.push_back(block.linked ? -block.size.h : 1);
  order_by(keys, order);
  float width = std::sqrt(area_of(blocks) * aspect);
  for (const Block& block : blocks) width = std::max(width, block.size.w);
  const DiagramBox all = pack(blocks, order, width, layout.places);
  layout.w = all.w;
  layout.h = all.h;
  return layout;
}

}  // namespace

DiagramLayout lay_out_diagram(const std::vector<DiagramBox>& boxes,
                              const std::vector<DiagramLink>& links, float aspect) {
  if (boxes.empty()) return {};
  const float wide = std::clamp(aspect, 0.25f, 4.0f);
  const Graph graph = graph_of(boxes, links);
  const std::vector<Indexes> groups = groups_of(graph);
  DiagramLayout best;
  float best_size = 0;
  for (const Manner& manner : kManners) {
    DiagramLayout layout = laid_out(graph, groups, wide, manner);
    const float size = std::min(wide / layout.w, 1 / layout.h);
    if (size <= best_size * kBetter) continue;
    best_size = size;
    best = std::move(layout);
  }
  return best;
}

}  // namespace sqlenv::ui
