#include "results/detail/group_summary.hpp"

namespace truce::results {

namespace {

constexpr Field<Share> share_rows[] = {
    {"count", [](Share& s) -> std::uint64_t& { return s.count; }},
    {"probability", [](Share& s) -> double& { return s.probability; }},
    {"ci_low", [](Share& s) -> double& { return s.ci.low; }},
    {"ci_high", [](Share& s) -> double& { return s.ci.high; }},
    {"cumulative_incidence",
     [](Share& s) -> std::vector<double>& { return s.cumulative_incidence; }, "day"},
    {"probability_controlled", [](Share& s) -> double& { return s.controlled.mean; }, nullptr,
     "1.3", with_controls},
    {"se_controlled", [](Share& s) -> double& { return s.controlled.se; }, nullptr, "1.3",
     with_controls},
    {"gain", [](Share& s) -> double& { return s.controlled.gain; }, nullptr, "1.3", with_controls},
};

constexpr Field<PrecisionReached> of_precision[] = {
    {"count", [](PrecisionReached& p) -> std::uint64_t& { return p.count; }},
    {"value", [](PrecisionReached& p) -> double& { return p.value; }},
    {"ci_low", [](PrecisionReached& p) -> double& { return p.ci.low; }},
    {"ci_high", [](PrecisionReached& p) -> double& { return p.ci.high; }},
    {"reached", [](PrecisionReached& p) -> bool& { return p.reached; }},
};

}  // namespace

std::span<const Field<Share>> share_fields() {
  return share_rows;
}

std::span<const Field<PrecisionReached>> precision_fields() {
  return of_precision;
}

void write_shares(hid_t root, const Schema& schema, const std::string& dimension,
                  std::vector<Share> shares) {
  netcdf::Group group(root, dimension + "s");
  std::vector<std::string> labels;
  for (const Share& share : shares) labels.push_back(share.label);
  group.coordinate<std::string>(dimension, labels);
  netcdf::add_days(group, days_of(schema));
  write_fields<Share>(group, dimension, fields_for(schema, share_fields()), shares);
}

std::vector<Share> read_shares(hid_t root, const std::string& dimension, std::size_t days) {
  const hdf5::Handle group = hdf5::open_group(root, dimension + "s");
  const auto labels = hdf5::read<std::string>(group.id(), dimension);
  std::vector<Share> shares(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) shares[i].label = labels[i];
  for (const auto& field : share_rows) {
    read_field<Share>(group.id(), field, shares, {{labels.size()}}, days);
  }
  return shares;
}

}  // namespace truce::results
