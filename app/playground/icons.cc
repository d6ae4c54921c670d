#include "app/playground/icons.h"

#include <cmath>

namespace sqlenv::ui {
namespace {

constexpr float kPi = 3.14159265f;

// A pen on a grid of 16 × 16 units around the centre of an icon.
class Pen {
 public:
  Pen(ImVec2 center, float size, Color color)
      : list_(*ImGui::GetWindowDrawList()),
        origin_(center.x - size / 2, center.y - size / 2),
        unit_(size / 16),
        width_(std::fmax(1.2f, size / 10.5f)),
        color_(u32(color)) {}

  ImVec2 at(float x, float y) const { return ImVec2(origin_.x + x * unit_, origin_.y + y * unit_); }

  Pen& to(float x, float y) {
    list_.PathLineTo(at(x, y));
    return *this;
  }
  void stroke(bool closed = false) {
    list_.PathStroke(color_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width_);
  }
  void solid() { list_.PathFillConvex(color_); }
  void line(float x1, float y1, float x2, float y2) { to(x1, y1).to(x2, y2).stroke(); }
  void circle(float x, float y, float radius) {
    list_.AddCircle(at(x, y), radius * unit_, color_, 0, width_);
  }
  void disc(float x, float y, float radius) {
    list_.AddCircleFilled(at(x, y), radius * unit_, color_);
  }
  void box(float x1, float y1, float x2, float y2, float rounding) {
    list_.AddRect(at(x1, y1), at(x2, y2), color_, rounding * unit_, 0, width_);
  }
  Pen& arc(float x, float y, float radius, float from, float until) {
    list_.PathArcTo(at(x, y), radius * unit_, from * kPi, until * kPi, 24);
    return *this;
  }

