/* SQLite's amalgamation with the meter of sqlite_meter.h in it. */
#include "core/sql/sqlite_meter.h"

#include <string.h>

static _Thread_local struct {
  int64_t planning, max_planning;
  int64_t work, max_work;
  int64_t held, max_held;
  struct sqlite3* db;
  enum SqlenvMeterStop stopped;
  int running;
  int depth; /* of SELECTs within SELECTs while a tree is walked */
  int pauses;
  uint32_t counter;  /* of a virtual machine that pauses, until it goes on */
  int (*ask)(void*); /* of sqlenv_meter_watch */
  void* asked;
  int64_t slice, last_planning;
} t_meter = {0, INT64_MAX, 0, INT64_MAX, 0, INT64_MAX, 0, SQLENV_METER_GOES_ON,
             0, 0,         0, 0,         0, 0,         0, 0};

static uint32_t sqlenv_resumed(void) {
  const uint32_t counter = t_meter.counter;
  t_meter.counter = 0;
  return counter;
}

enum { kMaxParserStack = 1500, kMaxSelectDepth = 200 };

static void meter_stop(enum SqlenvMeterStop why);
static int plan_stop(void);

static inline void sqlenv_work(int64_t units) {
  t_meter.work += units;
  if (t_meter.work > t_meter.max_work) meter_stop(SQLENV_METER_NO_WORK);
}

static inline int sqlenv_plan(int64_t units) {
  t_meter.planning += units;
  return t_meter.planning > t_meter.max_planning && plan_stop();
}

static inline void sqlenv_hold(int64_t bytes) {
  t_meter.held += bytes;
  if (t_meter.held > t_meter.max_held) meter_stop(SQLENV_METER_NO_MEMORY);
}

/* What a field costs that is copied, compared or put into a record; and one comparison of keys. */
enum { kFieldWork = 64, kCompareWork = 32, kHeldPerRecord = 48 };

/* What planning costs: a step over an expression of the statement's tree, and over a SELECT; making
** or copying one of them; and looking at one loop of a join or at one condition while plans are
** compared. */
enum {
  kExprPlan = 16,
  kSelectPlan = 128,
  kColumnPlan = 128,
  kExprCopy = 512,
  kSelectCopy = 2048,
  kLoopPlan = 8,
  kTermPlan = 2
};

static inline void sqlenv_fields(int64_t count) { sqlenv_work(count * kFieldWork); }

/* What a byte costs that is looked at, parsed as JSON, matched against a byte of a pattern,
 *searched
 ** for at a place, or read as a format. */
enum {
  kScanWork = 4,
  kParseWork = 16,
  kPatternWork = 8,
  kSearchWork = 4,
  kFormatWork = 256,
  kScan = 32
};

static inline void sqlenv_scan(int64_t bytes) {
  if (bytes >= kScan) sqlenv_work(bytes * kScanWork);
}

/* Bulk copies and comparisons. Constant sizes are structures, and small ones cost no more than the
** operation that they are part of. */
enum { kBulk = 128 };

static inline size_t sqlenv_bulk(size_t bytes) {
  if (bytes >= kBulk) sqlenv_work((int64_t)bytes);
  return bytes;
}

#define SQLENV_IS_CONSTANT(n) (sizeof(int) == sizeof(*(1 ? ((void*)((intptr_t)(n)*0)) : (int*)1)))
#define SQLENV_BULK(n) (SQLENV_IS_CONSTANT(n) ? (size_t)(n) : sqlenv_bulk((size_t)(n)))
#define memcpy(to, from, n) memcpy(to, from, SQLENV_BULK(n))
#define memmove(to, from, n) memmove(to, from, SQLENV_BULK(n))
#define memcmp(a, b, n) memcmp(a, b, SQLENV_BULK(n))

/* Called before and after an SQL function; the first says whether it may run. */
struct sqlite3_context;
struct sqlite3_value;
static int sqlenv_before_call(struct sqlite3_context* context);
static void sqlenv_after_call(struct sqlite3_value* result, int weight);
static int sqlenv_before_filter(int count, struct sqlite3_value** arguments);

