// SQLENV_CHECK(condition): catches our own bugs, never mistakes of an agent or a user.
//
// A failed check calls the installed handler with the place and the expression. The default handler
// writes them to standard error and aborts; a face may install one that throws (Python) or traps.
// A handler that returns is followed by abort().
#pragma once

namespace sqlenv {

using CheckHandler = void (*)(const char* file, int line, const char* expression);

// Returns the previous handler. Not thread-safe: call it once, at start-up.
CheckHandler set_check_handler(CheckHandler handler);

[[noreturn]] void check_failed(const char* file, int line, const char* expression);

}  // namespace sqlenv

#define SQLENV_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::sqlenv::check_failed(__FILE__, __LINE__, #condition))
