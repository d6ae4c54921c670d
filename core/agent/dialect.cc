#include "core/agent/dialect.h"

namespace sqlenv {

std::string_view dialect_version(Dialect dialect) {
  return dialect == Dialect::kCompact ? "compact/1" : "chat/1";
}

std::string_view dialect_name(Dialect dialect) {
  const std::string_view version = dialect_version(dialect);
  return version.substr(0, version.find('/'));
}

std::optional<Dialect> find_dialect(std::string_view name) {
  for (Dialect dialect : kDialects)
    if (name == dialect_name(dialect) || name == dialect_version(dialect)) return dialect;
  return std::nullopt;
}

}  // namespace sqlenv
