#pragma once

#include <cstddef>
#include <vector>

#include "results/summary.hpp"

namespace truce::results {

/// Those that occurred, the most frequent where there are many, in their order; how many have none.
struct ShownShares {
  std::vector<const Share*> shown;
  std::vector<const Share*> rare;
  std::size_t never = 0;
};
ShownShares shown_shares(const std::vector<Share>& shares, std::size_t most);

}  // namespace truce::results