 private:
  ImDrawList& list_;
  ImVec2 origin_;
  float unit_;
  float width_;
  ImU32 color_;
};

void draw_sun(Pen& pen) {
  pen.circle(8, 8, 3);
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * kPi / 4;
    pen.line(8 + 5 * std::cos(angle), 8 + 5 * std::sin(angle), 8 + 6.8f * std::cos(angle),
             8 + 6.8f * std::sin(angle));
  }
}

void draw_moon(Pen& pen) {
  pen.arc(8, 8, 6, 0.05f, 1.45f).stroke();
  pen.arc(11.1f, 4.9f, 4.45f, 1.34f, 0.16f).stroke();
}

void draw_table(Pen& pen) {
  pen.box(2, 3, 14, 13.5f, 2);
  pen.line(2, 6.6f, 14, 6.6f);
  pen.line(6.4f, 6.6f, 6.4f, 13.5f);
}

void draw_key(Pen& pen) {
  pen.circle(5, 10.5f, 3);
  pen.line(7.2f, 8.3f, 13.5f, 2.2f);
  pen.line(11, 4.6f, 13, 6.6f);
}

void draw_link(Pen& pen) {
  pen.line(3, 3, 3, 9.5f);
  pen.line(3, 9.5f, 12.5f, 9.5f);
  pen.to(9.3f, 6.3f).to(12.6f, 9.5f).to(9.3f, 12.7f).stroke();
}

void draw_alert(Pen& pen) {
  pen.to(8, 2.2f).to(14.6f, 13.6f).to(1.4f, 13.6f).stroke(true);
  pen.line(8, 6.3f, 8, 9.8f);
  pen.disc(8, 11.7f, 0.85f);
}

void draw_copy(Pen& pen) {
  pen.box(2, 2, 10.3f, 10.3f, 1.6f);
  pen.to(13.2f, 5.6f)
      .to(13.8f, 6.2f)
      .to(13.8f, 13.2f)
      .to(13.2f, 13.8f)
      .to(6.4f, 13.8f)
      .to(5.8f, 13.2f)
      .stroke();
}

void draw_retry(Pen& pen) {
  pen.arc(8, 8.4f, 5.3f, -0.22f, 1.35f).stroke();
  pen.to(12.6f, 1.6f).to(12.5f, 5.1f).to(9, 5.1f).stroke();
}

void draw_eye(Pen& pen) {
  pen.arc(8, 12.2f, 7.2f, 1.2f, 1.8f).stroke();
  pen.arc(8, 3.8f, 7.2f, 0.2f, 0.8f).stroke();
  pen.circle(8, 8, 2);
}

// The four corners of a frame, pointing outwards.
void draw_fit(Pen& pen) {
  pen.to(2.5f, 6).to(2.5f, 2.5f).to(6, 2.5f).stroke();
  pen.to(10, 2.5f).to(13.5f, 2.5f).to(13.5f, 6).stroke();
  pen.to(13.5f, 10).to(13.5f, 13.5f).to(10, 13.5f).stroke();
  pen.to(6, 13.5f).to(2.5f, 13.5f).to(2.5f, 10).stroke();
}

void draw_expand(Pen& pen) {
  pen.to(9.4f, 2.4f).to(13.6f, 2.4f).to(13.6f, 6.6f).stroke();
  pen.line(13.4f, 2.6f, 9.2f, 6.8f);
  pen.to(6.6f, 13.6f).to(2.4f, 13.6f).to(2.4f, 9.4f).stroke();
  pen.line(2.6f, 13.4f, 6.8f, 9.2f);
}

void draw_download(Pen& pen) {
  pen.line(8, 2, 8, 10.2f);
  pen.to(4.4f, 6.8f).to(8, 10.4f).to(11.6f, 6.8f).stroke();
  pen.line(2.6f, 13.8f, 13.4f, 13.8f);
}

void draw_folder(Pen& pen) {
  pen.to(2, 13).to(2, 3.4f).to(6.2f, 3.4f).to(7.8f, 5.4f).to(14, 5.4f).to(14, 13).stroke(true);
}

void draw_dice(Pen& pen) {
  pen.box(2.2f, 2.2f, 13.8f, 13.8f, 3);
  for (const float place : {5.4f, 8.0f, 10.6f}) pen.disc(place, place, 1.05f);
}

void draw_gear(Pen& pen) {
  pen.circle(8, 8, 2);
  for (int i = 0; i < 8; ++i) {
    const float from = static_cast<float>(i) / 4;
    pen.arc(8, 8, 6.6f, from - 0.07f, from + 0.07f).arc(8, 8, 4.9f, from + 0.12f, from + 0.13f);
  }
  pen.stroke(true);
}

void draw_help(Pen& pen) {
  pen.arc(8, 5.9f, 3.3f, -1, 0.35f).to(8, 9.2f).to(8, 10.2f).stroke();
  pen.disc(8, 13, 1.05f);
}

void draw_bulb(Pen& pen) {
  pen.arc(8, 6.6f, 4.6f, -1.28f, 0.28f).to(10, 12).to(6, 12).stroke(true);
  pen.line(6.4f, 14.4f, 9.6f, 14.4f);
}

void draw_star(Pen& pen) {
  for (int i = 0; i < 10; ++i) {
    const float angle = (static_cast<float>(i) / 5 - 0.5f) * kPi;
    const float radius = i % 2 == 0 ? 6.8f : 3;
    pen.to(8 + radius * std::cos(angle), 8.5f + radius * std::sin(angle));
  }
  pen.stroke(true);
}

void draw_flag(Pen& pen) {
  pen.line(3.4f, 2, 3.4f, 14.4f);
  pen.to(3.4f, 2.8f).to(13, 2.8f).to(10.6f, 5.8f).to(13, 8.8f).to(3.4f, 8.8f).stroke();
}

}  // namespace

