# sqlenv::sqlite3: SQLite, compiled from its amalgamation with one list of options for every face.
#
# What a query returns and how many operations it takes must be the same natively and in wasm, so
# nothing here may depend on the platform, and no option may be given elsewhere. The library has no
# operating-system layer: whoever links it supplies sqlite3_os_init and sqlite3_os_end, and, where
# several threads use it, mutexes by sqlite3_config(SQLITE_CONFIG_MUTEX) before sqlite3_initialize
# (SQLite chooses mutexes that do nothing when it has no operating-system layer of its own).

sqlenv_find_sqlite(SQLENV_SQLITE_SOURCE)
set(SQLENV_SQLITE_METERED ${PROJECT_BINARY_DIR}/generated/sqlite)
sqlenv_patch(${SQLENV_SQLITE_SOURCE}/sqlite3.c sqlite/meter.patch ${SQLENV_SQLITE_METERED}/sqlite3_with_meter.h)

set(SQLENV_SQLITE_OPTIONS
  # No file system, no clock and no randomness but what the core's host layer gives.
  SQLITE_OS_OTHER=1
  # Connections may be used from any thread, one thread at a time each.
  SQLITE_THREADSAFE=2
  # x87 and quad long double convert numbers to other digits than double does.
  LONGDOUBLE_TYPE=double
  # 'localtime' would read the machine's time zone; without it the modifier gives NULL everywhere.
  SQLITE_OMIT_LOCALTIME
  # The size of a memory map must not differ between platforms; there is nothing to map.
  SQLITE_MAX_MMAP_SIZE=0
  # Text in double quotes stays legal in queries (Spider's gold queries need it), not in schemas.
  SQLITE_DQS=1
  # LIKE and GLOB say no to a BLOB at once, as SQLite's authors recommend.
  SQLITE_LIKE_DOESNT_MATCH_BLOBS
  # The origin of a result column (database, table, column) can be asked for.
  SQLITE_ENABLE_COLUMN_METADATA
  # Sorting and grouping never look for a temporary file.
  SQLITE_TEMP_STORE=3
  # Counting every allocation takes a global lock; the core counts what it limits.
  SQLITE_DEFAULT_MEMSTATUS=0
  # No native code from a query.
  SQLITE_OMIT_LOAD_EXTENSION
  # Not used, and the less there is, the less can be reached and shipped: caches shared between
  # connections, write-ahead logs (an image is never written), interfaces kept for old programs.
  SQLITE_OMIT_SHARED_CACHE
  SQLITE_OMIT_WAL
  SQLITE_OMIT_DEPRECATED
  # The functions of libm (SQLITE_ENABLE_MATH_FUNCTIONS) stay out: their last digits differ
  # between C libraries.
)

# A step in the page spends most of its time in SQLite, so it is compiled for speed, with little inlining.
set(SQLENV_SQLITE_OPTIMISATION)
if(EMSCRIPTEN)
  set(SQLENV_SQLITE_OPTIMISATION -O2 "SHELL:-mllvm -inline-threshold=5")
endif()

add_library(sqlenv_sqlite3 STATIC EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/core/sql/sqlite_metered.c)
add_library(sqlenv::sqlite3 ALIAS sqlenv_sqlite3)
target_compile_definitions(sqlenv_sqlite3 PRIVATE ${SQLENV_SQLITE_OPTIONS})
# A fused multiply-add rounds once where two operations round twice.
target_compile_options(sqlenv_sqlite3 PRIVATE -w -ffp-contract=off ${SQLENV_SQLITE_OPTIMISATION})
target_include_directories(sqlenv_sqlite3 SYSTEM INTERFACE ${SQLENV_SQLITE_SOURCE}
  PRIVATE ${PROJECT_SOURCE_DIR} ${SQLENV_SQLITE_METERED})

# SQLite computes addresses one past its arrays on purpose; memory errors in it are still caught.
if(SQLENV_SANITIZE MATCHES "undefined")
  target_compile_options(sqlenv_sqlite3 PRIVATE -fno-sanitize=undefined)
endif()
