#include "web/gl_renderer.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace sqlenv::web {
namespace {

enum Attribute : GLuint { kPosition, kTexturePlace, kColour };

// The display's size in logical pixels becomes the clip space, upside down.
constexpr const char* kVertexShader = R"(#version 300 es
precision highp float;
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texture_place;
layout(location = 2) in vec4 colour;
uniform vec2 scale;
out vec2 fragment_place;
out vec4 fragment_colour;
void main() {
  fragment_place = texture_place;
  fragment_colour = colour;
  gl_Position = vec4(position * scale + vec2(-1.0, 1.0), 0.0, 1.0);
})";

// The atlas holds coverage alone. What is solid has no place in it, and is not looked up: where
// there is no graphics card, that is half of what filling costs.
constexpr const char* kFragmentShader = R"(#version 300 es
precision mediump float;
uniform sampler2D atlas;
in vec2 fragment_place;
in vec4 fragment_colour;
layout(location = 0) out vec4 result;
void main() {
  float coverage = 1.0;
  if (fragment_place.x >= 0.0) coverage = textureLod(atlas, fragment_place, 0.0).r;
  result = vec4(fragment_colour.rgb, fragment_colour.a * coverage);
})";

GLuint compile(GLenum kind, const char* source) {
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

GLuint link_program() {
  const GLuint program = glCreateProgram();
  for (const GLuint shader :
       {compile(GL_VERTEX_SHADER, kVertexShader), compile(GL_FRAGMENT_SHADER, kFragmentShader)}) {
    glAttachShader(program, shader);
    glDeleteShader(shader);
  }
  glLinkProgram(program);
  GLint linked = GL_FALSE;
  glGetProgramiv(program, GL_LINK_STATUS, &linked);
  return linked == GL_TRUE ? program : 0;
}

GLuint make_texture() {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  return texture;
}

const void* at(std::size_t offset) { return reinterpret_cast<const void*>(offset); }

void mix(std::uint64_t& hash, const void* data, std::size_t bytes) {
  const auto* words = static_cast<const std::uint32_t*>(data);
  for (std::size_t i = 0; i < bytes / sizeof *words; ++i) hash = (hash ^ words[i]) * 0x100000001b3u;
}

void widen(ImVec4& place, const ImVec4& by) {
  place = ImVec4(std::min(place.x, by.x), std::min(place.y, by.y), std::max(place.z, by.z),
                 std::max(place.w, by.w));
}

ImVec4 common(const ImVec4& a, const ImVec4& b) {
  return {std::max(a.x, b.x), std::max(a.y, b.y), std::min(a.z, b.z), std::min(a.w, b.w)};
}

constexpr ImVec4 kEverywhere(-1e9f, -1e9f, 1e9f, 1e9f);
constexpr ImVec4 kNowhere(1e9f, 1e9f, -1e9f, -1e9f);

int pixel(float place) { return static_cast<int>(std::lround(place)); }

}  // namespace

bool GlRenderer::create() {
  painted_.clear();
  program_ = link_program();
  if (program_ == 0) return false;
  scale_ = glGetUniformLocation(program_, "scale");
  glGenVertexArrays(1, &vertex_array_);
  glBindVertexArray(vertex_array_);
  glGenBuffers(1, &vertices_);
  glGenBuffers(1, &indices_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
  for (const GLuint attribute : {kPosition, kTexturePlace, kColour})
    glEnableVertexAttribArray(attribute);
  font_texture_ = make_texture();
  ImGui::GetIO().BackendRendererName = "sqlenv_webgl2";
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  return true;
}

void GlRenderer::load_font_texture() {
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
  painted_.clear();
  atlas.TexUvWhitePixel = ImVec2(-1, -1);  // the shader's sign for what is solid
  glBindTexture(GL_TEXTURE_2D, font_texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
  atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(font_texture_)));
}

