#include "app/playground/editor.h"

#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "app/playground/format.h"
#include "app/playground/sql_layout.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kMostCodeBytes = 8'000;
constexpr std::string_view kLineEnds = "\n\v";

Color token_color(const Palette& p, TokenKind kind) {
  switch (kind) {
    case TokenKind::kKeyword: return p.code_keyword;
    case TokenKind::kFunction: return p.code_function;
    case TokenKind::kString: return p.code_string;
    case TokenKind::kNumber: return p.code_number;
    case TokenKind::kComment: return p.code_comment;
    case TokenKind::kSpace:
    case TokenKind::kName:
    case TokenKind::kQuoted:
    case TokenKind::kSymbol: return p.text;
  }
  return p.text;
}

// Paints pieces of text one after the other, as ImGui's editor places them.
class CodePainter {
 public:
  CodePainter(ImDrawList& list, ImVec2 at, float top, float bottom)
      : list_(list),
        font_(font(FontRole::kMono)),
        size_(line_height(FontRole::kMono)),
        origin_(at),
        at_(at),
        top_(top),
        bottom_(bottom) {}

  void paint(std::string_view piece, Color color) {
    while (!piece.empty()) {
      const std::size_t end = piece.find_first_of(kLineEnds);
      const std::string_view line = piece.substr(0, end);
      if (at_.y + size_ >= top_ && at_.y <= bottom_) {
        list_.AddText(font_, size_, at_, u32(color), line.data(), line.data() + line.size());
        at_.x += font_->CalcTextSizeA(size_, FLT_MAX, 0, line.data(), line.data() + line.size()).x;
      }
      if (end == std::string_view::npos) return;
      at_ = ImVec2(origin_.x, at_.y + size_);
      piece.remove_prefix(end + 1);
    }
  }

 private:
  ImDrawList& list_;
  ImFont* font_;
  float size_;
  ImVec2 origin_;
  ImVec2 at_;
  float top_;
  float bottom_;
};

// The upper end of the caret.
ImVec2 caret_place(const ImGuiInputTextState& state, ImVec2 origin) {
  const ImFont& mono = *font(FontRole::kMono);
  const float size = line_height(FontRole::kMono);
  const float unit = size / mono.FontSize;
  ImVec2 at = origin;
  for (int i = 0; i < state.Stb.cursor && i < state.CurLenW; ++i) {
    const ImWchar c = state.TextW[i];
    if (c == '\n' || c == kSoftBreak) at = ImVec2(origin.x, at.y + size);
    else at.x += mono.GetCharAdvance(c) * unit;
  }
  return ImVec2(std::floor(at.x), at.y);
}

// Paints the caret. ImGui's would have the colour of its text, which is hidden.
void paint_caret(Ui& ui, ImDrawList& list, ImVec2 at) {
  const float size = line_height(FontRole::kMono);
  list.AddRectFilled(ImVec2(at.x, at.y), ImVec2(at.x + ui.px(2), at.y + size),
                     u32(ui.color.accent_text));
}

// Paints a wave below the first line of a piece of text.
void paint_mark(Ui& ui, ImDrawList& list, const std::string& text, const SqlToken& token,
                std::string_view note, ImVec2 origin) {
  const std::string_view before = std::string_view(text).substr(0, token.begin);
  const std::size_t line = before.find_last_of(kLineEnds) + 1;  // npos + 1 is 0
  const std::string_view piece = token.in(text);
  const auto row = static_cast<float>(std::count_if(
      before.begin(), before.end(), [](char c) { return c == '\n' || c == kSoftBreak; }));
  const float left = origin.x + measure(FontRole::kMono, before.substr(line)).x;
  const float right =
      left + measure(FontRole::kMono, piece.substr(0, piece.find_first_of(kLineEnds))).x;
  const float size = line_height(FontRole::kMono);
  const float bottom = origin.y + (row + 1) * size - ui.px(1);
  const float step = ui.px(2.5f);
  list.AddRectFilled(ImVec2(left - 1, bottom - size + ui.px(1)), ImVec2(right + 1, bottom),
                     u32(faded(ui.color.bad, 0.14f)), ui.px(2));
  bool up = false;
  for (float x = left; x < right + step; x += step, up = !up)
    list.PathLineTo(ImVec2(std::min(x, right), up ? bottom - step : bottom));
  list.PathStroke(u32(ui.color.bad), 0, ui.px(1.5f));
  const ImVec2 min(left, bottom - size);
  const ImVec2 max(right, bottom + ui.px(2));
  mark_area(ui, "action.error", note, min, max);
  if (ImGui::IsMouseHoveringRect(min, max)) tooltip(ui, note);
}

