# sqlenv_unity(<target>): with SQLENV_UNITY, compiles up to eight of the target's sources at a time. Core
# and interface then build from nothing in half the time, since headers are read once for all eight; a change
# to one source takes longer, so SQLENV_UNITY is off unless a build from nothing asks for it.
#
# The sources of a folder share their unnamed namespaces then: a name may stand there for one thing only.
option(SQLENV_UNITY "Compile several sources at a time" OFF)

function(sqlenv_unity target)
  if(NOT SQLENV_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # GCC takes each source for a header, whose classes must hold nothing of an unnamed namespace.
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
    # Eight at a time leave work for several cores.
    math(EXPR part "${at} / 8")
    math(EXPR at "${at} + 1")
    string(MAKE_C_IDENTIFIER "${target}_${parent}_${part}" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()
