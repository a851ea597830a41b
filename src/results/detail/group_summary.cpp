#include "results/detail/group_summary.hpp"

#include <algorithm>
#include <limits>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr SummaryField fields[] = {
    {"mean", [](OutcomeSummary& s) -> double& { return s.mean; }},
    {"sd", [](OutcomeSummary& s) -> double& { return s.sd; }},
    {"se", [](OutcomeSummary& s) -> double& { return s.se; }},
    {"ci_low", [](OutcomeSummary& s) -> double& { return s.ci.low; }},
    {"ci_high", [](OutcomeSummary& s) -> double& { return s.ci.high; }},
    {"min", [](OutcomeSummary& s) -> double& { return s.min; }},
    {"max", [](OutcomeSummary& s) -> double& { return s.max; }},
    {"skewness", [](OutcomeSummary& s) -> double& { return s.skewness; }, "1.1"},
};

std::uint64_t count_of(std::int64_t value) {
  if (value < 0) throw hdf5::Error("a count in /summary is negative");
  return static_cast<std::uint64_t>(value);
}

}  // namespace

bool missing_of_old(hid_t summary, const SummaryField& field) {
  return field.since != nullptr && !hdf5::has_member(summary, field.name);
}

std::span<const SummaryField> summary_fields() {
  return fields;
}

void write_summary(hid_t root, const std::vector<OutcomeSummary>& outcomes) {
  netcdf::Group group(root, "summary");
  std::vector<std::string> names, units;
  std::vector<std::int64_t> counts, missing;
  std::vector<double> quantiles, low, high;
  for (const OutcomeSummary& outcome : outcomes) {
    names.push_back(outcome.name);
    units.push_back(outcome.unit);
    counts.push_back(static_cast<std::int64_t>(outcome.count));
    missing.push_back(static_cast<std::int64_t>(outcome.missing));
    const auto append = [](std::vector<double>& all, const Quantiles& own) {
      all.insert(all.end(), own.begin(), own.end());
    };
    append(quantiles, outcome.quantiles);
    append(low, outcome.quantile_intervals.low);
    append(high, outcome.quantile_intervals.high);
  }
  const std::vector<std::string> axis = {"outcome"};
  group.coordinate<std::string>("outcome", names);
  netcdf::add_quantiles(group);
  for (const SummaryField& field : fields) {
    std::vector<double> values;
    for (OutcomeSummary outcome : outcomes) values.push_back(field.of(outcome));
    group.variable<double>(field.name, axis, values);
  }
  group.variable<std::int64_t>("count", axis, counts);
  group.variable<std::int64_t>("missing", axis, missing);
  group.variable<double>("quantiles", {"outcome", "quantile"}, quantiles);
  group.variable<double>("quantiles_low", {"outcome", "quantile"}, low);
  group.variable<double>("quantiles_high", {"outcome", "quantile"}, high);
  group.variable<std::string>("unit", axis, units);
}

std::vector<OutcomeSummary> read_summary(hid_t root, const std::vector<Column>& columns) {
  const hdf5::Handle group = hdf5::open_group(root, "summary");
  const auto names = hdf5::read<std::string>(group.id(), "outcome");
  const hsize_t n = names.size();
  std::vector<OutcomeSummary> outcomes(n);
  const auto units = hdf5::read<std::string>(group.id(), "unit", {n});
  const auto counts = hdf5::read<std::int64_t>(group.id(), "count", {n});
  const auto missing = hdf5::read<std::int64_t>(group.id(), "missing", {n});
  const auto quantiles = hdf5::read<double>(group.id(), "quantiles", {n, quantile_count});
  std::vector<double> low(n * quantile_count, nan);
  std::vector<double> high = low;
  if (hdf5::has_member(group.id(), "quantiles_low")) {
    low = hdf5::read<double>(group.id(), "quantiles_low", {n, quantile_count});
    high = hdf5::read<double>(group.id(), "quantiles_high", {n, quantile_count});
  }
  for (const SummaryField& field : fields) {
    if (missing_of_old(group.id(), field)) {
      for (OutcomeSummary& outcome : outcomes) field.of(outcome) = nan;
      continue;
    }
    const auto values = hdf5::read<double>(group.id(), field.name, {n});
    for (std::size_t i = 0; i < n; ++i) field.of(outcomes[i]) = values[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    const auto column = std::ranges::find(columns, names[i], &Column::name);
    if (column == columns.end() || column->kind == ColumnKind::category) {
      throw hdf5::Error("/summary has '" + names[i] + "', which is no outcome in /trials");
    }
    OutcomeSummary& outcome = outcomes[i];
    outcome.name = names[i];
    outcome.kind = column->kind;
    outcome.unit = units[i];
    outcome.count = count_of(counts[i]);
    outcome.missing = count_of(missing[i]);
    const auto copy = [&](const std::vector<double>& all, Quantiles& own) {
      std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(i * quantile_count), quantile_count,
                  own.begin());
    };
    copy(quantiles, outcome.quantiles);
    copy(low, outcome.quantile_intervals.low);
    copy(high, outcome.quantile_intervals.high);
  }
  return outcomes;
}

}  // namespace truce::results
