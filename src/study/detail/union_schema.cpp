#include "study/detail/union_schema.hpp"

#include <algorithm>

namespace truce::study {

results::Schema union_of(const std::vector<results::Schema>& schemas) {
  results::Schema common = schemas.front();
  const auto find = [](auto& items, const std::string& name) {
    return std::find_if(items.begin(), items.end(),
                        [&](const auto& item) { return item.name == name; });
  };
  for (const results::Schema& schema : schemas) {
    common.horizon = std::max(common.horizon, schema.horizon);
    for (const results::Input& input : schema.inputs) {
      if (std::ranges::find(common.inputs, input) == common.inputs.end()) {
        common.inputs.push_back(input);
      }
    }
    for (const results::Column& column : schema.columns) {
      const auto at = find(common.columns, column.name);
      if (at == common.columns.end()) {
        common.columns.push_back(column);
        continue;
      }
      if (at->kind != column.kind) at->kind = results::ColumnKind::real;
      at->event_time = at->event_time && column.event_time;
      at->until_ending = at->until_ending || column.until_ending;
      for (const std::string& label : column.labels) {
        if (std::ranges::find(at->labels, label) == at->labels.end()) at->labels.push_back(label);
      }
    }
    std::erase_if(common.timelines, [&](const results::Timeline& timeline) {
      return find(schema.timelines, timeline.name) == schema.timelines.end();
    });
    for (results::Timeline& timeline : common.timelines) {
      timeline.integer = timeline.integer && find(schema.timelines, timeline.name)->integer;
    }
  }
  for (results::Column& column : common.columns) {
    const bool everywhere = std::ranges::all_of(schemas, [&](const results::Schema& schema) {
      return find(schema.columns, column.name) != schema.columns.end();
    });
    if (everywhere) continue;
    column.kind = results::ColumnKind::real;
    column.event_time = false;
  }
  return common;
}

}  // namespace truce::study
