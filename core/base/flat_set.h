// FlatSet: the distinct members of a sequence, for sets that only grow and then go away.
//
// Open addressing with linear probing in one block of memory; std::unordered_set allocates a block
// for each member. It has no iteration and no removal. Hash is a type whose objects turn a Key into
// a std::size_t; keys are cheap to copy (numbers, string_views). Keys that are made to collide slow
// it down, as in any table with a public hash: bound the number of keys from outside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sqlenv {

template <class Key, class Hash>
class FlatSet {
 public:
  // True if the key was not there.
  bool insert(const Key& key) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(key)];
    if (slot.used) return false;
    slot = {key, true};
    ++size_;
    return true;
  }

  bool contains(const Key& key) const { return size_ > 0 && slots_[place(key)].used; }
  std::size_t size() const { return size_; }

 private:
  struct Slot {
    Key key = {};
    bool used = false;
  };

  // The slot of the key, or the free slot for it. REQUIRES: a slot is free.
  std::size_t place(const Key& key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = Hash()(key) & mask;
    while (slots_[at].used && !(slots_[at].key == key)) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 16 : 2 * slots_.size());
    std::swap(old, slots_);
    for (const Slot& slot : old)
      if (slot.used) slots_[place(slot.key)] = slot;
  }

  std::vector<Slot> slots_;  // a power of two of them, at most half of them used
  std::size_t size_ = 0;
};

// Mixes all bits into the low ones.
struct HashOfWhole {
  std::size_t operator()(std::int64_t number) const {
    std::uint64_t x = static_cast<std::uint64_t>(number) * 0x9e3779b97f4a7c15ULL;
    return static_cast<std::size_t>(x ^ (x >> 32));
  }
};

}  // namespace sqlenv
