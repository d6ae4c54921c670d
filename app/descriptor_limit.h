#pragma once

#include <sys/resource.h>

namespace sqlenv {

// Raises the soft limit of file descriptors, usually 1,024, to the hard one. Each connection is a
// descriptor.
inline void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace sqlenv
