#include <algorithm>
#include <numeric>

#include "results/detail/group_summary.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

void write_distribution(hid_t distributions, const OutcomeSummary& outcome,
                        const Distribution& distribution) {
  netcdf::Group group(distributions, outcome.name);
  const auto& values = distribution.values;
  const std::vector<std::int64_t> counts(distribution.counts.begin(), distribution.counts.end());
  if (outcome.kind != ColumnKind::real) {
    const std::vector<std::int32_t> whole(values.begin(), values.end());
    group.coordinate<std::int32_t>("value", whole).attribute("units", outcome.unit);
    group.variable<std::int64_t>("counts", {"value"}, counts);
    return;
  }
  std::vector<double> middles;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    middles.push_back(std::midpoint(values[i], values[i + 1]));
  }
  std::vector<std::int32_t> numbers(values.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  group.coordinate<double>("bin", middles).attribute("units", outcome.unit);
  group.coordinate<std::int32_t>("edge", numbers);
  group.variable<std::int64_t>("counts", {"bin"}, counts);
  group.variable<double>("edges", {"edge"}, values).attribute("units", outcome.unit);
  group.attribute("infinite", static_cast<std::int64_t>(distribution.infinite));
}

Distribution read_distribution(hid_t distributions, const OutcomeSummary& outcome) {
  const hdf5::Handle group = hdf5::open_group(distributions, outcome.name);
  Distribution result;
  std::vector<std::int64_t> counts;
  if (outcome.kind == ColumnKind::real) {
    result.values = hdf5::read<double>(group.id(), "edges");
    const hsize_t bins = result.values.empty() ? 0 : result.values.size() - 1;
    counts = hdf5::read<std::int64_t>(group.id(), "counts", {bins});
    result.infinite =
        static_cast<std::uint64_t>(hdf5::read_attribute<std::int64_t>(group.id(), "infinite"));
  } else {
    const auto whole = hdf5::read<std::int32_t>(group.id(), "value");
    result.values.assign(whole.begin(), whole.end());
    counts = hdf5::read<std::int64_t>(group.id(), "counts", {whole.size()});
    if (!std::ranges::is_sorted(whole)) {
      throw hdf5::Error("the values of '" + outcome.name + "' do not ascend");
    }
  }
  if (std::ranges::any_of(counts, [](std::int64_t count) { return count < 0; })) {
    throw hdf5::Error("a count of '" + outcome.name + "' is negative");
  }
  result.counts.assign(counts.begin(), counts.end());
  return result;
}

}  // namespace truce::results
