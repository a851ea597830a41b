#include "results/detail/group_summary.hpp"

namespace truce::results {

namespace {

using Of = OutcomeSummary;

constexpr Field<Of> summary_rows[] = {
    {"mean", [](Of& s) -> double& { return s.mean; }},
    {"sd", [](Of& s) -> double& { return s.sd; }},
    {"se", [](Of& s) -> double& { return s.se; }},
    {"ci_low", [](Of& s) -> double& { return s.ci.low; }},
    {"ci_high", [](Of& s) -> double& { return s.ci.high; }},
    {"min", [](Of& s) -> double& { return s.min; }},
    {"max", [](Of& s) -> double& { return s.max; }},
    {"skewness", [](Of& s) -> double& { return s.skewness; }, nullptr, "1.1"},
    {"count", [](Of& s) -> std::uint64_t& { return s.count; }},
    {"missing", [](Of& s) -> std::uint64_t& { return s.missing; }},
    {"quantiles", [](Of& s) -> Quantiles& { return s.quantiles; }, "quantile"},
    {"quantiles_low", [](Of& s) -> Quantiles& { return s.quantile_intervals.low; }, "quantile",
     "1.1"},
    {"quantiles_high", [](Of& s) -> Quantiles& { return s.quantile_intervals.high; }, "quantile",
     "1.1"},
    {"mean_controlled", [](Of& s) -> double& { return s.controlled.mean; }, nullptr, "1.3",
     with_controls},
    {"se_controlled", [](Of& s) -> double& { return s.controlled.se; }, nullptr, "1.3",
     with_controls},
    {"gain", [](Of& s) -> double& { return s.controlled.gain; }, nullptr, "1.3", with_controls},
    {"quantiles_error", [](Of& s) -> double& { return s.quantiles_error; }, nullptr, "1.2",
     with_keep},
};

}  // namespace

std::span<const Field<OutcomeSummary>> summary_fields() {
  return summary_rows;
}

void write_summary(hid_t root, const Schema& schema, std::vector<OutcomeSummary> outcomes) {
  netcdf::Group group(root, "summary");
  std::vector<std::string> names, units;
  for (const OutcomeSummary& outcome : outcomes) {
    names.push_back(outcome.name);
    units.push_back(outcome.unit);
  }
  group.coordinate<std::string>("outcome", names);
  netcdf::add_quantiles(group);
  write_fields<OutcomeSummary>(group, "outcome", fields_for(schema, summary_fields()), outcomes);
  group.variable<std::string>("unit", {"outcome"}, units);
}

std::vector<OutcomeSummary> read_summary(hid_t root, const std::vector<Column>& columns) {
  const hdf5::Handle group = hdf5::open_group(root, "summary");
  const auto names = hdf5::read<std::string>(group.id(), "outcome");
  const hsize_t n = names.size();
  std::vector<OutcomeSummary> outcomes(n);
  const auto units = hdf5::read<std::string>(group.id(), "unit", {n});
  for (const auto& field : summary_rows) {
    read_field<OutcomeSummary>(group.id(), field, outcomes, {{n}}, quantile_count);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const Column* const column = find_column(columns, names[i]);
    if (column == nullptr || column->kind == ColumnKind::category) {
      throw hdf5::Error("/summary has '" + names[i] + "', which is no outcome in /trials");
    }
    outcomes[i].name = names[i];
    outcomes[i].kind = column->kind;
    outcomes[i].unit = units[i];
  }
  return outcomes;
}

}  // namespace truce::results
