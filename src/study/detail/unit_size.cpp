#include "study/detail/unit_size.hpp"

#include <algorithm>
#include <cmath>

#include "study/run.hpp"

namespace truce::study {

namespace {

// What a unit should not exceed.
constexpr double most_bytes = 4 << 20U;
constexpr double most_seconds = 0.1;

double bytes_of(const results::Block& block) {
  std::size_t bytes = block.segments.size() * sizeof(results::TimelineSegment) +
                      block.chronicle.size() * sizeof(results::ChronicleRow);
  for (const auto* columns : {&block.columns, &block.drawn}) {
    for (const auto& column : *columns) bytes += column.size() * sizeof(double);
  }
  for (const results::ChronicleRow& row : block.chronicle) {
    bytes += row.what.size() + row.who.size() + row.why.size();
  }
  return static_cast<double>(bytes);
}

}  // namespace

void UnitSize::measure(const FinishedUnit& finished) {
  const double trials = static_cast<double>(finished.block.status.size());
  if (trials == 0) return;
  const double bytes = bytes_of(finished.block);
  const std::scoped_lock lock(mutex_);
  // Of time the mean counts: one trial that waits for a processor is no slow one.
  seconds_ += finished.seconds;
  measured_ += trials;
  most_bytes_ = std::max(most_bytes_, bytes / trials);
  const double cost =
      std::max(most_bytes_ / most_bytes, seconds_ / measured_ / most_seconds);  // in units
  // What few trials cost tells little of many.
  const double most = static_cast<double>(std::min(2 * size_, block_trials));
  size_ = static_cast<std::uint64_t>(std::clamp(std::floor(1 / cost), 1.0, most));
}

std::uint64_t UnitSize::end_of(std::uint64_t first, std::uint64_t trials) {
  const std::scoped_lock lock(mutex_);
  const std::uint64_t border = (first / block_trials + 1) * block_trials;
  return std::max(first, std::min({first + size_, border, trials}));
}

}  // namespace truce::study
