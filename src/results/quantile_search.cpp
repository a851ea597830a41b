#include "results/quantile_search.hpp"

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
  intervals_ = {quantiles_, quantiles_};
  if (histogram.count() == 0) return;
  const auto entries = histogram.entries();
  auto at = entries.begin();
  std::uint64_t below = 0;
  for (const Target& target : targets(histogram.count())) {
    while (below + at->count <= target.rank) below += (at++)->count;
    place({.low = ordered_bits(at->min), .high = ordered_bits(at->max), .count = at->count},
          {.value = target.value, .rank = target.rank - below}, gaps_);
  }
  prepare();
}

std::vector<QuantileSearch::Target> QuantileSearch::targets(std::uint64_t count) {
  std::vector<Target> result;
  const auto add = [&](double& value, std::int64_t rank) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    if (rank < 0) {
      value = -infinite;
    } else if (static_cast<std::uint64_t>(rank) >= count) {
      value = infinite;
    } else {
      result.push_back({.value = &value, .rank = static_cast<std::uint64_t>(rank)});
    }
  };
  const QuantileRanks ranks = quantile_interval_ranks(count);
  for (std::size_t q = 0; q < quantile_count; ++q) {
    add(quantiles_[q], static_cast<std::int64_t>(quantile_rank(quantile_thousandths[q], count)));
    add(intervals_.low[q], ranks.low[q]);
    add(intervals_.high[q], ranks.high[q]);
  }
  std::ranges::sort(result, {}, &Target::rank);
  return result;
}

void QuantileSearch::place(const Gap& bounds, Target target, std::vector<Gap>& gaps) {
  if (bounds.low == bounds.high) {
    *target.value = from_ordered_bits(bounds.low);
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
    if (total > keep_) {
      const auto width = static_cast<unsigned>(std::bit_width(gap.high - gap.low));
      gap.part_shift = width > part_bits ? width - part_bits : 0;
      gap.parts.resize(((gap.high - gap.low) >> gap.part_shift) + 1);
    }
  }
}

bool QuantileSearch::settle() {
  const bool any = !gaps_.empty();
  for (const Gap& gap : gaps_) {
    const double low = from_ordered_bits(gap.low);
    const double middle = low + (from_ordered_bits(gap.high) - low) / 2;
    for (const Target& target : gap.targets) *target.value = middle;
  }
  gaps_.clear();
  return any;
}

void QuantileSearch::add(std::span<const double> numbers) {
  for (const double x : numbers) {
    if (std::isnan(x)) continue;
    const std::uint64_t bits = ordered_bits(x);
    const auto gap = std::ranges::lower_bound(gaps_, bits, {}, &Gap::high);
    if (gap == gaps_.end() || bits < gap->low) continue;
    if (gap->parts.empty()) {
      gap->kept.push_back(x);
    } else {
      Part& part = gap->parts[(bits - gap->low) >> gap->part_shift];
      part.min = std::min(part.min, bits);
      part.max = std::max(part.max, bits);
      ++part.count;
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
        *target.value = gap.kept.at(target.rank) + 0.0;
        continue;
      }
      while (below + part->count <= target.rank) below += (part++)->count;
      place({.low = part->min, .high = part->max, .count = part->count},
            {.value = target.value, .rank = target.rank - below}, narrower);
    }
  }
  gaps_ = std::move(narrower);
  prepare();
}

}  // namespace truce::results
