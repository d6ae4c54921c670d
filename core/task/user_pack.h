// Makes a pack of a player's SQLite file, with questions about it.
//
// Every face that opens files uses this function, so that equal files of one name give packs of one
// digest everywhere, also by `sqlenv pack import sqlite FILE`.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/result.h"
#include "core/task/import.h"
#include "core/task/pack.h"

namespace sqlenv {

// The progress: `questions` are made so far, of `of`; 0 while the file is read.
struct UserPackStage {
  int questions = 0;
  int of = 0;
};

// The pack and its database are named after the file. The database's description says what of it
// cannot be read or was changed. `progress` is called during the work; if it
// returns true, the work ends with TIMEOUT. NOT_A_DATABASE, TOO_LARGE or, if no question can be
// made, BAD_PACK, with a message for the player: what is wrong, and what to do.
Result<Pack> user_pack(NamedBytes file, const std::function<bool(UserPackStage)>& progress = {});

// Whether the file was written with a write-ahead log, so that changes may lie in another file.
bool has_write_ahead_log(std::string_view bytes);

}  // namespace sqlenv
