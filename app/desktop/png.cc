#include "app/desktop/png.h"

#include <png.h>

#include <algorithm>
#include <cmath>

namespace sqlenv::desktop {

Image cropped(const Image& image, const ui::Place& part, float pixel_ratio) {
  const auto pixel = [&](float at, int most) {
    return std::clamp(static_cast<int>(std::lround(at * pixel_ratio)), 0, most);
  };
  const int left = pixel(part.x, image.width);
  const int right = pixel(part.x + part.w, image.width);
  const int top = pixel(part.y, image.height);
  const int bottom = pixel(part.y + part.h, image.height);
  Image out{right - left, bottom - top, {}};
  for (int y = top; y < bottom; ++y) {
    const auto row =
        image.pixels.begin() + (static_cast<std::ptrdiff_t>(y) * image.width + left) * 4;
    out.pixels.insert(out.pixels.end(), row, row + static_cast<std::ptrdiff_t>(out.width) * 4);
  }
  return out;
}

Result<void> write_png(const Image& image, const std::filesystem::path& file) {
  png_image header = {};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(image.width);
  header.height = static_cast<png_uint_32>(image.height);
  header.format = PNG_FORMAT_RGBA;
  if (png_image_write_to_file(&header, file.c_str(), 0, image.pixels.data(), 0, nullptr) != 0)
    return {};
  return fail(ErrorCode::kInternal,
              file.string() + " cannot be written: " + std::string(header.message));
}

}  // namespace sqlenv::desktop
