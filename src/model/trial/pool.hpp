#pragma once

#include <cstdint>
#include <vector>

namespace truce::model {

/// Free numbers, last in, first out. Room is made beforehand, so that giving one back is a store.
class FreeNumbers {
 public:
  /// For numbers below `count`.
  void make_room(std::size_t count) {
    if (numbers_.size() < count) numbers_.resize(count);
  }
  void clear() { size_ = 0; }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  void give(std::uint32_t number) { numbers_[size_++] = number; }
  std::uint32_t take() { return numbers_[--size_]; }

 private:
  std::vector<std::uint32_t> numbers_;
  std::size_t size_ = 0;
};

/// Records that come and go within a trial, named by number. Memory is kept between trials, so a
/// pool allocates only while it grows beyond what any trial before has needed.
template <class T>
class Pool {
 public:
  std::uint32_t acquire() {
    if (!free_.empty()) return free_.take();  // cleared when it was released
    items_.emplace_back();
    free_.make_room(items_.capacity());
    return static_cast<std::uint32_t>(items_.size() - 1);
  }

  void release(std::uint32_t id) {
    items_[id] = T{};
    free_.give(id);
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
  FreeNumbers free_;
};

}  // namespace truce::model
