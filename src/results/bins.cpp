#include "results/bins.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace truce::results {

namespace {

/// Narrower bins than that would have edges that doubles cannot tell apart.
double finest(double min, double max) {
  return std::max(std::abs(min), std::abs(max)) * 1e-12;
}

double least_width(double min, double max) {
  const double bins = static_cast<double>(most_bins);
  return std::max({max / bins - min / bins, finest(min, max), 1e-300});
}

}  // namespace

double BinWidth::times(double n) const {
  return exponent < 0 ? n * mantissa / std::pow(10.0, -exponent)
                      : n * mantissa * std::pow(10.0, exponent);
}

int finest_decade(double min, double max) {
  return static_cast<int>(std::floor(std::log10(least_width(min, max))));
}

std::vector<double> nice_edges(double min, double max) {
  const double bins = static_cast<double>(most_bins);
  const double least = min == max ? std::max(finest(min, max), 1.0) : least_width(min, max);
  const int decade = static_cast<int>(std::floor(std::log10(least)));
  for (int exponent = decade;; ++exponent) {
    for (const double mantissa : std::array{1.0, 2.0, 5.0}) {
      const BinWidth width{mantissa, exponent};
      if (width.times(1) < least * (1 - 1e-9)) continue;
      const double first = std::floor(min / width.times(1));
      const double last = std::max(std::ceil(max / width.times(1)), first + 1);
      if (last - first > bins) continue;
      std::vector<double> edges;
      for (double n = first; n <= last; ++n) {
        edges.push_back(
            std::clamp(width.times(n), -1.7976931348623157e308, 1.7976931348623157e308));
      }
      // Division and multiplication round differently: the range is covered whatever they did.
      edges.front() = std::min(edges.front(), min);
      edges.back() = std::max(edges.back(), max);
      return edges;
    }
  }
}

BinCounts::BinCounts(std::vector<double> edges)
    : edges_(std::move(edges)), counts_(edges_.size() - 1) {}

void BinCounts::add(std::span<const double> numbers) {
  const double low = edges_.front();
  const double high = edges_.back();
  const double bins = static_cast<double>(counts_.size());
  // Divided first, as the range of very large numbers is not a number of its own.
  const double scale = 1 / (high / bins - low / bins);
  const std::size_t last = counts_.size() - 1;
  for (const double x : numbers) {
    if (!(x >= low && x <= high)) continue;
    const double guess = std::clamp(x * scale - low * scale, 0.0, bins - 1);
    auto bin = static_cast<std::size_t>(guess);
    while (bin > 0 && x < edges_[bin]) --bin;
    while (bin < last && x >= edges_[bin + 1]) ++bin;
    ++counts_[bin];
  }
}

}  // namespace truce::results