#include "sqlite3_with_meter.h"

#undef memcpy
#undef memmove
#undef memcmp

void sqlenv_meter_plan(sqlite3* db, int64_t max_work) {
  t_meter.planning = 0;
  t_meter.max_planning = max_work;
  t_meter.ask = 0;
  t_meter.running = 0;
  t_meter.db = db;
  t_meter.stopped = SQLENV_METER_GOES_ON;
}

void sqlenv_meter_run(sqlite3* db, int64_t max_work, int64_t max_held) {
  t_meter.running = 1;
  t_meter.pauses = 0;
  t_meter.max_planning = INT64_MAX;
  t_meter.work = 0;
  t_meter.max_work = max_work;
  t_meter.max_held = t_meter.held + max_held;
  t_meter.db = db;
  t_meter.stopped = SQLENV_METER_GOES_ON;
  t_meter.ask = 0;
}

void sqlenv_meter_watch(sqlite3* db, int64_t max_planning, int64_t slice, int (*ask)(void*),
                        void* self) {
  sqlenv_meter_run(db, slice, INT64_MAX / 2);
  t_meter.planning = 0;
  t_meter.max_planning = slice < max_planning ? slice : max_planning;
  t_meter.last_planning = max_planning;
  t_meter.ask = ask;
  t_meter.asked = self;
  t_meter.slice = slice;
}

void sqlenv_meter_end(void) {
  t_meter.ask = 0;
  t_meter.max_planning = t_meter.max_work = t_meter.max_held = INT64_MAX;
  t_meter.db = 0;
  t_meter.stopped = SQLENV_METER_GOES_ON;
}

void sqlenv_meter_pause(int pauses) { t_meter.pauses = pauses; }

void sqlenv_meter_lay_aside(struct SqlenvMeterRun* run) {
  run->work = t_meter.work;
  run->max_work = t_meter.max_work;
  run->may_hold = t_meter.max_held - t_meter.held;
  run->stopped = t_meter.stopped;
  run->counter = t_meter.counter;
  t_meter.counter = 0;
  sqlenv_meter_end();
}

void sqlenv_meter_go_on(sqlite3* db, const struct SqlenvMeterRun* run) {
  sqlenv_meter_run(db, run->max_work, run->may_hold);
  t_meter.work = run->work;
  t_meter.stopped = run->stopped;
  t_meter.counter = run->counter;
}

void sqlenv_meter_limit(int64_t max_work) {
  if (t_meter.running) t_meter.max_work = max_work;
  else t_meter.max_planning = max_work;
}

int64_t sqlenv_meter_work(void) { return t_meter.running ? t_meter.work : t_meter.planning; }
enum SqlenvMeterStop sqlenv_meter_stopped(void) { return t_meter.stopped; }

static int may_go_on(void) {
  const int64_t largest = (int64_t)SQLENV_LARGEST_CALL * SQLENV_WORK_PER_OPERATION;
  if (t_meter.work - t_meter.max_work > largest || !t_meter.ask(t_meter.asked)) return 0;
  t_meter.max_work = t_meter.work + t_meter.slice;
  return 1;
}

static SQLITE_NOINLINE void meter_stop(enum SqlenvMeterStop why) {
  if (t_meter.db == 0 || t_meter.stopped != SQLENV_METER_GOES_ON) return;
  if (t_meter.ask != 0 && why == SQLENV_METER_NO_WORK && may_go_on()) return;
  t_meter.stopped = why;
  sqlite3_interrupt(t_meter.db);
}