void paint_icon(Ui&, Icon icon, ImVec2 center, float size, Color color) {
  Pen pen(center, size, color);
  switch (icon) {
    case Icon::kNone: return;
    case Icon::kTable: return draw_table(pen);
    case Icon::kKey: return draw_key(pen);
    case Icon::kLink: return draw_link(pen);
    case Icon::kPlay: return pen.to(4.5f, 2.6f).to(13.2f, 8).to(4.5f, 13.4f).solid();
    case Icon::kChevronRight: return pen.to(6, 3.5f).to(10.5f, 8).to(6, 12.5f).stroke();
    case Icon::kChevronDown: return pen.to(3.5f, 6).to(8, 10.5f).to(12.5f, 6).stroke();
    case Icon::kArrowRight:
      pen.line(2.5f, 8, 13, 8);
      return pen.to(9, 3.8f).to(13.2f, 8).to(9, 12.2f).stroke();
    case Icon::kSun: return draw_sun(pen);
    case Icon::kMoon: return draw_moon(pen);
    case Icon::kCheck: return pen.to(2.8f, 8.6f).to(6.4f, 12.2f).to(13.4f, 4.4f).stroke();
    case Icon::kCross:
      pen.line(3.8f, 3.8f, 12.2f, 12.2f);
      return pen.line(12.2f, 3.8f, 3.8f, 12.2f);
    case Icon::kAlert: return draw_alert(pen);
    case Icon::kCopy: return draw_copy(pen);
    case Icon::kRetry: return draw_retry(pen);
    case Icon::kEye: return draw_eye(pen);
    case Icon::kSearch: pen.circle(7, 7, 4.4f); return pen.line(10.4f, 10.4f, 14, 14);
    case Icon::kFlag: return draw_flag(pen);
    case Icon::kFolder: return draw_folder(pen);
    case Icon::kPlus: pen.line(8, 3, 8, 13); return pen.line(3, 8, 13, 8);
    case Icon::kMinus: return pen.line(3, 8, 13, 8);
    case Icon::kFit: return draw_fit(pen);
    case Icon::kExpand: return draw_expand(pen);
    case Icon::kArrowUp:
      pen.line(8, 3, 8, 13.5f);
      return pen.to(3.8f, 7).to(8, 2.8f).to(12.2f, 7).stroke();
    case Icon::kArrowDown:
      pen.line(8, 2.5f, 8, 13);
      return pen.to(3.8f, 9).to(8, 13.2f).to(12.2f, 9).stroke();
    case Icon::kDice: return draw_dice(pen);
    case Icon::kGear: return draw_gear(pen);
    case Icon::kHelp: return draw_help(pen);
    case Icon::kBulb: return draw_bulb(pen);
    case Icon::kStop:
      return pen.to(3.5f, 3.5f).to(12.5f, 3.5f).to(12.5f, 12.5f).to(3.5f, 12.5f).solid();
    case Icon::kStar: return draw_star(pen);
    case Icon::kDownload: return draw_download(pen);
  }
}

void paint_logo(Ui& ui, ImVec2 min, float size) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 max(min.x + size, min.y + size);
  list.AddRectFilled(min, max, u32(ui.color.accent), size * 0.28f);
  const auto at = [&](float x, float y) { return ImVec2(min.x + size * x, min.y + size * y); };
  const ImU32 white = u32(ui.color.on_accent);
  const float width = std::fmax(1.4f, size * 0.062f);
  // The rim and the two lower edges of a drum, seen from above.
  list.AddEllipse(at(0.5f, 0.31f), size * 0.235f, size * 0.095f, white, 0, 0, width);
  for (const float y : {0.5f, 0.69f}) {
    for (int i = 0; i <= 16; ++i) {
      const float angle = kPi * static_cast<float>(i) / 16;
      list.PathLineTo(at(0.5f + 0.235f * std::cos(angle), y + 0.095f * std::sin(angle)));
    }
    list.PathStroke(white, 0, width);
  }
  list.AddLine(at(0.265f, 0.31f), at(0.265f, 0.69f), white, width);
  list.AddLine(at(0.735f, 0.31f), at(0.735f, 0.69f), white, width);
}

}  // namespace sqlenv::ui
