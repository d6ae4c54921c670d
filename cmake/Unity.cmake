# sqlenv_unity(<target>): compiles several of the target's sources at a time, which reads the headers
# once for all of them: core and interface then compile in a third to a half of the time.
#
# The sources of one folder share their unnamed namespaces then, so a name stands for one thing in a
# folder. Without SQLENV_UNITY this does nothing, which is better for work on a few files.
option(SQLENV_UNITY "Compile several sources at a time" OFF)

function(sqlenv_unity target)
  if(NOT SQLENV_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # A class of a source may hold what its unnamed namespace has; GCC sees a header in each source.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  get_target_property(sources ${target} SOURCES)
  set(at 0)
  set(folder)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH parent)
    if(NOT parent STREQUAL folder)
      set(at 0)
      set(folder "${parent}")
    endif()
    # Small enough that several cores have work, and that a change to one source costs seconds.
    math(EXPR part "${at} / 8")
    math(EXPR at "${at} + 1")
    string(MAKE_C_IDENTIFIER "${target}_${parent}_${part}" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()
