#include "results/detail/group_parameters.hpp"

#include <algorithm>

#include "results/detail/group_run.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/schema_check.hpp"
#include "results/summary.hpp"

namespace truce::results {

void write_run_design(hid_t root, const std::vector<RunParameter>& parameters) {
  const bool drawn = std::ranges::any_of(
      parameters, [](const RunParameter& p) { return p.origin == Origin::drawn; });
  netcdf::Group group(root, "design");
  group.attribute<std::string>("kind", drawn ? uncertain_run : plain_run);
  std::vector<std::string> names;
  std::vector<double> values;
  std::vector<std::string> origins;
  for (const RunParameter& parameter : parameters) {
    names.push_back(parameter.name);
    values.push_back(parameter.value);
    origins.emplace_back(name_of(parameter.origin));
  }
  group.coordinate<std::string>("parameter", names);
  group.variable<double>("value", {"parameter"}, values);
  group.variable<std::string>("origin", {"parameter"}, origins);
}

std::vector<RunParameter> read_run_design(hid_t root) {
  const hdf5::Handle group = hdf5::open_group(root, "design");
  const auto names = hdf5::read<std::string>(group.id(), "parameter");
  const auto values = hdf5::read<double>(group.id(), "value", {names.size()});
  std::vector<std::string> origins(names.size(), std::string(name_of(Origin::scenario)));
  if (hdf5::has_member(group.id(), "origin")) {
    origins = hdf5::read<std::string>(group.id(), "origin", {names.size()});
  }
  std::vector<RunParameter> parameters;
  for (std::size_t i = 0; i < names.size(); ++i) {
    RunParameter& parameter = parameters.emplace_back(RunParameter{names[i], values[i]});
    const auto origin = origin_of(origins[i]);
    if (!origin) throw hdf5::Error("the origin of '" + names[i] + "' is unknown");
    parameter.origin = *origin;
  }
  return parameters;
}

}  // namespace truce::results
