#include "core/sql/import_work.h"

#include <sqlite3.h>

#include <utility>

#include "core/sql/sandbox.h"
#include "core/sql/sqlite_meter.h"

namespace sqlenv {
namespace {

constexpr int kPeriod = 1000;             // operations of the virtual machine
constexpr std::int64_t kSlice = 250'000;  // operations of work within one of them
constexpr std::int64_t kPlanPerByte = 100;

}  // namespace

ImportWork::ImportWork(sqlite3* handle, std::function<bool()> stopped, std::int64_t max_operations)
    : handle_(handle), stopped_(std::move(stopped)), max_operations_(max_operations) {
  const auto progress = [](void* self) {
    return static_cast<ImportWork*>(self)->may_go_on(kPeriod) ? 0 : 1;
  };
  sqlite3_progress_handler(handle, kPeriod, progress, this);
}

bool ImportWork::may_go_on(std::int64_t operations) {
  operations_ += operations;
  was_stopped_ = was_stopped_ || (stopped_ && stopped_());
  return !was_stopped_ && !is_spent();
}

ImportWork::Statement::Statement(ImportWork& work, std::size_t bytes) : work_(work) {
  const auto go_on = [](void* self) {
    return static_cast<ImportWork*>(self)->may_go_on(kSlice) ? 1 : 0;
  };
  const std::int64_t planning =
      kMaxPlanOperations + kPlanPerByte * static_cast<std::int64_t>(bytes);
  sqlenv_meter_watch(work.handle_, planning * SQLENV_WORK_PER_OPERATION,
                     kSlice * SQLENV_WORK_PER_OPERATION, go_on, &work);
}

ImportWork::Statement::~Statement() {
  work_.planned_too_long_ = sqlenv_meter_stopped() == SQLENV_METER_NO_PLAN && !work_.was_stopped_;
  sqlenv_meter_end();
}

}  // namespace sqlenv
