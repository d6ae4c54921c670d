#include "core/base/result.h"

namespace sqlenv {

std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kSyntax: return "SYNTAX";
    case ErrorCode::kNoSuchTable: return "NO_SUCH_TABLE";
    case ErrorCode::kNoSuchColumn: return "NO_SUCH_COLUMN";
    case ErrorCode::kNotReadOnly: return "NOT_READ_ONLY";
    case ErrorCode::kMultipleStatements: return "MULTIPLE_STATEMENTS";
    case ErrorCode::kOperationBudget: return "OPERATION_BUDGET";
    case ErrorCode::kTimeout: return "TIMEOUT";
    case ErrorCode::kTooLarge: return "TOO_LARGE";
    case ErrorCode::kExecution: return "EXECUTION";
    case ErrorCode::kMissingExtension: return "MISSING_EXTENSION";
    case ErrorCode::kUnknownAction: return "UNKNOWN_ACTION";
    case ErrorCode::kBlankArgument: return "BLANK_ARGUMENT";
    case ErrorCode::kEpisodeOver: return "EPISODE_OVER";
    case ErrorCode::kBadOption: return "BAD_OPTION";
    case ErrorCode::kNotFound: return "NOT_FOUND";
    case ErrorCode::kBadJson: return "BAD_JSON";
    case ErrorCode::kNotADatabase: return "NOT_A_DATABASE";
    case ErrorCode::kBadPack: return "BAD_PACK";
    case ErrorCode::kBadTrajectory: return "BAD_TRAJECTORY";
    case ErrorCode::kBadSave: return "BAD_SAVE";
    case ErrorCode::kBadModelReply: return "BAD_MODEL_REPLY";
    case ErrorCode::kMismatch: return "MISMATCH";
    case ErrorCode::kInternal: return "INTERNAL";
  }
  return "INTERNAL";
}

std::string Error::to_string() const { return std::string(code_name(code)) + ": " + message; }

}  // namespace sqlenv
