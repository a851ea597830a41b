#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace truce::base {

/// What comes one after the other: all of it, or where that is much how it begins and how it ends,
/// so that memory is bounded.
template <class T>
class Ends {
 public:
  static constexpr std::size_t at_first = 50'000;
  static constexpr std::size_t at_last = at_first;  ///< at least

  void push_back(T item) {
    items_.push_back(std::move(item));
    if (items_.size() < at_first + 2 * at_last) return;
    const auto middle = items_.begin() + at_first;
    items_.erase(middle, middle + at_last);
    left_out_ += at_last;
  }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] T& back() { return items_.back(); }
  /// Those that are kept, in their order.
  [[nodiscard]] const std::vector<T>& items() const { return items_; }
  [[nodiscard]] std::vector<T> take() { return std::move(items_); }
  /// How many came after the first ones and are not kept.
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  std::vector<T> items_;
  std::size_t left_out_ = 0;
};

}  // namespace truce::base
