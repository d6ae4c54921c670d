#include "web/gl_renderer.h"

#include <GLES3/gl3.h>

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

// The atlas holds coverage alone.
constexpr const char* kFragmentShader = R"(#version 300 es
precision mediump float;
uniform sampler2D atlas;
in vec2 fragment_place;
in vec4 fragment_colour;
layout(location = 0) out vec4 result;
void main() {
  float coverage = texture(atlas, fragment_place).r;
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

int pixel(float place) { return static_cast<int>(std::lround(place)); }

}  // namespace

bool GlRenderer::create() {
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
  glBindTexture(GL_TEXTURE_2D, font_texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
  atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(font_texture_)));
}

void GlRenderer::paint(const ImDrawData& data, int width, int height, const ImVec4& back) {
  glDisable(GL_SCISSOR_TEST);
  glClearColor(back.x, back.y, back.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  set_up(data, width, height);
  for (const ImDrawList* list : data.CmdLists) paint_list(*list, data, height);
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
  const ImVec2 ratio = data.FramebufferScale;
  const int left = pixel(command.ClipRect.x * ratio.x);
  const int top = pixel(command.ClipRect.y * ratio.y);
  const int right = pixel(command.ClipRect.z * ratio.x);
  const int bottom = pixel(command.ClipRect.w * ratio.y);
  if (right <= left || bottom <= top || command.ElemCount == 0) return;
  glScissor(left, height - bottom, right - left, bottom - top);
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
