#include "results/detail/shown_shares.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace truce::results {

ShownShares shown_shares(const std::vector<Share>& shares, std::size_t most) {
  ShownShares result;
  std::vector<std::uint64_t> counts;
  for (const Share& share : shares) {
    if (share.count > 0) counts.push_back(share.count);
  }
  result.never = shares.size() - counts.size();
  std::ranges::sort(counts, std::greater());
  // One line that stands for one of them would save nothing.
  const bool all = counts.size() <= most + 1;
  const std::uint64_t least = all ? 0 : counts[most - 1];
  const auto first_alike = std::ranges::lower_bound(counts, least, std::greater());
  std::size_t alike = all ? 0 : most - static_cast<std::size_t>(first_alike - counts.begin());
  for (const Share& share : shares) {
    if (share.count == 0) continue;
    bool frequent = all || share.count > least;
    if (!frequent && share.count == least && alike > 0) {
      frequent = true;
      --alike;
    }
    (frequent ? result.shown : result.rare).push_back(&share);
  }
  return result;
}

}  // namespace truce::results
