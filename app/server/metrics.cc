#include "app/server/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "core/base/version.h"

namespace sqlenv {
namespace {

using Workers = std::vector<std::shared_ptr<WorkerMetrics>>;

std::string number(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.9g", value);
  return text.data();
}

// Writes the lines of one metric after another.
class Page {
 public:
  explicit Page(const Workers& workers) : workers_(workers) {}

  void metric(const std::string& name, const char* type, const char* help) {
    name_ = "sqlenv_" + name;
    out_ += "# HELP " + name_ + " " + help + "\n# TYPE " + name_ + " " + type + "\n";
  }
  void line(const std::string& value, const std::string& labels = "",
            const std::string& suffix = "") {
    out_ += name_ + suffix + (labels.empty() ? "" : "{" + labels + "}") + " " + value + "\n";
  }

  template <class Pick>
  std::uint64_t sum(Pick pick) const {
    std::uint64_t total = 0;
    for (const auto& worker : workers_) total += pick(*worker).value();
    return total;
  }
  template <class Pick>
  void total(const std::string& labels, Pick pick) {
    line(std::to_string(sum(pick)), labels);
  }

  std::string take() { return std::move(out_); }

 private:
  const Workers& workers_;
  std::string name_, out_;
};

std::string label(const char* name, std::string_view value) {
  return std::string(name) + "=\"" + std::string(value) + "\"";
}

void write_gauges(Page& page, const Gauges& gauges) {
  const auto gauge = [&](const char* name, const char* help, auto value) {
    page.metric(name, "gauge", help);
    page.line(std::to_string(value));
  };
  gauge("sessions", "Sessions at this moment.", gauges.sessions);
  gauge("sessions_max", "Sessions that fit.", gauges.max_sessions);
  gauge("mcp_sessions", "Sessions begun over HTTP; part of the sessions.", gauges.mcp_sessions);
  gauge("http_episodes", "Episodes kept by name for HTTP.", gauges.kept_episodes);
  gauge("http_episodes_max", "Episodes that are kept.", gauges.max_kept_episodes);
  gauge("threads", "Event loops.", gauges.threads);
  page.metric("log_lines_dropped_total", "counter", "Lines of the log that could not be written.");
  page.line(std::to_string(gauges.log_dropped));
  page.metric("build_info", "gauge", "The version of the server.");
  page.line("1", label("version", kVersion));
}

void write_steps(Page& page) {
  page.metric("resets_total", "counter", "Episodes begun.");
  page.total("", [](const WorkerMetrics& m) -> const Counter& { return m.resets; });
  page.metric("steps_total", "counter", "Steps taken.");
  page.total("", [](const WorkerMetrics& m) -> const Counter& { return m.steps; });
  page.metric("step_seconds", "histogram", "Time that a step took on the server.");
  std::uint64_t below = 0;
  for (std::size_t i = 0; i <= WorkerMetrics::kBounds.size(); ++i) {
    below += page.sum([i](const WorkerMetrics& m) -> const Counter& { return m.step_times[i]; });
    const bool last = i == WorkerMetrics::kBounds.size();
    const std::string bound =
        last ? "+Inf" : number(static_cast<double>(WorkerMetrics::kBounds[i]) / 1e6);
    page.line(std::to_string(below), label("le", bound), "_bucket");
  }
  const std::uint64_t nanoseconds =
      page.sum([](const WorkerMetrics& m) -> const Counter& { return m.step_nanoseconds; });
  page.line(number(static_cast<double>(nanoseconds) / 1e9), "", "_sum");
  page.line(std::to_string(below), "", "_count");
}

void write_errors(Page& page) {
  page.metric("step_errors_total", "counter", "Steps whose observation holds an error.");
  for (std::size_t i = 0; i < WorkerMetrics::kErrorCodes; ++i)
    page.total(label("code", code_name(static_cast<ErrorCode>(i))),
               [i](const WorkerMetrics& m) -> const Counter& { return m.step_errors[i]; });
  page.metric("request_errors_total", "counter", "Messages and requests answered by an error.");
  for (std::size_t i = 0; i < WorkerMetrics::kRequestErrors.size(); ++i)
    page.total(label("code", WorkerMetrics::kRequestErrors[i]),
               [i](const WorkerMetrics& m) -> const Counter& { return m.request_errors[i]; });
}

void write_traffic(Page& page) {
  page.metric("sessions_opened_total", "counter", "Sessions begun.");
  page.total("", [](const WorkerMetrics& m) -> const Counter& { return m.sessions_opened; });
  page.metric("sessions_closed_total", "counter", "Sessions ended.");
  for (std::size_t i = 0; i < static_cast<std::size_t>(SessionEnd::kCount); ++i)
    page.total(label("reason", end_name(static_cast<SessionEnd>(i))),
               [i](const WorkerMetrics& m) -> const Counter& { return m.sessions_closed[i]; });
  page.metric("http_responses_total", "counter", "Responses over HTTP.");
  for (std::size_t i = 1; i < 6; ++i)
    page.total(label("status", std::to_string(i) + "xx"),
               [i](const WorkerMetrics& m) -> const Counter& { return m.http_responses[i]; });
}

void write_process(std::string& out) {
  long pages = 0, resident = 0;
  if (!(std::ifstream("/proc/self/statm") >> pages >> resident)) return;
  out +=
      "# HELP process_resident_memory_bytes Memory of the process.\n"
      "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes " +
      std::to_string(resident * ::sysconf(_SC_PAGESIZE)) + "\n";
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  out +=
      "# HELP process_cpu_seconds_total Processor time of the process.\n"
      "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total " +
      number(seconds(usage.ru_utime) + seconds(usage.ru_stime)) + "\n";
}

}  // namespace

std::string_view end_name(SessionEnd end) {
  switch (end) {
    case SessionEnd::kLeft: return "left";
    case SessionEnd::kIdle: return "idle";
    case SessionEnd::kLifetime: return "lifetime";
    case SessionEnd::kError: return "error";
    case SessionEnd::kShutdown: return "shutdown";
    case SessionEnd::kCount: break;
  }
  return "";
}

void WorkerMetrics::count_step(std::chrono::nanoseconds time, const std::optional<Error>& error) {
  steps.add();
  const std::int64_t microseconds = time.count() / 1000;
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), microseconds);
  step_times[static_cast<std::size_t>(bucket - kBounds.begin())].add();
  step_nanoseconds.add(static_cast<std::uint64_t>(time.count()));
  if (error) step_errors[static_cast<std::size_t>(error->code)].add();
}

void WorkerMetrics::count_request_error(std::string_view code) {
  for (std::size_t i = 0; i < kRequestErrors.size(); ++i)
    if (kRequestErrors[i] == code) return request_errors[i].add();
}

void WorkerMetrics::count_http(int status) {
  http_responses[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].add();
}

std::shared_ptr<WorkerMetrics> Metrics::new_worker() {
  const std::lock_guard lock(mutex_);
  return workers_.emplace_back(std::make_shared<WorkerMetrics>());
}

std::string Metrics::text(const Gauges& gauges) const {
  const std::lock_guard lock(mutex_);
  Page page(workers_);
  write_gauges(page, gauges);
  write_traffic(page);
  write_steps(page);
  write_errors(page);
  std::string out = page.take();
  write_process(out);
  return out;
}

}  // namespace sqlenv
