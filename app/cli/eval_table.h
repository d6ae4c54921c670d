// The result of an evaluation as a table for people, on standard output.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/policy/evaluate.h"
#include "core/policy/model_evaluation.h"

namespace sqlenv::cli {

// `player` is such as "policy explorer".
void print_evaluation(const std::string& player, const Pack& pack, const ResetOptions& reset,
                      const Evaluation& result);

// What a language model's evaluation has besides.
void print_model_evaluation(const ModelEvaluation& model, std::int64_t episodes);

// With this many decimals.
std::string fixed_text(double value, int digits);

// With commas between thousands.
std::string grouped_text(std::int64_t number);

}  // namespace sqlenv::cli
