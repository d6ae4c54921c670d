// Catalog: every pack that a program has loaded. Immutable; shared between threads by
// shared_ptr<const Catalog>. The first pack is the default one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"
#include "core/task/pack.h"

namespace sqlenv {

// Selects questions. An empty filter selects all of the default pack.
struct QuestionFilter {
  std::optional<std::string> pack;
  std::optional<std::string> database;
  std::optional<std::string> difficulty;
  std::optional<std::string> split;
  std::optional<std::string> question_id;
};

struct Task {
  const Pack* pack = nullptr;
  const PackDatabase* database = nullptr;
  const Question* question = nullptr;
};

class Catalog {
 public:
  // REQUIRES: at least one pack, and distinct names.
  explicit Catalog(std::vector<Pack> packs);

  const std::vector<Pack>& packs() const { return packs_; }
  const Pack* find_pack(std::string_view name) const;

  // Tasks point into the packs, so a catalog is not copied.
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

  // The matching tasks, in the pack's order. BAD_OPTION if a name is unknown or nothing matches;
  // the message lists the names that exist.
  Result<std::vector<Task>> select(const QuestionFilter& filter) const;

  // The task that a record names. NOT_FOUND if there is no such pack or question; MISMATCH if the
  // pack has another digest.
  Result<Task> find_task(const std::string& pack, const std::string& digest,
                         const std::string& question_id) const;

 private:
  std::vector<Pack> packs_;
  // The questions of a pack in its order and by id. The ids are views of the pack's texts.
  struct Index {
    std::vector<Task> tasks;
    std::unordered_map<std::string_view, std::size_t> by_id;
  };

  const Index& index_of(const Pack& pack) const;

  std::vector<Index> indexes_;  // for each pack
};

}  // namespace sqlenv
