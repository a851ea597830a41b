#include "analysis/turning_point_summary.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "base/parallel.hpp"
#include "results/summary.hpp"

namespace truce::analysis {

namespace {

using results::StreamTurns;

/// What is kept of a trial: per stream what its draws could have changed.
struct TrialTurns {
  struct OfStream {
    std::uint32_t points = 0;
    std::map<std::size_t, double> changes;  ///< by result
    [[nodiscard]] double sum() const {
      double all = 0;
      for (const auto& [result, change] : changes) all += change;
      return all;
    }
  };
  std::map<std::size_t, OfStream> streams;  ///< by their number
  std::vector<std::uint32_t> draws;         ///< [stream]
  std::vector<double> columns;              ///< its row; empty where it failed
  bool failed = false;
};

TrialTurns turns_of(ExplainedTrial told) {
  TrialTurns turns;
  turns.failed = !told.failure.empty();
  turns.columns = std::move(told.record.columns);
  turns.draws = std::move(told.draws_of_stream);
  for (const TurningPoint& point : told.points) {
    TrialTurns::OfStream& stream = turns.streams[point.address.stream.index()];
    ++stream.points;
    for (const Alternative& other : point.alternatives) {
      stream.changes[other.result] += other.probability;
    }
  }
  return turns;
}

/// The figures of a stream, or of all of them, trial by trial.
class Sum {
 public:
  explicit Sum(std::size_t results) { turns_.to.resize(results); }

  void add(double draws, std::uint32_t points, double changes) {
    turns_.draws += draws;
    turns_.turning_points += points;
    if (points > 0) ++turns_.hanging;
    changes_.add(changes);
  }
  void add_to(std::size_t result, double changes) { turns_.to[result] += changes; }

  [[nodiscard]] StreamTurns turns() const {
    StreamTurns turns = turns_;
    const auto trials = static_cast<double>(changes_.count());
    for (double* sum : {&turns.draws, &turns.turning_points}) *sum /= trials;
    for (double& sum : turns.to) sum /= trials;
    const auto summary = results::summary_of(changes_, results::ColumnKind::real);
    turns.changes = summary.mean;
    turns.changes_ci = summary.ci;
    turns.share = static_cast<double>(turns.hanging) / trials;
    turns.share_ci = results::wilson_interval(turns.hanging, changes_.count());
    return turns;
  }

 private:
  StreamTurns turns_;
  results::Moments changes_;
};

/// Of the streams that have any, most changes first.
void sum_up_streams(const model::Model& model, const std::vector<TrialTurns>& trials,
                    results::TurningPoints& points) {
  const std::size_t streams = model.streams.size();
  std::vector<char> turns(streams, 0);
  for (const TrialTurns& trial : trials) {
    for (const auto& [stream, of_stream] : trial.streams) turns[stream] = 1;
  }
  std::vector<std::pair<std::string, StreamTurns>> all;
  for (const model::StreamId id : model.streams.ids()) {
    if (turns[id.index()] == 0) continue;
    Sum sum(points.results.size());
    for (const TrialTurns& trial : trials) {
      if (trial.failed) continue;
      const double draws = trial.draws[id.index()];
      const auto at = trial.streams.find(id.index());
      if (at == trial.streams.end()) {
        sum.add(draws, 0, 0);
        continue;
      }
      sum.add(draws, at->second.points, at->second.sum());
      for (const auto& [result, changes] : at->second.changes) sum.add_to(result, changes);
    }
    all.emplace_back(model.streams[id].name, sum.turns());
  }
  std::ranges::stable_sort(all, [](const auto& a, const auto& b) {
    return a.second.changes != b.second.changes ? a.second.changes > b.second.changes
                                                : a.first < b.first;
  });
  for (auto& [name, of_stream] : all) {
    points.streams.push_back(std::move(name));
    points.by_stream.push_back(std::move(of_stream));
  }
}

void sum_up_trials(const std::vector<TrialTurns>& trials, results::TurningPoints& points) {
  Sum sum(points.results.size());
  for (const TrialTurns& trial : trials) {
    if (trial.failed) {
      ++points.failed;
      points.points.push_back(-1);
      points.changes.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    std::uint32_t count = 0;
    double changes = 0;
    for (const auto& [stream, of_stream] : trial.streams) {
      count += of_stream.points;
      changes += of_stream.sum();
      for (const auto& [result, change] : of_stream.changes) sum.add_to(result, change);
    }
    sum.add(std::accumulate(trial.draws.begin(), trial.draws.end(), 0.0), count, changes);
    points.points.push_back(static_cast<std::int32_t>(count));
    points.changes.push_back(changes);
  }
  points.all = sum.turns();
}

}  // namespace

results::TurningPoints turning_points_of(
    const model::Model& model, const model::SimulatorSettings& settings, const Watched& watched,
    std::uint64_t trials, unsigned threads,
    const std::function<void(std::uint64_t trial, const std::vector<double>& columns)>& check) {
  threads = base::threads_of(threads);
  std::vector<TrialTurns> turns(trials);
  std::atomic<std::uint64_t> next = 0;
  base::parallel_for(std::min<std::uint64_t>(threads, trials), threads, [&](std::size_t) {
    TurningPointFinder finder(model, settings, watched);
    for (std::uint64_t i = next++; i < trials; i = next++) turns[i] = turns_of(finder.explain(i));
  });
  results::TurningPoints points;
  points.outcome = model.columns[watched.column].name;
  points.by = std::isnan(watched.by) ? 0 : watched.by;
  points.trials = trials;
  points.results = results_of(model, watched);
  for (std::uint64_t i = 0; check && i < trials; ++i) check(i, turns[i].columns);
  sum_up_trials(turns, points);
  sum_up_streams(model, turns, points);
  return points;
}

}  // namespace truce::analysis
