// Pictures of the window and files of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "app/playground/playground.h"
#include "core/base/result.h"

namespace sqlenv::desktop {

// Rows from the top, four bytes a pixel: red, green, blue, opacity.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

// The part of the picture that shows this part of the window.
Image cropped(const Image& image, const ui::Place& part, float pixel_ratio);

// An error says why the file cannot be written.
Result<void> write_png(const Image& image, const std::filesystem::path& file);

}  // namespace sqlenv::desktop
