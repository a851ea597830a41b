#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace truce::results {

/// Bits of a double as a number that is ordered as the doubles are; -0 counts as 0. Not for NaN.
inline std::uint64_t ordered_bits(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x + 0.0);
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

inline double from_ordered_bits(std::uint64_t ordered) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  return std::bit_cast<double>((ordered & sign) != 0 ? ordered & ~sign : ~ordered);
}

/// Mantissa bits of a bucket: doubles that agree in sign, exponent and these are in one bucket, so
/// that a bucket is at most 2^-9 = 0.2 % wide, and its middle at most 0.1 % from all in it.
inline constexpr unsigned bucket_bits = 9;

using Bucket = std::uint32_t;

inline Bucket bucket_of(double x) {
  return static_cast<Bucket>(ordered_bits(x) >> (52U - bucket_bits));
}

/// T by bucket, in pages of one sign and exponent each. T{} means absent.
template <class T>
class BucketMap {
 public:
  T& operator[](Bucket bucket) {
    if (pages_.empty()) pages_.resize(page_count);
    auto& page = pages_[bucket / page_size];
    if (!page) page = std::make_unique<Page>();
    return (*page)[bucket % page_size];
  }

  /// nullptr where nothing near the bucket is.
  [[nodiscard]] const T* find(Bucket bucket) const {
    if (pages_.empty()) return nullptr;
    const auto& page = pages_[bucket / page_size];
    return page ? &(*page)[bucket % page_size] : nullptr;
  }

  /// Calls f(bucket, T) in the order of the buckets for all that are not T{}.
  template <class F>
  void for_each(F&& f) const {
    for (std::size_t p = 0; p < pages_.size(); ++p) {
      if (!pages_[p]) continue;
      for (std::size_t i = 0; i < page_size; ++i) {
        const T& item = (*pages_[p])[i];
        if (item != T{}) f(static_cast<Bucket>(p * page_size + i), item);
      }
    }
  }

 private:
  static constexpr std::size_t page_size = std::size_t{1} << bucket_bits;
  static constexpr std::size_t page_count = std::size_t{1} << 12U;
  using Page = std::array<T, page_size>;

  std::vector<std::unique_ptr<Page>> pages_;
};

}  // namespace truce::results
