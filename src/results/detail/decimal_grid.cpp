#include "results/detail/decimal_grid.hpp"

#include <algorithm>
#include <cmath>

namespace truce::results {

void DecimalGrid::add(double x) {
  if (x == 0) {
    ++zeros_;
    return;
  }
  if (cells_.empty()) set_decade(finest_decade(x, x) - 1);
  while (!holds(x)) widen();
  count(cell_of(x), 1);
}

bool DecimalGrid::holds(double x) const {
  return std::abs(decade_ < 0 ? x * scale_ : x / scale_) <= largest_number;
}

void DecimalGrid::set_decade(int decade) {
  decade_ = decade;
  scale_ = std::pow(10.0, std::abs(decade));
}

double DecimalGrid::edge(std::int64_t cell) const {
  const auto n = static_cast<double>(cell);
  return decade_ < 0 ? n / scale_ : n * scale_;
}

std::int64_t DecimalGrid::cell_of(double x) const {
  auto cell = static_cast<std::int64_t>(std::floor(decade_ < 0 ? x * scale_ : x / scale_));
  while (x < edge(cell)) --cell;
  while (x >= edge(cell + 1)) ++cell;
  return cell;
}

void DecimalGrid::count(std::int64_t cell, std::uint64_t numbers) {
  if (cells_.empty()) first_ = cell;
  for (;;) {
    const std::int64_t first = std::min(first_, cell);
    const std::int64_t end = std::max(first_ + static_cast<std::int64_t>(cells_.size()), cell + 1);
    if (end - first <= most_cells) {
      cells_.insert(cells_.begin(), static_cast<std::size_t>(first_ - first), 0);
      first_ = first;
      cells_.resize(static_cast<std::size_t>(end - first));
      cells_[static_cast<std::size_t>(cell - first)] += numbers;
      return;
    }
    widen();
    cell = cell >= 0 ? cell / 10 : -((9 - cell) / 10);
  }
}

void DecimalGrid::widen() {
  const auto cells = std::move(cells_);
  cells_.clear();
  const std::int64_t first = first_;
  set_decade(decade_ + 1);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] == 0) continue;
    const std::int64_t cell = first + static_cast<std::int64_t>(i);
    count(cell >= 0 ? cell / 10 : -((9 - cell) / 10), cells[i]);
  }
}

void DecimalGrid::add(const DecimalGrid& other) {
  zeros_ += other.zeros_;
  if (other.cells_.empty()) return;
  if (cells_.empty()) {
    cells_ = other.cells_;
    first_ = other.first_;
    set_decade(other.decade_);
    return;
  }
  DecimalGrid added(other);
  while (added.decade_ < decade_) added.widen();
  while (decade_ < added.decade_) widen();
  for (std::size_t i = 0; i < added.cells_.size(); ++i) {
    if (added.cells_[i] == 0) continue;
    // Where this one has become wider meanwhile.
    std::int64_t cell = added.first_ + static_cast<std::int64_t>(i);
    for (int d = added.decade_; d < decade_; ++d) cell = cell >= 0 ? cell / 10 : -((9 - cell) / 10);
    count(cell, added.cells_[i]);
  }
}

std::vector<std::uint64_t> DecimalGrid::counts(const std::vector<double>& edges) const {
  std::vector<std::uint64_t> counts(edges.size() - 1);
  const auto add = [&](double lower, std::uint64_t numbers) {
    const auto above = std::ranges::upper_bound(edges, lower);
    const auto bin = std::clamp<std::ptrdiff_t>(above - edges.begin() - 1, 0,
                                                static_cast<std::ptrdiff_t>(counts.size()) - 1);
    counts[static_cast<std::size_t>(bin)] += numbers;
  };
  if (zeros_ > 0) add(0, zeros_);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i] > 0) add(edge(first_ + static_cast<std::int64_t>(i)), cells_[i]);
  }
  return counts;
}

void DecimalGrid::write(ByteWriter& to) const {
  to.whole(zeros_);
  to.number(decade_);
  to.number(first_);
  to.whole(cells_.size());
  for (const std::uint64_t cell : cells_) to.whole(cell);
}

DecimalGrid DecimalGrid::read(ByteReader& from) {
  DecimalGrid grid;
  grid.zeros_ = from.whole();
  const std::int64_t decade = from.number();
  if (std::abs(decade) > 330) ByteReader::fail();
  grid.set_decade(static_cast<int>(decade));
  grid.first_ = from.number();
  if (std::abs(grid.first_) > std::int64_t{1} << 60U) ByteReader::fail();
  grid.cells_.resize(from.whole_below(static_cast<std::uint64_t>(most_cells) + 1));
  for (std::uint64_t& cell : grid.cells_) cell = from.whole();
  return grid;
}

}  // namespace truce::results
