#include "app/playground/widgets.h"

#include <algorithm>
#include <cmath>

namespace sqlenv::ui {
namespace {

constexpr float kIconSize = 15;
constexpr int kMostMarks = 40;

float button_padding(const Ui& ui, const Button& spec) {
  return ui.px(spec.label.empty() ? 0 : (spec.compact ? 10 : 14));
}

FontRole button_font(const Button& spec) {
  return spec.compact ? FontRole::kLabel : FontRole::kStrong;
}

float button_height(const Ui& ui, const Button& spec) {
  return spec.compact ? ui.compact_height() : ui.control_height();
}

struct ButtonLook {
  Color fill;
  Color border;
  Color text;
};

ButtonLook button_look(const Ui& ui, ButtonKind kind, const Press& state) {
  const Palette& p = ui.color;
  const Color none = faded(p.surface, 0);
  if (!state.enabled)
    return kind == ButtonKind::kGhost || kind == ButtonKind::kQuiet
               ? ButtonLook{none, none, p.muted}
               : ButtonLook{p.raised, p.line, p.muted};
  if (kind == ButtonKind::kPrimary) {
    const Color fill = state.hovered ? p.accent_hover : p.accent;
    return {fill, fill, p.on_accent};
  }
  if (kind == ButtonKind::kQuiet)
    return {state.hovered ? p.surface : none, state.hovered ? p.outline : none,
            state.hovered ? p.accent_text : p.muted};
  if (kind == ButtonKind::kGhost) return {state.hovered ? p.raised : none, none, p.accent_text};
  return {state.hovered ? p.raised : p.surface, p.outline, p.text};
}

// Paints the label and icon of a button, centred together.
void paint_button_face(Ui& ui, const Button& spec, const Press& area, Color color) {
  const float icon = spec.icon == Icon::kNone ? 0 : ui.px(kIconSize);
  const float space = icon > 0 && !spec.label.empty() ? ui.px(7) : 0;
  const ImVec2 label = measure(button_font(spec), spec.label);
  float x = area.min.x + std::floor((area.max.x - area.min.x - icon - space - label.x) / 2);
  const float middle = (area.min.y + area.max.y) / 2;
  const auto paint_icon_at = [&](float left) {
    paint_icon(ui, spec.icon, ImVec2(left + icon / 2, middle), icon, color);
  };
  if (icon > 0 && !spec.icon_last) {
    paint_icon_at(x);
    x += icon + space;
  }
  paint_text(ui, ImVec2(x, middle - label.y / 2), button_font(spec), color, spec.label);
  if (icon > 0 && spec.icon_last) paint_icon_at(x + label.x + space);
}

void paint_segment(Ui& ui, const Press& area, std::string_view label, bool chosen) {
  const Palette& p = ui.color;
  const float rounding = ui.px(kControlRounding - 2);
  if (chosen) {
    fill(area.min, area.max, p.surface, rounding);
    frame(area.min, area.max, p.outline, rounding);
  }
  const Color color = !area.enabled  ? p.muted
                      : chosen       ? p.accent_text
                      : area.hovered ? p.text
                                     : p.muted;
  paint_line(ui, (area.min.x + area.max.x) / 2, (area.min.y + area.max.y) / 2, FontRole::kStrong,
             color, label, Align::kMiddle);
}

}  // namespace

float button_width(const Ui& ui, const Button& spec) {
  const float icon = spec.icon == Icon::kNone ? 0 : ui.px(kIconSize);
  if (spec.label.empty()) return button_height(ui, spec);
  return std::ceil(measure(button_font(spec), spec.label).x) + 2 * button_padding(ui, spec) +
         (icon > 0 ? icon + ui.px(7) : 0);
}

bool button(Ui& ui, const Button& spec) {
  const float width = spec.width > 0 ? spec.width : button_width(ui, spec);
  const Press state =
      press(ui, spec.id, spec.label, ImVec2(width, button_height(ui, spec)), spec.enabled);
  const ButtonLook look = button_look(ui, spec.kind, state);
  const float rounding = ui.px(spec.compact ? kChipRounding : kControlRounding);
  fill(state.min, state.max, look.fill, rounding);
  if (look.border.a > 0) frame(state.min, state.max, look.border, rounding);
  paint_button_face(ui, spec, state, look.text);
  return state.pressed;
}

bool icon_button(Ui& ui, std::string_view id, Icon icon, std::string_view label, bool enabled) {
  const float side = ui.control_height();
  const Press state = press(ui, id, label, ImVec2(side, side), enabled);
  tooltip(ui, label);
  if (state.hovered) fill(state.min, state.max, ui.color.raised, ui.px(kControlRounding));
  frame(state.min, state.max, ui.color.outline, ui.px(kControlRounding));
  paint_icon(ui, icon, ImVec2((state.min.x + state.max.x) / 2, (state.min.y + state.max.y) / 2),
             ui.px(17), enabled ? ui.color.text : ui.color.muted);
  return state.pressed;
}

Color tone_text(const Ui& ui, Tone tone) {
  switch (tone) {
    case Tone::kNeutral: return ui.color.muted;
    case Tone::kAccent: return ui.color.accent_text;
    case Tone::kGood: return ui.color.good;
    case Tone::kBad: return ui.color.bad;
  }
  return ui.color.muted;
}

Color tone_soft(const Ui& ui, Tone tone) {
  switch (tone) {
    case Tone::kNeutral: return ui.color.raised;
    case Tone::kAccent: return ui.color.accent_soft;
    case Tone::kGood: return ui.color.good_soft;
    case Tone::kBad: return ui.color.bad_soft;
  }
  return ui.color.raised;
}

float badge_width(const Ui& ui, std::string_view label) {
  return std::ceil(measure(FontRole::kLabel, label).x) + 2 * ui.px(8);
}

void paint_badge(Ui& ui, ImVec2 left_middle, std::string_view label, Tone tone) {
  const float height = ui.px(22);
  const ImVec2 min(left_middle.x, std::floor(left_middle.y - height / 2));
  const ImVec2 max(min.x + badge_width(ui, label), min.y + height);
  fill(min, max, tone_soft(ui, tone), ui.px(kChipRounding));
  paint_line(ui, min.x + ui.px(8), min.y + height / 2, FontRole::kLabel, tone_text(ui, tone),
             label);
}

void card_title(Ui& ui, std::string_view title, std::string_view remark) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = line_height(FontRole::kStrong);
  paint_text(ui, at, FontRole::kStrong, ui.color.text, title);
  const float used = measure(FontRole::kStrong, title).x + ui.px(space::kMedium);
  const std::string shown = fitted(FontRole::kCaption, remark, content_width() - used);
  const ImVec2 size = measure(FontRole::kCaption, shown);
  if (!remark.empty())
    paint_text(ui, ImVec2(at.x + content_width() - size.x, at.y + (height - size.y) / 2),
               FontRole::kCaption, ui.color.muted, shown);
  ImGui::Dummy(ImVec2(1, height));
}

