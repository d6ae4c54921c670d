// Errors as values.
//
// A failure that an agent or a user can cause is an Error inside a Result<T>, never an exception.
// An Error has a stable code, which is part of the public contract, and a message for the person or
// agent who has to act on it. Messages never hold a path of the machine, the gold query or the gold
// rows. Our own bugs are no errors: they hit SQLENV_CHECK (base/check.h).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace sqlenv {

enum class ErrorCode {
  // A statement was refused or stopped by the sandbox (sql/database.h).
  kSyntax,              // SYNTAX: SQLite cannot prepare it
  kNoSuchTable,         // NO_SUCH_TABLE
  kNoSuchColumn,        // NO_SUCH_COLUMN
  kNotReadOnly,         // NOT_READ_ONLY: anything but SELECT, WITH … SELECT or VALUES
  kMultipleStatements,  // MULTIPLE_STATEMENTS
  kOperationBudget,     // OPERATION_BUDGET: stopped after the allowed virtual-machine operations
  kTimeout,             // TIMEOUT: stopped by the caller's wall clock
  kTooLarge,            // TOO_LARGE: rows, bytes, text length or working memory
  kExecution,           // EXECUTION: it ran and failed on the data, such as integer overflow
  kMissingExtension,  // MISSING_EXTENSION: the database needs a module, collation or function that
                      // only the application that made it has
  // An action was not usable (episode/episode.h).
  kUnknownAction,  // UNKNOWN_ACTION
  kBlankArgument,  // BLANK_ARGUMENT
  kEpisodeOver,    // EPISODE_OVER
  // A request, option or file was not usable.
  kBadOption,      // BAD_OPTION
  kNotFound,       // NOT_FOUND
  kBadJson,        // BAD_JSON
  kNotADatabase,   // NOT_A_DATABASE
  kBadPack,        // BAD_PACK
  kBadTrajectory,  // BAD_TRAJECTORY: no trajectory, or one that is damaged
  kBadSave,        // BAD_SAVE: no saved episode, or one that is damaged
  kBadModelReply,  // BAD_MODEL_REPLY: a language model's server sent no completion
  kMismatch,       // MISMATCH: made by another core, with another pack or by a forger
  kInternal,       // INTERNAL
};

// The code's name on the wire, such as "NO_SUCH_TABLE".
std::string_view code_name(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;

  // "CODE: message", the form an observation carries.
  std::string to_string() const;
  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace sqlenv
