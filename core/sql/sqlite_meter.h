/* The meter of SQLite's work: what its progress handler does not see.
**
** SQLite counts virtual-machine operations, and one operation may be anything from adding two
** integers to matching a pattern against a quarter of a megabyte. The build inserts calls of this
** meter into the amalgamation (third_party/sqlite/meter.patch): wherever the work of an
** operation depends on the length of a value or on a number of fields, it is added here in units of
** which SQLENV_WORK_PER_OPERATION count as one operation. When the budget is gone the connection is
** interrupted: a function whose work would exceed it is not even begun.
**
** Planning is counted in steps over the statement's tree and in comparisons of plans, since a short
** text can stand for a very large one. When its budget is gone, SQLite gives the statement up as if
** memory were short (SQLITE_NOMEM) and frees all that belongs to it.
**
** The meter also knows how much memory a statement holds in its sorters and temporary tables, in
** bytes of content.
**
** Everything is counted in bytes, fields and comparisons, never in pointers, allocations or page
** reads, so that a statement is stopped at the same place on every platform, whatever ran before.
**
** One meter a thread; a connection is metered on the thread that called sqlenv_meter_run.
*/
#ifndef SQLENV_CORE_SQL_SQLITE_METER_H_
#define SQLENV_CORE_SQL_SQLITE_METER_H_

#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

#ifdef __cplusplus
extern "C" {
#endif

#define SQLENV_WORK_PER_OPERATION 256

/* The most work of one call of a function that sqlenv_meter_watch lets begin, in operations. */
#define SQLENV_LARGEST_CALL 5000000

enum SqlenvMeterStop {
  SQLENV_METER_GOES_ON,
  SQLENV_METER_NO_WORK,
  SQLENV_METER_NO_MEMORY,
  SQLENV_METER_NO_PLAN /* planning took too much work */
};

/* Counts the planning of statements of `db` and stops it when it exceeds `max_work`. */
void sqlenv_meter_plan(struct sqlite3* db, int64_t max_work);

/* Goes on to its execution: counts from zero, and interrupts `db` when the work exceeds `max_work`,
** or when temporary content grows by more than `max_held` bytes. */
void sqlenv_meter_run(struct sqlite3* db, int64_t max_work, int64_t max_held);

/* Meters a statement of our own, from its preparation to its end: planning up to `max_planning`,
 *and
 ** other work as long as `ask`, called with `self` whenever another `slice` of it is done, does not
 ** return 0. */
void sqlenv_meter_watch(struct sqlite3* db, int64_t max_planning, int64_t slice, int (*ask)(void*),
                        void* self);

/* Nothing is interrupted until the next plan, run or watch. */
void sqlenv_meter_end(void);

/* Lowers what is left, for operations that the virtual machine counted itself. */
void sqlenv_meter_limit(int64_t max_work);

/* Says what it means when the progress handler, which calls this, returns 1: a pause, or the end.
** At a pause sqlite3_step returns SQLITE_ROW without a row (sqlite3_data_count is 0), and the next
** sqlite3_step goes on where it stopped; nothing that is counted changes by it. A statement that
** runs inside another is not paused. */
void sqlenv_meter_pause(int pauses);

/* A run that is laid aside, so that others may be metered until it goes on. */
struct SqlenvMeterRun {
  int64_t work, max_work, may_hold;
  uint32_t counter; /* of the virtual machine */
  enum SqlenvMeterStop stopped;
};
void sqlenv_meter_lay_aside(struct SqlenvMeterRun* run);
void sqlenv_meter_go_on(struct sqlite3* db, const struct SqlenvMeterRun* run);

/* The work of the plan or run that was begun last. */
int64_t sqlenv_meter_work(void);
enum SqlenvMeterStop sqlenv_meter_stopped(void);

/* Not 0 if the program of `statement` opens a table of the database, or an index of one, other than
** the table of the schema. The authorizer would not do: it does not see tables of which only a
** USING clause names columns. */
int sqlenv_reads_table(const struct sqlite3_stmt* statement);

#ifdef __cplusplus
}
#endif

#endif