void overline(Ui& ui, std::string_view label) { text(ui, FontRole::kLabel, ui.color.muted, label); }

int segmented(Ui& ui, const std::vector<Segment>& segments, int chosen, bool enabled, float width) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float height = ui.control_height();
  const float inset = ui.px(3);
  fill(origin, ImVec2(origin.x + width, origin.y + height), ui.color.raised,
       ui.px(kControlRounding));
  const float each = (width - 2 * inset) / static_cast<float>(segments.size());
  int picked = -1;
  for (int i = 0; i < static_cast<int>(segments.size()); ++i) {
    const Segment& segment = segments[static_cast<std::size_t>(i)];
    ImGui::SetCursorScreenPos(
        ImVec2(std::floor(origin.x + inset + each * static_cast<float>(i)), origin.y + inset));
    const Press state =
        press(ui, segment.id, segment.label, ImVec2(std::floor(each), height - 2 * inset), enabled);
    tooltip(ui, segment.tooltip);
    paint_segment(ui, state, segment.label, i == chosen);
    if (state.pressed) picked = i;
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy(ImVec2(width, height));
  return picked;
}

float chip_width(const Ui& ui, std::string_view label) {
  return std::ceil(measure(FontRole::kMono, label).x) + 2 * ui.px(11);
}

bool chip(Ui& ui, std::string_view id, std::string_view label, bool chosen, bool enabled) {
  const float height = ui.px(ui.narrow ? 38 : 30);
  const Press state = press(ui, id, label, ImVec2(chip_width(ui, label), height), enabled);
  const float rounding = ui.px(kControlRounding);
  const Palette& p = ui.color;
  fill(state.min, state.max,
       chosen          ? p.accent_soft
       : state.hovered ? p.raised
                       : p.surface,
       rounding);
  frame(state.min, state.max, chosen ? p.accent_text : p.outline, rounding);
  paint_text(ui,
             ImVec2(state.min.x + ui.px(11),
                    std::floor((state.min.y + state.max.y - line_height(FontRole::kMono)) / 2)),
             FontRole::kMono,
             chosen    ? p.accent_text
             : enabled ? p.text
                       : p.muted,
             label);
  return state.pressed;
}

void budget_marks(Ui& ui, ImVec2 at, float width, int spent, int total) {
  const float height = ui.px(6);
  const Color left = ui.color.accent;
  const Color gone = ui.color.outline;
  if (total > kMostMarks) {
    const float part = width * static_cast<float>(total - spent) / static_cast<float>(total);
    fill(at, ImVec2(at.x + width, at.y + height), gone, height / 2);
    fill(at, ImVec2(at.x + part, at.y + height), left, height / 2);
    return;
  }
  const float between = ui.px(3);
  const float each = (width - between * static_cast<float>(total - 1)) / static_cast<float>(total);
  for (int i = 0; i < total; ++i) {
    const float x = at.x + (each + between) * static_cast<float>(i);
    fill(ImVec2(x, at.y), ImVec2(x + each, at.y + height), i < total - spent ? left : gone,
         height / 2);
  }
}

float warning_box(Ui& ui, const char* id, const std::string& why, ImVec2 min, float width,
                  float right) {
  const float padding = ui.px(space::kMedium);
  const float wrap = width - 2 * padding - ui.px(28) - right;
  const float height = measure(FontRole::kBody, why, wrap).y + 2 * padding;
  const ImVec2 max(min.x + width, min.y + height);
  fill(min, max, ui.color.bad_soft, ui.px(kControlRounding));
  paint_icon(ui, Icon::kAlert,
             ImVec2(min.x + padding + ui.px(9), min.y + padding + line_height(FontRole::kBody) / 2),
             ui.px(17), ui.color.bad);
  paint_text(ui, ImVec2(min.x + padding + ui.px(28), min.y + padding), FontRole::kBody,
             ui.color.text, why, wrap);
  mark_area(ui, id, why, min, max);
  return height;
}

}  // namespace sqlenv::ui
