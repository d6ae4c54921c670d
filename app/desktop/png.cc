#include <png.h>

#include "app/desktop/backend.h"

namespace sqlenv::desktop {

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
