#include "results/hidden_file.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <cstring>

namespace truce::results {

namespace {

/// A signal handler can reach nothing but globals, and may not allocate. A program has few files in
/// work at once; what finds no room is found by the next run of its output.
struct Slot {
  enum State : int { empty, filling, full };
  std::atomic<int> state = empty;
  std::array<char, PATH_MAX> path{};
};
std::array<Slot, 8> slots;
static_assert(std::atomic<int>::is_always_lock_free);

std::size_t remember(const std::string& path) {
  if (path.size() >= PATH_MAX) return slots.size();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    int expected = Slot::empty;
    if (!slots[i].state.compare_exchange_strong(expected, Slot::filling)) continue;
    std::memcpy(slots[i].path.data(), path.c_str(), path.size() + 1);
    slots[i].state = Slot::full;
    return i;
  }
  return slots.size();
}

}  // namespace

HiddenName::HiddenName(const std::filesystem::path& path)
    : path_(path), slot_(remember(path.string())) {}

HiddenName::~HiddenName() {
  if (!path_.empty()) ::unlink(path_.c_str());
  release();
}

void HiddenName::release() {
  if (slot_ < slots.size()) slots[slot_].state = Slot::empty;
  slot_ = slots.size();
  path_.clear();
}

void remove_hidden_files() noexcept {
  for (const Slot& slot : slots) {
    if (slot.state == Slot::full) ::unlink(slot.path.data());
  }
}

}  // namespace truce::results
