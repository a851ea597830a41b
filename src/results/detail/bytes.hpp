#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace truce::results {

/// Writes numbers one behind the other: the state of statistics that are to be joined with others.
class ByteWriter {
 public:
  /// Seven bits a byte, the lowest first: small numbers, which most are, take one byte.
  void whole(std::uint64_t x) {
    for (; x >= 0x80; x >>= 7U) bytes_.push_back(static_cast<std::uint8_t>(x | 0x80U));
    bytes_.push_back(static_cast<std::uint8_t>(x));
  }
  void number(std::int64_t x) {
    whole((static_cast<std::uint64_t>(x) << 1U) ^ static_cast<std::uint64_t>(x >> 63));
  }
  void real(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    for (unsigned i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
  }

  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Reads what a ByteWriter wrote. Throws std::range_error where there is something else.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint64_t whole() {
    std::uint64_t x = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = next();
      x |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return x;
    }
    fail();
  }
  std::int64_t number() {
    const std::uint64_t x = whole();
    return static_cast<std::int64_t>(x >> 1U) ^ -static_cast<std::int64_t>(x & 1U);
  }
  double real() {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) bits |= static_cast<std::uint64_t>(next()) << (8 * i);
    return std::bit_cast<double>(bits);
  }
  /// A whole number below `end`.
  std::uint64_t whole_below(std::uint64_t end) {
    const std::uint64_t x = whole();
    if (x >= end) fail();
    return x;
  }
  /// How many things follow, of a byte at least each.
  std::uint64_t count() { return whole_below(bytes_.size() + 1); }

  [[nodiscard]] bool done() const { return bytes_.empty(); }
  [[noreturn]] static void fail() {
    throw std::range_error("the state of its statistics is damaged");
  }

 private:
  std::uint8_t next() {
    if (bytes_.empty()) fail();
    const std::uint8_t byte = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return byte;
  }

  std::span<const std::uint8_t> bytes_;
};

}  // namespace truce::results
