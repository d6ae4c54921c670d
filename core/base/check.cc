#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace sqlenv {
namespace {

void print_and_abort(const char* file, int line, const char* expression) {
  std::fprintf(stderr, "sqlenv: internal check failed at %s:%d: %s\n", file, line, expression);
}

CheckHandler g_handler = print_and_abort;

}  // namespace

CheckHandler set_check_handler(CheckHandler handler) {
  CheckHandler previous = g_handler;
  g_handler = handler;
  return previous;
}

void check_failed(const char* file, int line, const char* expression) {
  g_handler(file, line, expression);
  std::abort();
}

}  // namespace sqlenv
