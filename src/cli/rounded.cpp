#include "cli/rounded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/text_table.hpp"

namespace truce::cli {

namespace {

/// To so many decimals; to tens and so on where they are negative.
std::string rounded_to(double x, int decimals) {
  if (decimals >= 0) return results::decimal(x, std::min(decimals, 15));
  const double unit = std::pow(10.0, -decimals);
  return results::decimal(std::round(x / unit) * unit, 0);
}

/// Decimals that show that x is not at this end of the scale.
int decimals_apart(double x, double end, int decimals) {
  const double apart = std::abs(x - end);
  if (!(apart > 1e-12 * std::max(1.0, std::abs(end)))) return decimals;
  const int first = -static_cast<int>(std::floor(std::log10(apart)));
  // Half a unit of the last digit would round to the end.
  return apart < 0.5 * std::pow(10.0, -decimals) ? std::max(decimals, first) : decimals;
}

std::string shown_to(double x, int decimals, double top) {
  decimals = decimals_apart(x, 0, decimals);
  if (top > 0) decimals = decimals_apart(x, top, decimals);
  return rounded_to(x, decimals);
}

}  // namespace

Rounded rounded(double value, const results::Interval& interval, double top) {
  const double half = (interval.high - interval.low) / 2;
  if (!std::isfinite(value) || !std::isfinite(half) || half <= 0) {
    return {results::short_number(value), "", ""};
  }
  const int decimals = 1 - static_cast<int>(std::floor(std::log10(half)));
  return {shown_to(value, decimals, top), shown_to(interval.low, decimals, top),
          shown_to(interval.high, decimals, top)};
}

}  // namespace truce::cli
