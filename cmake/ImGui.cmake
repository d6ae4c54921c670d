# sqlenv::imgui: Dear ImGui with its OpenGL 3 renderer (WebGL 2 in the browser).
# sqlenv::imgui_glfw: the same with its GLFW platform layer and GLFW itself; native builds only.
#
# The options change the library's types, so they are public: every user sees the same ones.

sqlenv_find_imgui(SQLENV_IMGUI_SOURCE)

set(SQLENV_IMGUI_PATCHED ${PROJECT_BINARY_DIR}/generated/imgui)
set(SQLENV_IMGUI_WIDGETS ${SQLENV_IMGUI_PATCHED}/imgui_widgets.cpp)
sqlenv_patch(${SQLENV_IMGUI_SOURCE}/imgui_widgets.cpp imgui/soft_break.patch ${SQLENV_IMGUI_WIDGETS})
set(SQLENV_IMGUI_DRAW ${SQLENV_IMGUI_SOURCE}/imgui_draw.cpp)
if(EMSCRIPTEN)
  set(SQLENV_IMGUI_DRAW ${SQLENV_IMGUI_PATCHED}/imgui_draw.cpp)
  sqlenv_patch(${SQLENV_IMGUI_SOURCE}/imgui_draw.cpp imgui/no_default_font.patch ${SQLENV_IMGUI_DRAW})
endif()

add_library(sqlenv_imgui STATIC EXCLUDE_FROM_ALL
  ${SQLENV_IMGUI_SOURCE}/imgui.cpp
  ${SQLENV_IMGUI_DRAW}
  ${SQLENV_IMGUI_SOURCE}/imgui_tables.cpp
  ${SQLENV_IMGUI_WIDGETS}
  ${SQLENV_IMGUI_SOURCE}/misc/cpp/imgui_stdlib.cpp
  ${SQLENV_IMGUI_SOURCE}/backends/imgui_impl_opengl3.cpp)
add_library(sqlenv::imgui ALIAS sqlenv_imgui)
target_include_directories(sqlenv_imgui SYSTEM PUBLIC
  ${SQLENV_IMGUI_SOURCE} ${SQLENV_IMGUI_SOURCE}/backends ${SQLENV_IMGUI_SOURCE}/misc/cpp)
target_compile_definitions(sqlenv_imgui PUBLIC
  # Text is Unicode beyond the basic plane too.
  IMGUI_USE_WCHAR32
  # Neither is shown, and both are large.
  IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_DEBUG_TOOLS
  # Names on their way out would tie us to this version.
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_OBSOLETE_KEYIO)
if(EMSCRIPTEN)
  target_compile_definitions(sqlenv_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3)
endif()
target_compile_options(sqlenv_imgui PRIVATE -w ${SQLENV_THIRD_PARTY_OPTIMISATION})
if(EMSCRIPTEN)
  # Drawing and fonts are done in every frame and at the start; the rest is cold.
  set_source_files_properties(${SQLENV_IMGUI_SOURCE}/imgui.cpp ${SQLENV_IMGUI_SOURCE}/imgui_tables.cpp
    ${SQLENV_IMGUI_WIDGETS} PROPERTIES COMPILE_OPTIONS -Oz)
endif()

if(NOT EMSCRIPTEN)
  find_package(glfw3 3.3 QUIET)
  set(OpenGL_GL_PREFERENCE GLVND)
  find_package(OpenGL QUIET)
  if(NOT TARGET glfw OR NOT TARGET OpenGL::GL)
    message(FATAL_ERROR "The desktop playground needs GLFW 3.3 and OpenGL, headers included: on "
      "Debian 12 run 'scripts/setup desktop', elsewhere install them, or build without it by "
      "-DSQLENV_DESKTOP=OFF.")
  endif()
  add_library(sqlenv_imgui_glfw STATIC EXCLUDE_FROM_ALL
    ${SQLENV_IMGUI_SOURCE}/backends/imgui_impl_glfw.cpp)
  add_library(sqlenv::imgui_glfw ALIAS sqlenv_imgui_glfw)
  target_compile_options(sqlenv_imgui_glfw PRIVATE -w)
  target_link_libraries(sqlenv_imgui_glfw PUBLIC sqlenv_imgui glfw OpenGL::GL)
endif()
