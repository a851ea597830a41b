#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>

#include "results/detail/bytes.hpp"
#include "results/detail/exact_sum.hpp"

namespace truce::results {

/// A sum of doubles without any rounding: it depends neither on their order nor on how they were
/// divided among threads, processes and files. Source: R. M. Neal, Fast exact summation using small
/// and large superaccumulators, arXiv:1505.05571 (2015). The sum is a whole number of 2^-1075, kept
/// in chunks of 32 bits, of which nearly all sums need a few neighbours only.
class WideSum {
 public:
  WideSum() = default;
  WideSum(const WideSum& other);
  WideSum& operator=(const WideSum& other);
  WideSum(WideSum&&) noexcept = default;
  WideSum& operator=(WideSum&&) noexcept = default;
  ~WideSum() = default;

  /// What is not finite is counted apart, see `beyond`.
  void add(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto exponent = static_cast<unsigned>((bits >> 52U) & 0x7FFU);
    std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52U) - 1);
    const bool negative = (bits >> 63U) != 0;
    if (exponent == 0x7FF) {
      beyond_ += negative ? -1 : 1;
      return;
    }
    if (exponent != 0) mantissa |= std::uint64_t{1} << 52U;
    if (mantissa == 0) return;
    const unsigned place = exponent == 0 ? 1 : exponent;
    const unsigned shift = place % 32;
    const auto low = static_cast<std::int64_t>((mantissa << shift) & 0xFFFFFFFFU);
    const auto high = static_cast<std::int64_t>(mantissa >> (32 - shift));
    std::int64_t* const chunks = chunks_at(place / 32);
    chunks[0] += negative ? -low : low;
    chunks[1] += negative ? -high : high;
    if (++pending_ == most_pending) carry();
  }
  void add(const WideSum& other);
  /// Adds x `times` times.
  void add_times(double x, std::int64_t times);

  /// How many terms were not finite: those above zero less those below.
  [[nodiscard]] std::int64_t beyond() const { return beyond_; }
  /// The sum, rounded to some 100 bits; infinite where `beyond` is not 0.
  [[nodiscard]] ExactSum rounded() const;
  /// Chunks from the lowest that is not 0 to the highest; each is below 2^32, but the last one,
  /// which has the sign. Chunk i counts 2^(32 i - 1075).
  struct Digits {
    unsigned first = 0;
    std::vector<std::int64_t> chunks;
  };
  [[nodiscard]] Digits digits() const;

  void write(ByteWriter& to) const;
  static WideSum read(ByteReader& from);

 private:
  static constexpr unsigned near_chunks = 8;
  static constexpr unsigned all_chunks = 67;
  static constexpr unsigned most_pending = 1024;  ///< as a term may add 2^52 to a chunk
  static constexpr unsigned unset = all_chunks;
  using All = std::array<std::int64_t, all_chunks>;

  std::int64_t* chunks_at(unsigned chunk) {
    if (all_) return all_->data() + chunk;
    if (first_ == unset) first_ = std::min(chunk < 3 ? 0 : chunk - 3, all_chunks - near_chunks);
    if (chunk < first_ || chunk + 1 >= first_ + near_chunks) {
      take_all();
      return all_->data() + chunk;
    }
    return near_.data() + (chunk - first_);
  }
  std::span<std::int64_t> chunks() {
    return all_ ? std::span<std::int64_t>(*all_) : std::span<std::int64_t>(near_);
  }
  void take_all();
  /// Leaves less than 2^32 in all chunks but the last one.
  void carry();

  std::array<std::int64_t, near_chunks> near_{};  ///< from chunk `first_` on
  std::unique_ptr<All> all_;                      ///< in their place, where they are too few
  unsigned first_ = unset;
  unsigned pending_ = 0;
  std::int64_t beyond_ = 0;
};

}  // namespace truce::results
