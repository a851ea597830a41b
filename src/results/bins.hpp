#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace truce::results {

inline constexpr std::size_t most_bins = 100;

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
