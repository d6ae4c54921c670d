# Makes the libraries of other projects into targets: sqlenv::sqlite3, sqlenv::json and sqlenv::expected;
# sqlenv::gtest, sqlenv::gtest_main and sqlenv::gmock when tests are built; sqlenv::imgui and
# sqlenv::imgui_glfw when the playground is. All but GLFW are compiled here, with the options of this build
# (sanitizers, wasm) and without warnings, and only when something links them.

# The page compiles them for size.
set(SQLENV_THIRD_PARTY_OPTIMISATION "")
if(EMSCRIPTEN)
  set(SQLENV_THIRD_PARTY_OPTIMISATION -Os)
endif()

include(${CMAKE_CURRENT_LIST_DIR}/Sources.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/Patch.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/Sqlite.cmake)
if(SQLENV_DESKTOP OR EMSCRIPTEN)
  include(${CMAKE_CURRENT_LIST_DIR}/ImGui.cmake)
endif()

# sqlenv_header_library(<name> <folder>/<header> <package>): a library of headers. Its include folder is one
# of this build that holds a link to <folder> and nothing else: a wasm build with /usr/include would read
# the wrong C library.
function(sqlenv_header_library name header package)
  string(TOUPPER ${name} upper)
  find_path(SQLENV_${upper}_INCLUDE_DIR ${header} PATHS /usr/local/include /usr/include
    NO_CMAKE_FIND_ROOT_PATH DOC "Folder in which ${header} lies")
  if(NOT SQLENV_${upper}_INCLUDE_DIR)
    message(FATAL_ERROR "${header} was not found: on Debian 12 run 'scripts/setup build', elsewhere "
      "install the equivalent of its package ${package}, or name the folder by "
      "-DSQLENV_${upper}_INCLUDE_DIR=…")
  endif()
  cmake_path(GET header PARENT_PATH folder)
  set(stage ${PROJECT_BINARY_DIR}/deps/${name})
  file(MAKE_DIRECTORY ${stage})
  file(CREATE_LINK ${SQLENV_${upper}_INCLUDE_DIR}/${folder} ${stage}/${folder} SYMBOLIC)
  add_library(sqlenv_${name} INTERFACE)
  add_library(sqlenv::${name} ALIAS sqlenv_${name})
  target_include_directories(sqlenv_${name} SYSTEM INTERFACE ${stage})
endfunction()

sqlenv_header_library(json nlohmann/json.hpp nlohmann-json3-dev)
sqlenv_header_library(expected tl/expected.hpp libexpected-dev)

# Compiles GoogleTest from its sources, since Debian's library has neither sanitizers nor wasm.
if(BUILD_TESTING)
  find_path(SQLENV_GTEST_SOURCE_DIR googletest/src/gtest-all.cc
    PATHS /usr/local/src/googletest /usr/src/googletest NO_CMAKE_FIND_ROOT_PATH
    DOC "Folder of GoogleTest's sources, in which googletest/ and googlemock/ lie")
  if(NOT SQLENV_GTEST_SOURCE_DIR)
    message(FATAL_ERROR "GoogleTest's sources were not found: on Debian 12 run 'scripts/setup "
      "build', elsewhere name their folder by -DSQLENV_GTEST_SOURCE_DIR=…, or build without tests "
      "by -DBUILD_TESTING=OFF.")
  endif()
  if(NOT EMSCRIPTEN)
    find_package(Threads REQUIRED)
  endif()

  # sqlenv_test_library(<name> <half> <file> [dependency…])
  function(sqlenv_test_library name half file)
    set(folder ${SQLENV_GTEST_SOURCE_DIR}/${half})
    add_library(sqlenv_${name} STATIC EXCLUDE_FROM_ALL ${folder}/src/${file})
    add_library(sqlenv::${name} ALIAS sqlenv_${name})
    target_include_directories(sqlenv_${name} SYSTEM PUBLIC ${folder}/include PRIVATE ${folder})
    target_compile_options(sqlenv_${name} PRIVATE -w $<$<CONFIG:Release>:-O1>)
    target_link_libraries(sqlenv_${name} PUBLIC ${ARGN})
  endfunction()

  sqlenv_test_library(gtest googletest gtest-all.cc $<TARGET_NAME_IF_EXISTS:Threads::Threads>)
  sqlenv_test_library(gtest_main googletest gtest_main.cc sqlenv_gtest)
  sqlenv_test_library(gmock googlemock gmock-all.cc sqlenv_gtest)
  if(EMSCRIPTEN)
    target_compile_definitions(sqlenv_gtest PUBLIC GTEST_HAS_PTHREAD=0)
  endif()
endif()
