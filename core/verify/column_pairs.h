// What is known of each pair of a gold column and an answer's column. For core/verify alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/verify/match.h"
#include "core/verify/row_pairing.h"

namespace sqlenv {

// Keys of a column's cells: a gold and an answer's cell may be equal only if their keys are.
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
  // How an answer's open cells are read beside a gold column.
  enum class Reading { kNumber, kText, kTextOrNull, kBlob, kNull, kMixed };

  struct Profile {
    Reading reading = Reading::kNull;
    bool tolerant = false;  // some gold cell is a real and the rules have a tolerance
  };

  // A column's cells, sorted, so that two columns are compared in one pass.
  struct Fingerprint {
    std::vector<double> numbers;             // where the profile is tolerant
    std::vector<std::uint32_t> number_rows;  // the row of each
    Keys sorted;                             // of all other cells
    Keys rows;                               // the key of each row; numbers have none
    bool open = false;                       // some cell was open and the reading is mixed
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
