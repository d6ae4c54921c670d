// A pack of one SQLite file that a player brought, with questions made about it.
//
// The faces that open files use this one function, so that equal files of one name give packs of
// one digest everywhere; `sqlenv pack import sqlite FILE` makes the same.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/result.h"
#include "core/task/import.h"
#include "core/task/pack.h"

namespace sqlenv {

// How far it is: `questions` of those that are made; 0 while the file is looked through.
struct UserPackStage {
  int questions = 0;
  int of = 0;
};

// The pack and its database are named after the file. `told` hears of the work as it goes on, and
// stops it with TIMEOUT by returning true. NOT_A_DATABASE, TOO_LARGE or, if there is nothing to ask
// about, BAD_PACK; the message is for the player: what is wrong, and what to do.
Result<Pack> user_pack(NamedBytes file, const std::function<bool(UserPackStage)>& told = {});

// Whether the file was written with a write-ahead log, so that changes may lie in another file.
bool has_write_ahead_log(std::string_view bytes);

}  // namespace sqlenv