// Paints text that is wrapped already. Returns where it begins.
ImVec2 paint_overlay(Ui& ui, const Editor& spec, const std::string& text, ImGuiWindow& inner,
                     const ImGuiInputTextState* state) {
  const ImVec2 padding = ImGui::GetStyle().FramePadding;
  const float scroll_x = state == nullptr ? 0 : std::floor(state->ScrollX);
  const ImVec2 at(inner.Pos.x - inner.Scroll.x + padding.x - scroll_x,
                  inner.Pos.y - inner.Scroll.y + padding.y);
  const ImRect clip = inner.InnerClipRect;
  ImDrawList& list = *inner.DrawList;
  list.PushClipRect(clip.Min, clip.Max, true);
  CodePainter painter(list, at, clip.Min.y, clip.Max.y);
  if (text.empty()) {
    painter.paint(spec.placeholder, ui.color.muted);
    ui.snapshot.add_text(spec.placeholder);
  }
  const std::string whole = without_soft_breaks(text);
  ui.snapshot.add_text(whole);
  if (spec.sql)
    for (const SqlToken& token : all_sql_tokens(whole))
      painter.paint(token.in(text), token_color(ui.color, token.kind));
  else painter.paint(text, ui.color.text);
  if (spec.error && spec.error->end <= text.size())
    paint_mark(ui, list, text, *spec.error, spec.error_note, at);
  if (state != nullptr) paint_caret(ui, list, caret_place(*state, at));
  list.PopClipRect();
  return at;
}

// Paints the lines between `top` and `bottom` in the colours of SQL.
void paint_code(Ui& ui, ImVec2 at, std::string_view code, CodeKind kind, float top, float bottom) {
  ui.snapshot.add_text(code);
  CodePainter painter(*ImGui::GetWindowDrawList(), at, top, bottom);
  if (kind == CodeKind::kPlain) return painter.paint(code, ui.color.text);
  for (const SqlToken& token : all_sql_tokens(code))
    painter.paint(token.in(code), token_color(ui.color, token.kind));
}

// The lines of a block of that width, which has padding and room for a scrollbar.
std::string code_lines(const Ui& ui, std::string_view code, CodeKind kind, float width) {
  const std::string shown = shorten(code, kMostCodeBytes);
  const float room = width - 2 * ui.px(space::kMedium) - ui.px(10);
  const float letter = measure(FontRole::kMono, "M").x;
  const auto columns = static_cast<std::size_t>(std::max(10.0f, room / letter));
  return kind == CodeKind::kSql ? laid_out_sql(shown, columns) : broken_text(shown, columns);
}

float lines_height(const Ui& ui, const std::string& lines) {
  const auto count = static_cast<float>(std::count(lines.begin(), lines.end(), '\n') + 1);
  return line_height(FontRole::kMono) * count + 2 * ui.px(space::kMedium);
}

ImGuiInputTextState* being_written(ImGuiID field) {
  return ImGui::GetActiveID() == field ? ImGui::GetInputTextState(field) : nullptr;
}

// Breaks the text into lines that fit a field beside its scrollbar. While the field is active ImGui
// ignores changes from outside, so its copy is broken in the same way.
std::string wrapped_in(const std::string& text, float width, ImGuiInputTextState* state) {
  const ImGuiStyle& style = ImGui::GetStyle();
  const float room = width - 2 * style.FramePadding.x - style.ScrollbarSize;
  const float columns = std::max(1.0f, room / measure(FontRole::kMono, "M").x);
  std::string lines = soft_wrapped(text, static_cast<std::size_t>(columns));
  int at = 0;
  for (const char c : lines) {
    if (state == nullptr || at >= state->CurLenW) break;
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
    ImWchar& own = state->TextW[at++];
    if (own == static_cast<ImWchar>(c) || (own != ' ' && own != kSoftBreak)) continue;
    own = static_cast<ImWchar>(c);
    state->ScrollX = 0;
    state->CursorFollow = true;
  }
  return lines;
}

