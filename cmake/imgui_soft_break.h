// Soft breaks in Dear ImGui's text fields, for the copy of imgui_widgets.cpp that ImGui.cmake
// makes: a vertical tab ends a line as a newline does, and else is a blank.
//
// soft_wrapped() (app/playground/sql_highlight.h) puts one in the place of the blank at which a line
// wraps.
#pragma once

#include <imgui_internal.h>

namespace {

constexpr unsigned kSoftBreak = '\v';

struct LineEnd {
  friend bool operator==(unsigned c, LineEnd) { return c == '\n' || c == kSoftBreak; }
};

const ImWchar* line_begin(const ImWchar* at, const ImWchar* text) {
  while (at > text && at[-1] != LineEnd()) --at;
  return at;
}

bool is_blank(unsigned c) { return c == kSoftBreak || ImCharIsBlankW(c); }

const char* without_soft_breaks(char* text) {
  for (char* c = text; *c != 0; ++c)
    if (*c == kSoftBreak) *c = ' ';
  return text;
}

}  // namespace
