# sqlenv_patch(<source> <patch> <copy>): makes <copy>, which is <source> with third_party/<patch> applied.
#
# A hunk must apply at the line that it names: where it fits elsewhere too, nobody has reviewed it.
find_program(SQLENV_PATCH_PROGRAM patch DOC "The program that applies the patches of third_party")
if(NOT SQLENV_PATCH_PROGRAM)
  message(FATAL_ERROR "The program 'patch' was not found: on Debian 12 run 'scripts/setup build', "
    "elsewhere install its equivalent.")
endif()

function(sqlenv_patch source patch copy)
  set(patch ${PROJECT_SOURCE_DIR}/third_party/${patch})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})
  cmake_path(GET copy PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  file(COPY_FILE ${source} ${copy}.new)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C
      ${SQLENV_PATCH_PROGRAM} -f -F 0 ${copy}.new ${patch}
    RESULT_VARIABLE status OUTPUT_VARIABLE report ERROR_VARIABLE report)
  string(REGEX REPLACE "patching file [^\n]*\n" "" report "${report}")
  if(NOT status EQUAL 0 OR report MATCHES "Hunk[^\n]*(offset|fuzz)")
    message(FATAL_ERROR "${patch} does not apply to ${source} exactly; third_party/README.md says how "
      "it is renewed.\n${report}")
  endif()
  file(COPY_FILE ${copy}.new ${copy} ONLY_IF_DIFFERENT)
  file(REMOVE ${copy}.new)
endfunction()
