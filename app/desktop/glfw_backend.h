// The backend of GLFW and OpenGL 3.
#pragma once

#include <memory>

#include "app/desktop/backend.h"
#include "core/base/result.h"

namespace sqlenv::desktop {

// Opens a window with GLFW and OpenGL 3. An error says what the machine lacks.
Result<std::unique_ptr<Backend>> open_glfw_backend(const WindowOptions& options, App app);

// Has the running backend ask again whether there is something to draw. From any thread, once a
// backend was opened.
void wake_glfw_backend();

}  // namespace sqlenv::desktop
