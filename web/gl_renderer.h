// GlRenderer: paints Dear ImGui's draw lists by WebGL 2.
//
// It owns the canvas's graphics context alone, so it neither saves nor restores any state. The
// general OpenGL backend does, and each question it asks makes a browser finish all drawing first,
// which with software rendering took most of a frame's time. For its sake, too, only what changed
// since the last frame is painted: REQUIRES a context that preserves its drawing buffer. One
// thread, one context at a time.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

namespace sqlenv::web {

class GlRenderer {
 public:
  // Makes what is needed in the current graphics context, also after that was lost and came back.
  // False if the context cannot do it.
  bool create();

  // Takes over the font atlas as it is now.
  void load_font_texture();

  // Paints the last frame on a canvas of this many device pixels, on this colour.
  void paint(const ImDrawData& data, int width, int height, const ImVec4& back);

 private:
  // A list's contents, and the place that they keep to: left, top, right, bottom.
  struct Painted {
    std::uint64_t hash = 0;
    ImVec4 place;
  };

  void find_changes(const ImDrawData& data, std::uint64_t hash);
  bool confine(const ImVec4& place, const ImDrawData& data, int height) const;
  void set_up(const ImDrawData& data, int width, int height);
  void paint_list(const ImDrawList& list, const ImDrawData& data, int height);
  void paint_command(const ImDrawCmd& command, const ImDrawData& data, int height);
  void point_attributes_at(unsigned first_vertex);

  unsigned program_ = 0;
  unsigned vertex_array_ = 0;
  unsigned vertices_ = 0;
  unsigned indices_ = 0;
  unsigned font_texture_ = 0;
  int scale_ = -1;
  std::uint64_t surface_ = 0;  // size and colour behind everything
  std::vector<Painted> painted_;
  ImVec4 changed_;  // what is painted in this frame
};

}  // namespace sqlenv::web
