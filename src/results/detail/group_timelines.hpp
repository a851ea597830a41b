#pragma once

#include <string>
#include <vector>

#include "results/detail/hdf5.hpp"
#include "results/detail/netcdf.hpp"
#include "results/schema.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {

/// The group /timelines; summaries are in the order of the schema's timelines.
void write_timelines(hid_t root, const Schema& schema,
                     const std::vector<TimelineSummary>& summaries);

/// The calendar's dates of the days, where readers can represent them as nanoseconds since 1970.
void add_dates(netcdf::Group& group, const Schema& schema);
/// What a variable tells of its timeline; `statistic` is what it holds of it.
void describe_timeline(const netcdf::Variable& variable, const Timeline& timeline,
                       const char* statistic);

std::vector<Timeline> read_timelines(hid_t root);
TimelineSummary read_timeline(hid_t root, const std::string& name, std::size_t days);

}  // namespace truce::results
