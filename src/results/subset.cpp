#include "results/subset.hpp"

#include <algorithm>

#include "results/detail/group_intervals.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/detail/stored_block.hpp"

namespace truce::results {

namespace {

template <class T>
std::vector<T> chosen_of(const std::vector<T>& values, const std::vector<bool>& chosen) {
  std::vector<T> result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (chosen[i]) result.push_back(values[i]);
  }
  return result;
}

}  // namespace

Subset subset_of(const RunReader& run, const std::vector<bool>& chosen,
                 const std::vector<std::int32_t>& groups, double worth) {
  const auto count = static_cast<std::uint64_t>(std::ranges::count(chosen, true));
  Schema schema = run.schema();
  schema.timelines.clear();
  schema.trials = count;
  schema.keep.reset();
  Block block;
  block.status.assign(count, Status::completed);
  block.segments_end.assign(count, 0);
  for (const Column& column : schema.columns) {
    block.columns.push_back(chosen_of(run.column(column.name), chosen));
  }
  RunStatistics statistics(schema);
  const StoredBlock as_stored = stored(block, schema);
  for (std::size_t part = 0; part < statistics.parts(); ++part) statistics.add(part, as_stored);
  RunResults results = statistics.results(
      [&](std::size_t column, const auto& consumer) { consumer(block.columns[column]); }, 1);
  if (!groups.empty()) {
    GroupIntervals intervals(schema, chosen_of(groups, chosen), worth);
    intervals.add(block);
    intervals.replace(results);
  }
  Subset subset{.summary = run.summary(), .distributions = {}};
  subset.summary.schema.trials = subset.summary.trials = count;
  subset.summary.schema.keep.reset();
  subset.summary.failed = 0;
  subset.summary.failures.clear();
  subset.summary.completion = Completion::complete;
  subset.summary.outcomes.clear();
  for (ColumnResult& outcome : results.outcomes) {
    subset.distributions.emplace(outcome.summary.name, std::move(outcome.distribution));
    subset.summary.outcomes.push_back(std::move(outcome.summary));
  }
  subset.summary.endings = std::move(results.endings);
  subset.summary.causes = std::move(results.causes);
  return subset;
}

}  // namespace truce::results
