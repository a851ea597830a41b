#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace truce::results {

inline constexpr std::size_t most_bins = 100;

/// mantissa * 10^exponent, and multiples of it with the rounding of one division only, so that the
/// edges of bins 0.1 wide are 0.1, 0.2, 0.3.
struct BinWidth {
  double mantissa = 1;
  int exponent = 0;

  [[nodiscard]] double times(double n) const;
};

/// The exponent of the narrowest bins that numbers of that range may get, one value apart, which
/// gets wide ones: wider ranges, and larger numbers, never get narrower bins.
int finest_decade(double min, double max);

/// At most 100 bins of equal width 1, 2 or 5 times a power of ten, with edges at multiples of the
/// width, that cover [min, max]; both finite. Returns the edges: number of bins + 1, ascending.
std::vector<double> nice_edges(double min, double max);

/// Counts of numbers between edges: bin i is [edge i, edge i + 1), the last one closed.
class BinCounts {
 public:
  /// At least two edges, equally spaced.
  explicit BinCounts(std::vector<double> edges);

  /// Of these those within the edges are counted; NaN and infinite ones are not.
  void add(std::span<const double> numbers);

  [[nodiscard]] const std::vector<double>& edges() const { return edges_; }
  [[nodiscard]] const std::vector<std::uint64_t>& counts() const { return counts_; }

 private:
  std::vector<double> edges_;
  std::vector<std::uint64_t> counts_;
};

}  // namespace truce::results
