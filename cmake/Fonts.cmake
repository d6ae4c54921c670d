# sqlenv::fonts: the interface's fonts, cut down and compiled in.
#
#   #include "fonts.h"     // sqlenv::fonts::{kInterRegular, kInterSemiBold, kJetBrainsMono}
#
# The fonts are Debian's; both are under the SIL Open Font License,
# which allows this as long as the licence stays with them (it is in their name tables).

set(SQLENV_FONT_DIR "" CACHE PATH
  "Folder with Inter-Regular.otf, Inter-SemiBold.otf and JetBrainsMono-Regular.ttf, if not installed")

# sqlenv_find_font(<variable> <file> <package>)
function(sqlenv_find_font variable file package)
  find_file(${variable} ${file} HINTS ${SQLENV_FONT_DIR}
    PATHS /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/jetbrains-mono
      /usr/local/share/fonts /usr/share/fonts
    PATH_SUFFIXES opentype truetype otf ttf inter Inter jetbrains-mono JetBrainsMono
    NO_CMAKE_FIND_ROOT_PATH)
  if(NOT ${variable})
    message(FATAL_ERROR "The font file ${file} was not found: on Debian 12 run 'scripts/setup "
      "build', elsewhere install the equivalent of its package ${package}, or name a folder that "
      "holds the fonts by -DSQLENV_FONT_DIR=…")
  endif()
endfunction()

# sqlenv_find_font_python(<result>): a python3 that has fontTools. scripts/setup makes one.
function(sqlenv_find_font_python result)
  foreach(candidate IN ITEMS ${PROJECT_SOURCE_DIR}/build/deps/venv-fonts/bin/python python3)
    execute_process(COMMAND ${candidate} -c "import fontTools.subset"
      RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    if(status EQUAL 0)
      set(${result} ${candidate} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "The build cuts the fonts with Python's fontTools, and no python3 here has it: "
    "run 'scripts/setup build', or 'pip install -r scripts/fonts-requirements.txt'.")
endfunction()

sqlenv_find_font(SQLENV_INTER_REGULAR Inter-Regular.otf fonts-inter)
sqlenv_find_font(SQLENV_INTER_SEMIBOLD Inter-SemiBold.otf fonts-inter)
sqlenv_find_font(SQLENV_JETBRAINS_MONO JetBrainsMono-Regular.ttf fonts-jetbrains-mono)
sqlenv_find_font_python(SQLENV_FONT_PYTHON)

set(SQLENV_FONTS_OUT ${PROJECT_BINARY_DIR}/generated/fonts)
file(MAKE_DIRECTORY ${SQLENV_FONTS_OUT})
set(sqlenv_cut_fonts "")
foreach(font IN ITEMS ${SQLENV_INTER_REGULAR} ${SQLENV_INTER_SEMIBOLD} ${SQLENV_JETBRAINS_MONO})
  cmake_path(GET font FILENAME name)
  add_custom_command(OUTPUT ${SQLENV_FONTS_OUT}/${name}
    COMMAND ${SQLENV_FONT_PYTHON} ${PROJECT_SOURCE_DIR}/scripts/make_fonts.py
      ${font} ${SQLENV_FONTS_OUT}/${name} $<$<STREQUAL:${name},Inter-SemiBold.otf>:--letters>
    DEPENDS ${font} ${PROJECT_SOURCE_DIR}/scripts/make_fonts.py
    COMMENT "Cutting ${name}" VERBATIM COMMAND_EXPAND_LISTS)
  list(APPEND sqlenv_cut_fonts ${SQLENV_FONTS_OUT}/${name})
endforeach()

add_custom_command(OUTPUT ${SQLENV_FONTS_OUT}/fonts.h ${SQLENV_FONTS_OUT}/fonts.cc
  COMMAND ${SQLENV_FONT_PYTHON} ${PROJECT_SOURCE_DIR}/scripts/embed_file.py
    --namespace sqlenv::fonts --type Font
    --header ${SQLENV_FONTS_OUT}/fonts.h --source ${SQLENV_FONTS_OUT}/fonts.cc
    kInterRegular=${SQLENV_FONTS_OUT}/Inter-Regular.otf
    kInterSemiBold=${SQLENV_FONTS_OUT}/Inter-SemiBold.otf
    kJetBrainsMono=${SQLENV_FONTS_OUT}/JetBrainsMono-Regular.ttf
  DEPENDS ${sqlenv_cut_fonts} ${PROJECT_SOURCE_DIR}/scripts/embed_file.py
  COMMENT "Embedding the fonts" VERBATIM)

add_library(sqlenv_fonts STATIC EXCLUDE_FROM_ALL ${SQLENV_FONTS_OUT}/fonts.cc ${SQLENV_FONTS_OUT}/fonts.h)
add_library(sqlenv::fonts ALIAS sqlenv_fonts)
target_include_directories(sqlenv_fonts PUBLIC ${SQLENV_FONTS_OUT})
