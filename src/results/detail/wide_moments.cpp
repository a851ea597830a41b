#include "results/detail/wide_moments.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

namespace truce::results {

namespace {

using Whole = boost::multiprecision::cpp_int;

/// Bits behind the point of all sums.
constexpr unsigned point = 1075;

/// The sum as a whole number of what chunk `lower` counts, which is not above its lowest one.
Whole whole_of(const WideSum::Digits& digits, unsigned lower) {
  Whole result = 0;
  if (digits.chunks.empty()) return result;
  for (std::size_t i = digits.chunks.size(); i-- > 0;) {
    result <<= 32U;
    result += digits.chunks[i];
  }
  result <<= 32U * (digits.first - lower);
  return result;
}

/// a / (b 2^shift), rounded to 60 bits and then to a double.
double quotient(const Whole& a, const Whole& b, unsigned shift) {
  if (a == 0) return 0;
  const Whole size = a < 0 ? Whole(-a) : a;
  const int more = 60 + static_cast<int>(msb(b)) - static_cast<int>(msb(size));
  const Whole scaled = more > 0 ? Whole((size << static_cast<unsigned>(more)) / b)
                                : Whole((size >> static_cast<unsigned>(-more)) / b);
  const auto value = std::ldexp(static_cast<double>(scaled.convert_to<std::uint64_t>()),
                                -static_cast<int>(shift) - more);
  return a < 0 ? -value : value;
}

}  // namespace

void WideMoments::add(const WideMoments& other) {
  count_ += other.count_;
  values_.add(other.values_);
  squares_.add(other.squares_);
  cubes_.add(other.cubes_);
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

Moments WideMoments::moments() const {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (count_ == 0) return {};
  if (std::isinf(min_) || std::isinf(max_)) return {count_, nan, nan, nan, min_, max_};
  const WideSum::Digits s1 = values_.digits();
  const WideSum::Digits s2 = squares_.digits();
  const WideSum::Digits s3 = cubes_.digits();
  // All are whole numbers of 2^-unit: of the lowest chunk that any of them has.
  unsigned lower = point / 32;
  for (const auto* sum : {&s1, &s2, &s3}) {
    if (!sum->chunks.empty()) lower = std::min(lower, sum->first);
  }
  const unsigned unit = point - 32 * lower;
  const Whole a = whole_of(s1, lower);
  const Whole b = whole_of(s2, lower);
  const Whole c = whole_of(s3, lower);
  const Whole n = count_;
  const double mean = quotient(a, n, unit);
  if (squares_.beyond() != 0) return {count_, mean, infinite, nan, min_, max_};
  // sum (x - m)^2 = S2 - S1^2 / n, in units of 2^-(2 unit) / n.
  const Whole second = ((n * b) << unit) - a * a;
  const double squares = second > 0 ? quotient(second, n, 2 * unit) : 0;
  if (cubes_.beyond() != 0) return {count_, mean, squares, nan, min_, max_};
  // sum (x - m)^3 = S3 - 3 S1 S2 / n + 2 S1^3 / n^2, in units of 2^-(3 unit) / n^2.
  const Whole third = ((n * n * c) << (2 * unit)) - ((3 * n * a * b) << unit) + 2 * a * a * a;
  return {count_, mean, squares, quotient(third, n * n, 3 * unit), min_, max_};
}

void WideMoments::write(ByteWriter& to) const {
  to.whole(count_);
  values_.write(to);
  squares_.write(to);
  cubes_.write(to);
  to.real(min_);
  to.real(max_);
}

WideMoments WideMoments::read(ByteReader& from) {
  WideMoments moments;
  moments.count_ = from.whole();
  moments.values_ = WideSum::read(from);
  moments.squares_ = WideSum::read(from);
  moments.cubes_ = WideSum::read(from);
  moments.min_ = from.real();
  moments.max_ = from.real();
  return moments;
}

Moments exact_moments(std::span<const double> values) {
  WideMoments moments;
  for (const double x : values) {
    if (!std::isnan(x)) moments.add(x);
  }
  return moments.moments();
}

}  // namespace truce::results
