# Finds the source folder of a library that is compiled as part of this build.
#
# Looked for in this order: the cache variable that a person sets; the folder that scripts/setup
# makes; else the pinned release is downloaded from the library's own project. Everything comes back
# through cache variables, so that a second configure asks nobody.

set(SQLENV_DEPS_DIR ${PROJECT_SOURCE_DIR}/build/deps)

set(SQLENV_SQLITE_DIR "" CACHE PATH "Folder with SQLite's amalgamation: sqlite3.c and sqlite3.h")
set(SQLENV_IMGUI_DIR "" CACHE PATH "Folder of Dear ImGui's sources: imgui.cpp, backends/, misc/")

set(SQLENV_SQLITE_VERSION 3.46.1)
set(SQLENV_IMGUI_VERSION 1.90.1)

include(FetchContent)
set(FETCHCONTENT_QUIET OFF)

function(sqlenv_announce_download what variable)
  message(STATUS "${what} is not in ${SQLENV_DEPS_DIR}/src: downloading it. Should that fail: on "
    "Debian 12 'scripts/setup build' fetches it from the distribution; elsewhere give a folder by "
    "-D${variable}=…")
endfunction()

# sqlenv_given(<variable> <file> <result>): a folder that a person named must be what it claims to be.
function(sqlenv_given variable file result)
  set(folder "$CACHE{${variable}}")
  if(NOT folder AND DEFINED ENV{${variable}})
    set(folder "$ENV{${variable}}")
  endif()
  if(folder)
    cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY ${PROJECT_SOURCE_DIR} NORMALIZE)
    if(NOT EXISTS ${folder}/${file})
      message(FATAL_ERROR "${variable} is ${folder}, but there is no ${file} in it: name the folder "
        "that holds ${file}, or leave the variable empty.")
    endif()
  endif()
  set(${result} "${folder}" PARENT_SCOPE)
endfunction()

# sqlenv_verify(<what> <folder> <variable> <SHA-256> <file>…): ends the configuration unless the files are
# the tested ones. Byte-identical results are promised with them only, and our patches fit no others. The
# SHA-256 of several files is the SHA-256 of theirs, written in hexadecimal one after the other.
function(sqlenv_verify what folder variable expected)
  set(digest "")
  foreach(file IN LISTS ARGN)
    file(SHA256 ${folder}/${file} of_file)
    string(APPEND digest ${of_file})
  endforeach()
  list(LENGTH ARGN count)
  if(count GREATER 1)
    string(SHA256 digest ${digest})
  endif()
  if(NOT digest STREQUAL expected)
    message(FATAL_ERROR "${folder} does not hold the sources of ${what} that were tested (SHA-256 "
      "${digest}, expected ${expected}): name a folder that does by -D${variable}=…")
  endif()
  message(STATUS "${what}: ${folder}")
endfunction()

function(sqlenv_find_sqlite result)
  sqlenv_given(SQLENV_SQLITE_DIR sqlite3.c folder)
  if(NOT folder AND EXISTS ${SQLENV_DEPS_DIR}/src/sqlite3/sqlite3.c)
    set(folder ${SQLENV_DEPS_DIR}/src/sqlite3)
  endif()
  if(NOT folder)
    sqlenv_announce_download("SQLite ${SQLENV_SQLITE_VERSION}" SQLENV_SQLITE_DIR)
    FetchContent_Declare(sqlite_amalgamation
      URL https://www.sqlite.org/2024/sqlite-amalgamation-3460100.zip
      URL_HASH SHA256=77823cb110929c2bcb0f5d48e4833b5c59a8a6e40cdea3936b99e199dbbe5784
      DOWNLOAD_EXTRACT_TIMESTAMP TRUE)
    FetchContent_MakeAvailable(sqlite_amalgamation)
    set(folder ${sqlite_amalgamation_SOURCE_DIR})
  endif()
  sqlenv_verify("SQLite ${SQLENV_SQLITE_VERSION}" ${folder} SQLENV_SQLITE_DIR
    6c35bc5f7f85eac9c49928bacbb02bb694b547aabf69197e058cca245ad80e83 sqlite3.c)
  set(${result} ${folder} PARENT_SCOPE)
endfunction()

function(sqlenv_find_imgui result)
  sqlenv_given(SQLENV_IMGUI_DIR imgui.cpp folder)
  if(NOT folder AND EXISTS ${SQLENV_DEPS_DIR}/src/imgui/imgui.cpp)
    set(folder ${SQLENV_DEPS_DIR}/src/imgui)
  endif()
  if(NOT folder)
    sqlenv_announce_download("Dear ImGui ${SQLENV_IMGUI_VERSION}" SQLENV_IMGUI_DIR)
    FetchContent_Declare(dear_imgui
      GIT_REPOSITORY https://github.com/ocornut/imgui.git
      GIT_TAG v${SQLENV_IMGUI_VERSION}
      GIT_SHALLOW TRUE)
    FetchContent_MakeAvailable(dear_imgui)
    set(folder ${dear_imgui_SOURCE_DIR})
  endif()
  sqlenv_verify("Dear ImGui ${SQLENV_IMGUI_VERSION}" ${folder} SQLENV_IMGUI_DIR
    e625d8720aea293d689d2c52883dbe69771059b39d30ed91c1392a271cf7b0cb
    imgui.cpp imgui.h imgui_draw.cpp imgui_internal.h imgui_tables.cpp imgui_widgets.cpp
    imstb_rectpack.h imstb_textedit.h imstb_truetype.h
    backends/imgui_impl_glfw.cpp backends/imgui_impl_opengl3.cpp
    backends/imgui_impl_opengl3_loader.h misc/cpp/imgui_stdlib.cpp)
  set(${result} ${folder} PARENT_SCOPE)
endfunction()
