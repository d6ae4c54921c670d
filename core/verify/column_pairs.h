// ColumnPairs: whether an answer's column may stand for a gold column. For core/verify alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/verify/match.h"
#include "core/verify/row_pairing.h"

namespace sqlenv {

// The keys of two columns' cells: a gold cell and an answer's cell can be equal only if their keys
// are equal.
struct KeyPair {
  Keys gold;
  Keys answer;
};

class ColumnPairs {
 public:
  ColumnPairs(const Side& gold, const Side& answer, const CellRules& rules);

  // False if the answer's column cannot be paired with the gold's, cell by cell. Linear.
  bool fit(std::size_t gold_column, std::size_t answer_column);

  // Computed once for each pair.
  const KeyPair& keys(std::size_t gold_column, std::size_t answer_column);

 private:
  // How open cells of the answer are read when they are compared with a gold column.
  enum class Reading { kNumber, kText, kTextOrNull, kBlob, kNull, kMixed };

  struct Profile {
    Reading reading = Reading::kNull;
    bool tolerant = false;  // some gold cell is a real and the rules have a tolerance
  };

  // The sorted cells of a column, for comparing two columns in one pass.
  struct Fingerprint {
    std::vector<double> numbers;             // only if the profile is tolerant
    std::vector<std::uint32_t> number_rows;  // their rows
    Keys sorted;                             // the keys of all other cells
    Keys rows;                               // the key of each row, 0 for a number
    bool open = false;                       // the reading is mixed and some cell is open
  };

  Profile profile_of(const std::vector<Cell>& gold_column) const;
  static std::uint64_t key_of(const Cell& cell, const Profile& profile);
  static Fingerprint fingerprint(const std::vector<Cell>& column, const Profile& profile);
  const Fingerprint& answer_print(std::size_t column, const Profile& profile);
  bool numbers_fit(const std::vector<double>& gold, const std::vector<double>& answer) const;

  const Side& answer_;
  const CellRules& rules_;
  std::vector<Profile> profiles_;
  std::vector<Fingerprint> gold_prints_;
  std::map<std::pair<std::size_t, int>, Fingerprint> answer_prints_;
  std::map<std::pair<std::size_t, std::size_t>, KeyPair> keys_;
};

}  // namespace sqlenv
