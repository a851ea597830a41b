#include "results/detail/group_state.hpp"

#include <numeric>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

void write_state(hid_t root, const Schema& schema, const RunStatistics& statistics) {
  ByteWriter writer;
  statistics.write(writer);
  const auto& bytes = writer.bytes();
  netcdf::Group group(root, "state");
  std::vector<std::int64_t> places(bytes.size());
  std::iota(places.begin(), places.end(), 0);
  group.coordinate<std::int64_t>("byte", places);
  group.variable<std::int8_t>("statistics", {"byte"},
                              std::vector<std::int8_t>(bytes.begin(), bytes.end()));
  if (!schema.controls) return;
  const ControlPlan& plan = *schema.controls;
  std::vector<double> centres, steps;
  for (const ControlPlan::Rounding& rounding : plan.rounding) {
    centres.push_back(rounding.centre);
    steps.push_back(rounding.steps);
  }
  group.coordinate<std::string>("control", plan.streams);
  std::vector<std::int64_t> rounded(centres.size());
  std::iota(rounded.begin(), rounded.end(), 0);
  group.coordinate<std::int64_t>("rounded", rounded);
  group.variable<double>("rounded_around", {"rounded"}, centres);
  group.variable<double>("rounded_steps", {"rounded"}, steps);
}

std::optional<ControlPlan> read_controls(hid_t root) {
  const hdf5::Handle group = hdf5::open_group(root, "state");
  if (!hdf5::has_member(group.id(), "control")) return {};
  ControlPlan plan{.streams = hdf5::read<std::string>(group.id(), "control")};
  const auto centres = hdf5::read<double>(group.id(), "rounded_around");
  const auto steps = hdf5::read<double>(group.id(), "rounded_steps", {centres.size()});
  for (std::size_t i = 0; i < centres.size(); ++i) {
    plan.rounding.push_back({centres[i], steps[i]});
  }
  return plan;
}

void read_state(hid_t root, RunStatistics& statistics) {
  const hdf5::Handle group = hdf5::open_group(root, "state");
  const auto stored = hdf5::read<std::int8_t>(group.id(), "statistics");
  const std::vector<std::uint8_t> bytes(stored.begin(), stored.end());
  try {
    ByteReader reader(bytes);
    statistics.read(reader);
  } catch (const std::range_error& error) {
    throw hdf5::Error(error.what());
  }
}

}  // namespace truce::results
