#include "study/common_columns.hpp"

#include <algorithm>
#include <limits>

namespace truce::study {

CommonColumns::CommonColumns(const results::Schema& own, const results::Schema& common) {
  for (const results::Column& column : common.columns) {
    Source& source = sources_.emplace_back();
    const auto at = std::ranges::find(own.columns, column.name, &results::Column::name);
    if (at == own.columns.end()) continue;
    source.column = static_cast<std::size_t>(at - own.columns.begin());
    for (const std::string& label : at->labels) {
      const auto code = std::ranges::find(column.labels, label);
      source.codes.push_back(static_cast<double>(code - column.labels.begin()));
    }
  }
  for (const results::Timeline& timeline : own.timelines) {
    const auto at = std::ranges::find(common.timelines, timeline.name, &results::Timeline::name);
    timeline_.emplace_back();
    if (at != common.timelines.end()) {
      timeline_.back() = static_cast<std::uint32_t>(at - common.timelines.begin());
    }
  }
}

void CommonColumns::take(results::Block& block) const {
  const std::size_t trials = block.status.size();
  std::vector<std::vector<double>> columns(sources_.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Source& source = sources_[c];
    if (!source.column) {
      columns[c].assign(trials, std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    columns[c] = std::move(block.columns[*source.column]);
    if (source.codes.empty()) continue;
    for (std::size_t i = 0; i < trials; ++i) {
      if (block.status[i] == results::Status::failed) continue;
      columns[c][i] = source.codes[static_cast<std::size_t>(columns[c][i])];
    }
  }
  block.columns = std::move(columns);
  std::vector<results::TimelineSegment> segments;
  std::size_t next = 0;
  for (std::uint32_t& end : block.segments_end) {
    for (; next < end; ++next) {
      results::TimelineSegment segment = block.segments[next];
      const auto common = timeline_[segment.timeline];
      if (!common) continue;
      segment.timeline = *common;
      segments.push_back(segment);
    }
    end = static_cast<std::uint32_t>(segments.size());
  }
  block.segments = std::move(segments);
}

}  // namespace truce::study
