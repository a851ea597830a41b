#include "results/detail/group_timelines.hpp"

#include <fmt/format.h>

#include "base/number.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

std::vector<double> flat(const std::vector<Quantiles>& quantiles) {
  std::vector<double> result;
  for (const Quantiles& day : quantiles) result.insert(result.end(), day.begin(), day.end());
  return result;
}

struct TimelineOfControls {
  const char* name;
  double ControlledMean::*member;
};
constexpr TimelineOfControls of_controls[] = {{"mean_controlled", &ControlledMean::mean},
                                              {"se_controlled", &ControlledMean::se},
                                              {"gain", &ControlledMean::gain}};

void write_counts(hid_t counts, const Timeline& timeline, const TimelineSummary& summary) {
  netcdf::Group group(counts, timeline.name);
  netcdf::add_days(group, summary.mean.size());
  group.coordinate<std::int64_t>("value", summary.values)
      .attribute("units", stored_unit(timeline.unit));
  group.variable<std::int64_t>("counts", {"day", "value"}, summary.counts);
}

}  // namespace

void add_dates(netcdf::Group& group, const Schema& schema) {
  if (schema.start_date < "1700" || schema.start_date > "2200") return;
  std::vector<std::int32_t> days(days_of(schema));
  for (std::size_t day = 0; day < days.size(); ++day) days[day] = static_cast<std::int32_t>(day);
  const auto date = group.variable<std::int32_t>("date", {"day"}, days);
  date.attribute("units", "days since " + schema.start_date);
  date.attribute("calendar", "proleptic_gregorian");
}

void describe_timeline(const netcdf::Variable& variable, const Timeline& timeline,
                       const char* statistic) {
  variable.attribute("units", stored_unit(timeline.unit));
  variable.attribute("statistic", statistic);
  if (!timeline.summary.empty()) variable.attribute("long_name", timeline.summary);
}

void write_timelines(hid_t root, const Schema& schema,
                     const std::vector<TimelineSummary>& summaries) {
  netcdf::Group group(root, "timelines");
  netcdf::add_days(group, days_of(schema));
  netcdf::add_quantiles(group);
  add_dates(group, schema);
  const netcdf::Group counts(group.id(), "counts");
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    const Timeline& timeline = schema.timelines[i];
    const TimelineSummary& summary = summaries[i];
    const auto describe = [&](const netcdf::Variable& variable, const char* statistic) {
      describe_timeline(variable, timeline, statistic);
    };
    const auto mean = group.variable<double>(timeline.name + ".mean", {"day"}, summary.mean);
    describe(mean, "mean");
    mean.attribute("values", timeline.integer ? "whole" : "real");
    describe(group.variable<double>(timeline.name + ".sd", {"day"}, summary.sd), "sd");
    const auto quantiles = group.variable<double>(timeline.name + ".quantiles", {"day", "quantile"},
                                                  flat(summary.quantiles));
    describe(quantiles, "quantiles");
    quantiles.attribute("relative_error", summary.relative_error);
    if (schema.controls) {
      for (const TimelineOfControls& of : of_controls) {
        std::vector<double> days(summary.mean.size(), base::not_a_number);
        for (std::size_t day = 0; day < summary.controlled.size(); ++day) {
          days[day] = summary.controlled[day].*of.member;
        }
        describe(group.variable<double>(timeline.name + "." + of.name, {"day"}, days), of.name);
      }
    }
    if (summary.counted) {
      write_counts(counts.id(), timeline, summary);
    } else if (timeline.integer) {
      quantiles.attribute("counts", "none: too many distinct values, or one not whole");
    }
  }
}

std::vector<Timeline> read_timelines(hid_t root) {
  const hdf5::Handle group = hdf5::open_group(root, "timelines");
  constexpr std::string_view suffix = ".mean";
  std::vector<Timeline> result;
  for (const std::string& name : hdf5::members(group.id())) {
    if (!name.ends_with(suffix)) continue;
    const hdf5::Dataset mean(group.id(), name);
    if (!hdf5::has_attribute(mean.id(), "statistic")) continue;  // of a user
    if (hdf5::read_attribute<std::string>(mean.id(), "statistic") != "mean") continue;
    Timeline& timeline = result.emplace_back();
    timeline.name = name.substr(0, name.size() - suffix.size());
    timeline.unit = hdf5::read_attribute<std::string>(mean.id(), "units");
    timeline.integer = hdf5::read_attribute<std::string>(mean.id(), "values") == "whole";
    if (hdf5::has_attribute(mean.id(), "long_name")) {
      timeline.summary = hdf5::read_attribute<std::string>(mean.id(), "long_name");
    }
  }
  return result;
}

TimelineSummary read_timeline(hid_t root, const std::string& name, std::size_t days) {
  const hdf5::Handle group = hdf5::open_group(root, "timelines");
  TimelineSummary result;
  result.mean = hdf5::read<double>(group.id(), name + ".mean", {days});
  result.sd = hdf5::read<double>(group.id(), name + ".sd", {days});
  const hdf5::Dataset quantiles(group.id(), name + ".quantiles");
  result.relative_error = hdf5::read_attribute<double>(quantiles.id(), "relative_error");
  const auto values = quantiles.read<double>({days, quantile_count});
  result.quantiles.resize(days);
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.quantiles[i / quantile_count][i % quantile_count] = values[i];
  }
  for (const TimelineOfControls& of : of_controls) {
    const std::string controlled = name + "." + of.name;
    if (!hdf5::has_member(group.id(), controlled)) break;
    const auto days_of_it = hdf5::read<double>(group.id(), controlled, {days});
    result.controlled.resize(days);
    for (std::size_t day = 0; day < days; ++day)
      result.controlled[day].*of.member = days_of_it[day];
  }
  const hdf5::Handle counts = hdf5::open_group(group.id(), "counts");
  if (!hdf5::has_member(counts.id(), name)) return result;
  result.counted = true;
  const hdf5::Handle exact = hdf5::open_group(counts.id(), name);
  result.values = hdf5::read<std::int64_t>(exact.id(), "value");
  result.counts = hdf5::read<std::int64_t>(exact.id(), "counts", {days, result.values.size()});
  return result;
}

}  // namespace truce::results
