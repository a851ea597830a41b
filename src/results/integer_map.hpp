#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace truce::results {

/// T by whole number: an array for the small non-negative ones, which nearly all counts are, a tree
/// for the others. T{} means absent.
template <class T>
class IntegerMap {
 public:
  T& operator[](std::int64_t key) {
    if (key < 0 || key >= small) return others_[key];
    const auto index = static_cast<std::size_t>(key);
    if (index >= small_.size()) small_.resize(index + 1);
    return small_[index];
  }

  /// Calls f(key, T) in the order of the keys for all that are not T{}.
  template <class F>
  void for_each(F&& f) const {
    auto other = others_.begin();
    for (; other != others_.end() && other->first < 0; ++other) visit(f, *other);
    for (std::size_t i = 0; i < small_.size(); ++i) {
      if (small_[i] != T{}) f(static_cast<std::int64_t>(i), small_[i]);
    }
    for (; other != others_.end(); ++other) visit(f, *other);
  }

 private:
  static constexpr std::int64_t small = 65'536;

  template <class F, class Entry>
  static void visit(F& f, const Entry& entry) {
    if (entry.second != T{}) f(entry.first, entry.second);
  }

  std::vector<T> small_;
  std::map<std::int64_t, T> others_;
};

}  // namespace truce::results
