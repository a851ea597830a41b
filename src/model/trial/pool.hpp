#pragma once

#include <cstddef>
#include <vector>

#include "base/contract.hpp"
#include "model/ids.hpp"

namespace truce::model {

/// Free ids, last in, first out. Room is made beforehand, so that giving one back is a store.
template <class IdType>
class FreeIds {
 public:
  /// For ids below `count`.
  void make_room(std::size_t count) {
    if (ids_.size() < count) ids_.resize(count);
  }
  void clear() { size_ = 0; }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  void give(IdType id) {
    TRUCE_EXPECT(size_ < ids_.size());
    ids_[size_++] = id;
  }
  IdType take() {
    TRUCE_EXPECT(size_ > 0);
    return ids_[--size_];
  }

 private:
  std::vector<IdType> ids_;
  std::size_t size_ = 0;
};

/// Records that come and go within a trial. Memory is kept between trials, so a pool allocates only
/// while it grows beyond what any trial before has needed. Which ids are given out depends on what
/// was acquired and released since `clear` alone.
template <class IdType, class T>
class Pool {
 public:
  IdType acquire() {
    if (!free_.empty()) return free_.take();  // cleared when it was released
    items_.emplace_back();
    free_.make_room(items_.capacity());
    return IdType(items_.size() - 1);
  }

  void release(IdType id) {
    TRUCE_EXPECT(id.index() < items_.size() && free_.size() < items_.size());
    items_[id.index()] = T{};
    free_.give(id);
  }

  void clear() {
    items_.clear();
    free_.clear();
  }

  T& operator[](IdType id) {
    TRUCE_EXPECT(id.index() < items_.size());
    return items_[id.index()];
  }
  const T& operator[](IdType id) const {
    TRUCE_EXPECT(id.index() < items_.size());
    return items_[id.index()];
  }
  /// Of records in use and of released ones, which are as `T{}`.
  [[nodiscard]] Ids<IdType> ids() const { return Ids<IdType>(items_.size()); }

 private:
  std::vector<T> items_;
  FreeIds<IdType> free_;
};

}  // namespace truce::model
