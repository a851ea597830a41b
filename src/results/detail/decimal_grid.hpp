#pragma once

#include <cstdint>
#include <vector>

#include "results/bins.hpp"
#include "results/detail/bytes.hpp"

namespace truce::results {

/// Counts numbers by cells of width 10^k, from which those of any bins that these may get follow
/// exactly, without a second look at the numbers: the cells are narrower than such bins, and begin
/// where these do. They get ten times wider as the range of the numbers grows, so that they stay
/// few.
class DecimalGrid {
 public:
  /// x is finite.
  void add(double x);
  void add(const DecimalGrid& other);

  /// How many lie between the edges, which are those that `nice_edges` gives for all of them.
  [[nodiscard]] std::vector<std::uint64_t> counts(const std::vector<double>& edges) const;

  void write(ByteWriter& to) const;
  static DecimalGrid read(ByteReader& from);

 private:
  static constexpr std::int64_t most_cells = 10'000;
  static constexpr double largest_number = 1e15;  ///< of a cell

  [[nodiscard]] bool holds(double x) const;
  [[nodiscard]] std::int64_t cell_of(double x) const;
  /// The lower edge.
  [[nodiscard]] double edge(std::int64_t cell) const;
  void set_decade(int decade);
  void widen();
  void count(std::int64_t cell, std::uint64_t numbers);

  std::uint64_t zeros_ = 0;  ///< which say nothing about the width
  std::vector<std::uint64_t> cells_;
  std::int64_t first_ = 0;  ///< number of the first cell
  int decade_ = 0;          ///< of the cells' width, once there are any
  double scale_ = 1;        ///< 10^|decade|
};

}  // namespace truce::results
