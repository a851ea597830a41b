#include "truce/results/quantile_search.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace truce::results {

namespace {

constexpr unsigned part_bits = 12;

}  // namespace

QuantileSearch::QuantileSearch(const BucketHistogram& histogram, std::uint64_t keep) : keep_(keep) {
  quantiles_.fill(std::numeric_limits<double>::quiet_NaN());
  if (histogram.count() == 0) return;
  const auto entries = histogram.entries();
  auto at = entries.begin();
  std::uint64_t below = 0;
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const std::uint64_t rank = quantile_rank(quantile_thousandths[q], histogram.count());
    while (below + at->count <= rank) below += (at++)->count;
    place({.low = ordered_bits(at->min), .high = ordered_bits(at->max), .count = at->count},
          {.quantile = q, .rank = rank - below}, gaps_);
  }
  prepare();
}

void QuantileSearch::place(const Gap& bounds, Target target, std::vector<Gap>& gaps) {
  if (bounds.low == bounds.high) {
    quantiles_[target.quantile] = from_ordered_bits(bounds.low);
    return;
  }
  if (gaps.empty() || gaps.back().low != bounds.low) {
    gaps.push_back({.low = bounds.low, .high = bounds.high, .count = bounds.count});
  }
  gaps.back().targets.push_back(target);
}

void QuantileSearch::prepare() {
  std::uint64_t total = 0;
  for (const Gap& gap : gaps_) total += gap.count;
  for (Gap& gap : gaps_) {
    if (total <= keep_) {
      gap.kept.reserve(gap.count);
    } else {
      const auto width = static_cast<unsigned>(std::bit_width(gap.high - gap.low));
      gap.part_shift = width > part_bits ? width - part_bits : 0;
      gap.parts.resize(((gap.high - gap.low) >> gap.part_shift) + 1);
    }
  }
}

void QuantileSearch::add(std::span<const double> numbers) {
  for (const double x : numbers) {
    if (std::isnan(x)) continue;
    const std::uint64_t bits = ordered_bits(x);
    for (Gap& gap : gaps_) {
      if (bits > gap.high) continue;
      if (bits < gap.low) break;
      if (gap.parts.empty()) {
        gap.kept.push_back(x);
      } else {
        Part& part = gap.parts[(bits - gap.low) >> gap.part_shift];
        part.min = std::min(part.min, bits);
        part.max = std::max(part.max, bits);
        ++part.count;
      }
      break;
    }
  }
}

void QuantileSearch::end_pass() {
  std::vector<Gap> narrower;
  for (Gap& gap : gaps_) {
    std::ranges::sort(gap.kept);
    auto part = gap.parts.begin();
    std::uint64_t below = 0;
    for (const Target& target : gap.targets) {
      if (gap.parts.empty()) {
        quantiles_[target.quantile] = gap.kept.at(target.rank) + 0.0;
        continue;
      }
      while (below + part->count <= target.rank) below += (part++)->count;
      place({.low = part->min, .high = part->max, .count = part->count},
            {.quantile = target.quantile, .rank = target.rank - below}, narrower);
    }
  }
  gaps_ = std::move(narrower);
  prepare();
}

}  // namespace truce::results