/* Planning that is stopped fails as if memory were short, which SQLite checks everywhere, and frees
** what it made. */
static SQLITE_NOINLINE int plan_stop(void) {
  if (t_meter.db == 0) return 0;
  if (t_meter.stopped == SQLENV_METER_GOES_ON && t_meter.ask != 0 &&
      t_meter.planning <= t_meter.last_planning && t_meter.ask(t_meter.asked)) {
    t_meter.max_planning = t_meter.planning + t_meter.slice;
    return 0;
  }
  t_meter.stopped = SQLENV_METER_NO_PLAN;
  sqlite3OomFault(t_meter.db);
  return 1;
}

static int64_t length_of(const sqlite3_value* value) {
  if ((value->flags & (MEM_Str | MEM_Blob)) == 0) return 0;
  return value->n + ((value->flags & MEM_Zero) ? value->u.nZero : 0);
}

typedef void (*SqlFunction)(sqlite3_context*, int, sqlite3_value**);

/* Not 0 if the function may look at every byte of its second argument for every byte of its first.
 */
static int pairs_weight(SqlFunction call) {
  if (call == likeFunc || call == trimFunc || call == unhexFunc) return kPatternWork;
  if (call == instrFunc || call == replaceFunc) return kSearchWork;
  return call == jsonPatchFunc || call == jsonPrettyFunc;
}

static int64_t work_of_call(const sqlite3_context* context, int64_t bytes) {
  const FuncDef* function = context->pFunc;
  const int weight = context->argc > 1 ? pairs_weight(function->xSFunc) : 0;
  if (weight != 0)
    return bytes * kScanWork + length_of(context->argv[0]) * length_of(context->argv[1]) * weight;
  if (function->zName[0] == 'j' || function->zName[0] == '-') /* json… and the arrows */
    return bytes * kParseWork * context->argc;
  return bytes * kScanWork;
}

static int sqlenv_before_call(sqlite3_context* context) {
  const SqlFunction call = context->pFunc->xSFunc;
  int64_t bytes = 0;
  int i;
  for (i = 0; i < context->argc; i++) bytes += length_of(context->argv[i]);
  if (bytes >= kScan) sqlenv_work(work_of_call(context, bytes));
  if ((call == printfFunc || call == strftimeFunc) && context->argc > 0)
    sqlenv_work(length_of(context->argv[0]) * kFormatWork);
  if (t_meter.stopped == SQLENV_METER_GOES_ON) return 1;
  context->isError = SQLITE_INTERRUPT;
  return 0;
}

static void sqlenv_after_call(sqlite3_value* result, int weight) {
  const int64_t bytes = length_of(result);
  if (bytes >= kScan) sqlenv_work(bytes * weight);
}

static int sqlenv_before_filter(int count, sqlite3_value** arguments) {
  int64_t bytes = 0;
  int i;
  for (i = 0; i < count; i++) bytes += length_of(arguments[i]);
  sqlenv_work(bytes * kParseWork);
  return t_meter.stopped == SQLENV_METER_GOES_ON ? SQLITE_OK : SQLITE_INTERRUPT;
}

int sqlenv_reads_table(const sqlite3_stmt* statement) {
  const Vdbe* program = (const Vdbe*)statement;
  int i;
  for (i = 0; i < program->nOp; i++) {
    const VdbeOp* op = &program->aOp[i];
    const int opens = op->opcode == OP_OpenRead || op->opcode == OP_ReopenIdx;
    if (opens && op->p3 == 0 && op->p2 != SCHEMA_ROOT) return 1;
  }
  return 0;
}

#include "core/sql/sqlite_token.h"

int sqlenv_token(const char* text, enum SqlenvTokenKind* kind) {
  int type;
  const int length = sqlite3GetToken((const unsigned char*)text, &type);
  if (type == TK_SPACE) *kind = SQLENV_TOKEN_BLANK;
  else if (type == TK_ILLEGAL) *kind = SQLENV_TOKEN_ILLEGAL;
  else if (type == TK_ID) *kind = SQLENV_TOKEN_NAME;
  else if (sqlite3Isalpha(text[0]) && type != TK_BLOB) *kind = SQLENV_TOKEN_KEYWORD;
  else *kind = SQLENV_TOKEN_OTHER;
  return length;
}
