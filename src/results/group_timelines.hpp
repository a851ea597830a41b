#pragma once

#include <string>
#include <vector>

#include "hdf5.hpp"
#include "truce/results/schema.hpp"
#include "truce/results/timeline_statistics.hpp"

namespace truce::results {

/// The group /timelines; summaries are in the order of the schema's timelines.
void write_timelines(hid_t root, const Schema& schema,
                     const std::vector<TimelineSummary>& summaries);

std::vector<Timeline> read_timelines(hid_t root);
TimelineSummary read_timeline(hid_t root, const std::string& name, std::size_t days);

}  // namespace truce::results
