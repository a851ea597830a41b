#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "engine/distributions.hpp"

namespace truce::engine {

/// The lower tail: P(X <= x); the upper: P(X > x), which keeps its precision where that is small.
enum class Tail { lower, upper };

/// A family of distributions. Each has a file of its own in this folder, named like it, which
/// defines it in the namespace `laws`; nothing else lists them.
struct Law {
  using Parameters = std::span<const double>;

  std::string_view name;  ///< in the language
  /// In order, e.g. {"mean", "sd"}; none where any number of values may be given.
  std::span<const std::string_view> parameters;
  bool discrete;  ///< all values are whole numbers, or listed ones
  /// Why finite parameters, of the right number, make no distribution; empty where they do.
  std::string_view (*problem)(Parameters p);
  /// Smallest x with P(X <= x) >= u, or with P(X > x) <= u; 0 < u < 1.
  double (*quantile)(Parameters p, double u, Tail tail);
  /// P(X <= x), or P(X > x).
  double (*probability)(Parameters p, double x, Tail tail);
  double (*mean)(Parameters p);
  double (*variance)(Parameters p);
  /// Of X given low <= X <= high, where inversion of the two tails will not do; else null.
  double (*truncated)(Parameters p, double low, double high, double u) = nullptr;
};

namespace laws {

#define TRUCE_LAW(name) extern const Law name;
#include "truce_laws.def"
#undef TRUCE_LAW

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double most_counted = 1e9;

inline bool is_probability(double p) {
  return p >= 0 && p <= 1;
}

/// Probability of a tail where all of the distribution is at one value.
inline double at_once(double only, double x, Tail tail) {
  return (x >= only) == (tail == Tail::lower) ? 1 : 0;
}

/// `inside()` for x between the bounds, else 0 or 1.
template <class Inside>
double bounded(double low, double high, double x, Tail tail, Inside inside) {
  if (x <= low) return tail == Tail::lower ? 0.0 : 1.0;
  if (x >= high) return tail == Tail::lower ? 1.0 : 0.0;
  return static_cast<double>(inside());
}

/// ln P(X > x) of the quantile x that is searched for.
inline double log_above(double u, Tail tail) {
  return tail == Tail::lower ? std::log1p(-u) : std::log(u);
}

/// The probability of a tail from ln P(X > x).
inline double from_log_above(double log_above, Tail tail) {
  return tail == Tail::lower ? -std::expm1(log_above) : std::exp(log_above);
}

}  // namespace laws

}  // namespace truce::engine
