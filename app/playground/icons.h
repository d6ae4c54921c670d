// Icons, drawn as strokes so that they are crisp at any pixel ratio.
#pragma once

#include "app/playground/ui.h"

namespace sqlenv::ui {

enum class Icon {
  kNone,
  kTable,
  kKey,
  kLink,
  kPlay,
  kChevronRight,
  kChevronDown,
  kArrowRight,
  kSun,
  kMoon,
  kCheck,
  kCross,
  kAlert,
  kCopy,
  kRetry,
  kEye,
  kSearch,
  kFlag,
  kFolder,
  kPlus,
  kMinus,
  kFit,
  kExpand,
  kArrowUp,
  kArrowDown,
  kDownload,
  kDice,
  kGear,
  kHelp,
  kBulb,
  kStop,
  kStar,
};

// Centred at `center`, in a square of `size` logical pixels.
void paint_icon(Ui& ui, Icon icon, ImVec2 center, float size, Color color);

// The program's mark: a database, white on the accent colour.
void paint_logo(Ui& ui, ImVec2 min, float size);

}  // namespace sqlenv::ui
