// Log: what happened, one line of JSON an event on standard error.
//
// Says who came and went and why; never what was asked, answered or queried, nor any header or
// query string. May be called from any thread; a line is written at once and whole, without a lock.
// What cannot be written (a full disk, a closed pipe) is dropped.
#pragma once

#include "core/wire/log_json.h"

namespace sqlenv {

class Log {
 public:
  explicit Log(bool enabled) : enabled_(enabled) {}

  bool enabled() const { return enabled_; }
  void event(std::string_view name, const LogFields& fields = {}) const;

 private:
  bool enabled_;
};

}  // namespace sqlenv