int edit_by_assist(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackAlways)
    static_cast<Assist*>(data->UserData)->edit(*data);
  return 0;
}

// Draws ImGui's field, which edits `text`, and returns the lines that it shows.
std::string field(Ui& ui, const Editor& spec, const char* id, std::string& text) {
  const ImGuiID item = ImGui::GetID(id);
  ImGui::PushFont(font(FontRole::kMono));
  ImGui::PushStyleColor(ImGuiCol_Text, vec4(faded(ui.color.text, 0)));
  if (spec.assist != nullptr) spec.assist->begin_frame(item);
  std::string lines = wrapped_in(text, spec.size.x, being_written(item));
  if (ImGui::InputTextMultiline(
          id, &lines, spec.size,
          spec.assist != nullptr ? ImGuiInputTextFlags_CallbackAlways : ImGuiInputTextFlags_None,
          edit_by_assist, spec.assist)) {
    text = without_soft_breaks(lines);
    lines = wrapped_in(text, spec.size.x, being_written(item));
  }
  if (spec.assist != nullptr) spec.assist->end_frame();
  ImGui::PopStyleColor();
  ImGui::PopFont();
  return lines;
}

}  // namespace

float code_height(const Ui& ui, std::string_view code, CodeKind kind, float width) {
  return lines_height(ui, code_lines(ui, code, kind, width));
}

void code_block(Ui& ui, const char* id, std::string_view code, CodeKind kind, float most_height) {
  const float padding = ui.px(space::kMedium);
  const float width = content_width();
  const std::string lines = code_lines(ui, code, kind, width);
  const float full_height = lines_height(ui, lines);
  const float height = std::min(most_height, full_height);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  fill(at, ImVec2(at.x + width, at.y + height), ui.color.field, ui.px(kControlRounding));
  frame(at, ImVec2(at.x + width, at.y + height), ui.color.line, ui.px(kControlRounding));
  begin_scroll(ui, id, ImVec2(width, height));
  const ImVec2 inside = ImGui::GetCursorScreenPos();
  paint_code(ui, ImVec2(inside.x + padding, inside.y + padding), lines, kind, at.y, at.y + height);
  ImGui::Dummy(ImVec2(1, full_height));
  end_scroll();
}

bool text_editor(Ui& ui, const Editor& spec, std::string& text) {
  const std::string before = text;
  // SQL and answers stand at the same place, but ImGui must not mix up their undo histories.
  const std::string id = "##" + std::string(spec.id) + (spec.sql ? ".sql" : ".plain");
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImGui::BeginDisabled(!spec.enabled);
  if (spec.focus && spec.enabled) ImGui::SetKeyboardFocusHere();
  const std::string lines = field(ui, spec, id.c_str(), text);
  // ImGui would restore the text from before on Escape.
  if (ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGuiKey_Escape)) text = before;
  const ImGuiInputTextState* state = being_written(ImGui::GetID(id.c_str()));
  ImGui::EndDisabled();
  const ImVec2 max(min.x + spec.size.x, min.y + spec.size.y);
  mark_area(ui, spec.id, spec.label, min, max, spec.enabled, state != nullptr);
  if (state == nullptr && spec.assist != nullptr) spec.assist->leave();
  const bool again = spec.assist != nullptr && spec.assist->wants_keyboard();
  const ImGuiWindow& window = *ImGui::GetCurrentWindow();
  if (window.DC.ChildWindows.empty()) return again;
  ImGuiWindow& inner = *window.DC.ChildWindows.back();
  if (inner.Pos.x != min.x || inner.Pos.y != min.y) return again;  // skipped: out of sight
  const ImVec2 origin = paint_overlay(ui, spec, lines, inner, state);
  inner.DrawList->AddRect(min, max, u32(state != nullptr ? ui.color.accent : ui.color.outline),
                          ui.px(kControlRounding), 0, state != nullptr ? ui.px(2) : 1);
  if (state == nullptr || spec.assist == nullptr) return again;
  const ImVec2 caret = caret_place(*state, origin);
  const float line = line_height(FontRole::kMono);
  spec.assist->list(ui, ImVec2(caret.x, caret.y + line), line);
  return again;
}

}  // namespace sqlenv::ui