void GlRenderer::paint(const ImDrawData& data, int width, int height, const ImVec4& back) {
  std::uint64_t hash = static_cast<std::uint64_t>(width) << 32 | static_cast<std::uint32_t>(height);
  mix(hash, &back, sizeof back);
  find_changes(data, hash);
  set_up(data, width, height);
  if (!confine(kEverywhere, data, height)) return;
  glClearColor(back.x, back.y, back.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  for (std::size_t i = 0; i < painted_.size(); ++i)
    if (confine(painted_[i].place, data, height))
      paint_list(*data.CmdLists[static_cast<int>(i)], data, height);
}

// The places where lists differ from those of the last frame, before and after.
void GlRenderer::find_changes(const ImDrawData& data, std::uint64_t hash) {
  const auto count = static_cast<std::size_t>(data.CmdLists.Size);
  const bool all = hash != surface_ || painted_.size() != count;
  surface_ = hash;
  painted_.resize(count);
  changed_ = all ? kEverywhere : kNowhere;
  for (std::size_t i = 0; i < count; ++i) {
    const ImDrawList& list = *data.CmdLists[static_cast<int>(i)];
    Painted now{hash, kNowhere};
    ImVec4 drawn = kNowhere;
    for (const ImDrawVert& v : list.VtxBuffer) widen(drawn, {v.pos.x, v.pos.y, v.pos.x, v.pos.y});
    for (const ImDrawCmd& command : list.CmdBuffer) {
      mix(now.hash, &command.ClipRect, sizeof command.ClipRect);
      mix(now.hash, &command.ElemCount, sizeof command.ElemCount);
      widen(now.place, command.ClipRect);
    }
    now.place = common(now.place, {drawn.x - 1, drawn.y - 1, drawn.z + 1, drawn.w + 1});
    mix(now.hash, list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    mix(now.hash, list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
    if (now.hash != painted_[i].hash) {
      widen(changed_, painted_[i].place);
      widen(changed_, now.place);
    }
    painted_[i] = now;
  }
}

// Paints only there, and only what changed, from here on. False if that is nothing.
bool GlRenderer::confine(const ImVec4& place, const ImDrawData& data, int height) const {
  const ImVec2 ratio = data.FramebufferScale;
  const ImVec4 box =
      common(common(place, changed_), {0, 0, data.DisplaySize.x, data.DisplaySize.y});
  const int left = pixel(box.x * ratio.x);
  const int top = pixel(box.y * ratio.y);
  const int right = pixel(box.z * ratio.x);
  const int bottom = pixel(box.w * ratio.y);
  if (right <= left || bottom <= top) return false;
  glScissor(left, height - bottom, right - left, bottom - top);
  return true;
}

void GlRenderer::set_up(const ImDrawData& data, int width, int height) {
  glViewport(0, 0, width, height);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glUseProgram(program_);
  glUniform2f(scale_, 2 / data.DisplaySize.x, -2 / data.DisplaySize.y);
}

void GlRenderer::paint_list(const ImDrawList& list, const ImDrawData& data, int height) {
  glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data,
               GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data,
               GL_STREAM_DRAW);
  point_attributes_at(0);
  unsigned first_vertex = 0;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.VtxOffset != first_vertex) point_attributes_at(first_vertex = command.VtxOffset);
    paint_command(command, data, height);
  }
}

void GlRenderer::paint_command(const ImDrawCmd& command, const ImDrawData& data, int height) {
  if (command.ElemCount == 0 || !confine(command.ClipRect, data, height)) return;
  const auto texture = reinterpret_cast<std::uintptr_t>(command.GetTexID());
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture));
  glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount),
                 sizeof(ImDrawIdx) == 2 ? GL_UNSIGNED_SHORT : GL_UNSIGNED_INT,
                 at(command.IdxOffset * sizeof(ImDrawIdx)));
}

void GlRenderer::point_attributes_at(unsigned first_vertex) {
  constexpr GLsizei kStride = sizeof(ImDrawVert);
  const std::size_t base = first_vertex * sizeof(ImDrawVert);
  glVertexAttribPointer(kPosition, 2, GL_FLOAT, GL_FALSE, kStride,
                        at(base + offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(kTexturePlace, 2, GL_FLOAT, GL_FALSE, kStride,
                        at(base + offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(kColour, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride,
                        at(base + offsetof(ImDrawVert, col)));
}

}  // namespace sqlenv::web
