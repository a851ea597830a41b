#include <algorithm>

#include "results/detail/group_summary.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

void write_shares(hid_t root, const std::string& dimension, const std::vector<Share>& shares,
                  std::size_t days) {
  netcdf::Group group(root, dimension + "s");
  std::vector<std::string> labels;
  std::vector<std::int64_t> counts;
  std::vector<double> probability, low, high, incidence;
  for (const Share& share : shares) {
    labels.push_back(share.label);
    counts.push_back(static_cast<std::int64_t>(share.count));
    probability.push_back(share.probability);
    low.push_back(share.ci.low);
    high.push_back(share.ci.high);
    incidence.insert(incidence.end(), share.cumulative_incidence.begin(),
                     share.cumulative_incidence.end());
  }
  group.coordinate<std::string>(dimension, labels);
  netcdf::add_days(group, days);
  const std::vector<std::string> axis = {dimension};
  group.variable<std::int64_t>("count", axis, counts);
  group.variable<double>("probability", axis, probability);
  group.variable<double>("ci_low", axis, low);
  group.variable<double>("ci_high", axis, high);
  group.variable<double>("cumulative_incidence", {dimension, "day"}, incidence);
}

std::vector<Share> read_shares(hid_t root, const std::string& dimension, std::size_t days) {
  const hdf5::Handle group = hdf5::open_group(root, dimension + "s");
  const auto labels = hdf5::read<std::string>(group.id(), dimension);
  const hsize_t n = labels.size();
  const auto counts = hdf5::read<std::int64_t>(group.id(), "count", {n});
  const auto probability = hdf5::read<double>(group.id(), "probability", {n});
  const auto low = hdf5::read<double>(group.id(), "ci_low", {n});
  const auto high = hdf5::read<double>(group.id(), "ci_high", {n});
  const auto incidence = hdf5::read<double>(group.id(), "cumulative_incidence", {n, days});
  std::vector<Share> shares;
  for (std::size_t i = 0; i < n; ++i) {
    if (counts[i] < 0) throw hdf5::Error("a count in /" + dimension + "s is negative");
    Share& share = shares.emplace_back();
    share.label = labels[i];
    share.count = static_cast<std::uint64_t>(counts[i]);
    share.probability = probability[i];
    share.ci = {low[i], high[i]};
    const auto first = incidence.begin() + static_cast<std::ptrdiff_t>(i * days);
    share.cumulative_incidence.assign(first, first + static_cast<std::ptrdiff_t>(days));
  }
  return shares;
}

}  // namespace truce::results
