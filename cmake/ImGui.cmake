# sqlenv::imgui: Dear ImGui with its OpenGL 3 renderer (WebGL 2 in the browser).
# sqlenv::imgui_glfw: the same with its GLFW platform layer and GLFW itself; native builds only.
#
# The options change the library's types, so they are public: every user sees the same ones.

sqlenv_find_imgui(SQLENV_IMGUI_SOURCE)

# sqlenv_imgui_changed(<file> <old> <new> …): a copy of one of its sources with each <old> replaced by
# its <new>, at the path in SQLENV_IMGUI_<file>.
function(sqlenv_imgui_changed file)
  file(READ ${SQLENV_IMGUI_SOURCE}/${file}.cpp text)
  while(ARGN)
    list(POP_FRONT ARGN old new)
    string(REPLACE "${old}" "${new}" changed "${text}")
    if(changed STREQUAL text)
      message(FATAL_ERROR "${SQLENV_IMGUI_SOURCE}/${file}.cpp is not as it was in 1.90.1: it has no ${old}")
    endif()
    set(text "${changed}")
  endwhile()
  set(copy ${PROJECT_BINARY_DIR}/generated/imgui/${file}.cpp)
  file(WRITE ${copy}.new "${text}")
  file(COPY_FILE ${copy}.new ${copy} ONLY_IF_DIFFERENT)
  file(REMOVE ${copy}.new)
  set(SQLENV_IMGUI_${file} ${copy} PARENT_SCOPE)
endfunction()

# An atlas without fonts would be given Dear ImGui's own, which is never shown but would be part of
# the page: 9 kB that no compression makes smaller.
set(SQLENV_IMGUI_imgui_draw ${SQLENV_IMGUI_SOURCE}/imgui_draw.cpp)
if(EMSCRIPTEN)
  sqlenv_imgui_changed(imgui_draw "        AddFontDefault()" "        IM_ASSERT(!\"no font\")")
endif()

# Its editor cannot wrap lines: where ours does, a line may end with a soft break.
sqlenv_imgui_changed(imgui_widgets
  "#include \"imgui_internal.h\"" "#include \"${CMAKE_CURRENT_LIST_DIR}/imgui_soft_break.h\""
  "== '\\n'" "== LineEnd()"
  "static ImWchar STB_TEXTEDIT_NEWLINE = '\\n'" "static LineEnd STB_TEXTEDIT_NEWLINE"
  "ImStrbolW(" "line_begin("
  "ImCharIsBlankW(" "is_blank("
  "SetClipboardText(clipboard_data)" "SetClipboardText(without_soft_breaks(clipboard_data))")

add_library(sqlenv_imgui STATIC EXCLUDE_FROM_ALL
  ${SQLENV_IMGUI_SOURCE}/imgui.cpp
  ${SQLENV_IMGUI_imgui_draw}
  ${SQLENV_IMGUI_SOURCE}/imgui_tables.cpp
  ${SQLENV_IMGUI_imgui_widgets}
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
    ${SQLENV_IMGUI_imgui_widgets} PROPERTIES COMPILE_OPTIONS -Oz)
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
