// The guided tour: three recorded episodes of one question, and places in them with a caption each.
// Pure.
#pragma once

#include <cstddef>
#include <string>

#include "app/playground/recording.h"

namespace sqlenv::ui {

std::size_t tour_length();  // number of places; each function below takes one of them
std::string tour_caption(std::size_t place);
std::size_t tour_step(std::size_t place);

// The episode in which the place is, and whether two places are in the same one.
Recording tour_recording(std::size_t place);
bool same_tour_episode(std::size_t a, std::size_t b);

// Begins the question of all episodes. It is one of the starter pack.
ResetOptions tour_question();

}  // namespace sqlenv::ui
