// The compact dialect: an episode in about 150 tokens.
//
//   How many pets have died?                    the question
//   residence student species pet               the tables
//   D pet                                       an action of the model: D, S, Q or A
//   pet(pet_id*, species_id>species, died_on)   the answer to D: * primary key, > foreign key
//   Q SELECT count(died_on) FROM pet
//   = 9                                         a row; "= (20 rows)" counts them if not all are
//   shown A =                                         answers with the rows of the last query
//
// An error is a line "! CODE: message". These functions are pure and read only what an agent sees.
#pragma once

#include <string>
#include <string_view>

#include "core/episode/action.h"
#include "core/episode/observation.h"

namespace sqlenv {

// The question and the tables, a line each.
std::string compact_opening(const Observation& first);

// One line for an action, without its end: line breaks in the argument become blanks. An action
// that is none of the four is written as its argument alone.
std::string compact_action(const Action& action);

// The lines that follow the action, each with its end. Nothing follows an answer that was taken.
std::string compact_observation(const Action& action, const Observation& observation);

// An error line with its end. Long messages are cut at a blank.
std::string compact_error(std::string_view message);

}  // namespace sqlenv
