#include "results/detail/share_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace truce::results {

ShareStatistics::ShareStatistics(std::vector<std::string> labels, std::size_t days)
    : labels_(std::move(labels)), days_(days), counts_(labels_.size() * days) {}

void ShareStatistics::add(std::size_t code, double duration) {
  const std::size_t last = days_ - 1;
  // Written so that NaN and all beyond the horizon go to the last day.
  const std::size_t day = duration <= static_cast<double>(last)
                              ? static_cast<std::size_t>(std::max(0.0, std::ceil(duration)))
                              : last;
  ++counts_[code * days_ + day];
}

void ShareStatistics::add(const ShareStatistics& other) {
  std::ranges::transform(counts_, other.counts_, counts_.begin(), std::plus());
}

void ShareStatistics::write(ByteWriter& to) const {
  for (const std::uint64_t count : counts_) to.whole(count);
}

void ShareStatistics::read(ByteReader& from) {
  for (std::uint64_t& count : counts_) count = from.whole();
}

std::vector<Share> ShareStatistics::shares() const {
  const std::uint64_t n = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
  const auto share_of = [&](std::uint64_t count) {
    return n == 0 ? std::numeric_limits<double>::quiet_NaN()
                  : static_cast<double>(count) / static_cast<double>(n);
  };
  std::vector<Share> result;
  for (std::size_t code = 0; code < labels_.size(); ++code) {
    Share& share = result.emplace_back();
    share.label = labels_[code];
    for (std::size_t day = 0; day < days_; ++day) {
      share.count += counts_[code * days_ + day];
      share.cumulative_incidence.push_back(share_of(share.count));
    }
    share.probability = share_of(share.count);
    share.ci = wilson_interval(share.count, n);
  }
  return result;
}

}  // namespace truce::results
