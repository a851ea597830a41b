#pragma once

#include <cstdint>
#include <vector>

namespace truce::model {

/// Records that come and go within a trial, named by number. Memory is kept between trials, so a
/// pool allocates only while it grows beyond what any trial before has needed.
template <class T>
class Pool {
 public:
  std::uint32_t acquire() {
    if (free_.empty()) {
      items_.emplace_back();
      return static_cast<std::uint32_t>(items_.size() - 1);
    }
    const std::uint32_t id = free_.back();
    free_.pop_back();
    return id;  // cleared when it was released
  }

  void release(std::uint32_t id) {
    items_[id] = T{};
    free_.push_back(id);
  }

  void clear() {
    items_.clear();
    free_.clear();
  }

  T& operator[](std::uint32_t id) { return items_[id]; }
  const T& operator[](std::uint32_t id) const { return items_[id]; }
  /// Records in use and released ones.
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(items_.size()); }

 private:
  std::vector<T> items_;
  std::vector<std::uint32_t> free_;
};

}  // namespace truce::model
