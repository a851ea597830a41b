#include "study/detail/point_run.hpp"

#include <algorithm>
#include <functional>
#include <type_traits>
#include <utility>

#include "study/detail/large_point.hpp"
#include "study/difference_rule.hpp"
#include "study/precision.hpp"

namespace truce::study {

namespace {

std::size_t column_of(const Plan& plan, const std::string& outcome) {
  const auto& columns = plan.schema().common.columns;
  return static_cast<std::size_t>(std::ranges::find(columns, outcome, &results::Column::name) -
                                  columns.begin());
}

using EarlierTrialsOf = std::function<EarlierTrials(std::uint32_t)>;

/// Trials [first, first + count) of a block.
results::Block piece_of(const results::Block& block, std::uint64_t first, std::uint64_t count) {
  const auto cut = [&](const auto& all) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
    return std::decay_t<decltype(all)>(begin, begin + static_cast<std::ptrdiff_t>(count));
  };
  results::Block piece{.first = block.first + first, .status = cut(block.status)};
  for (const auto& column : block.columns) piece.columns.push_back(cut(column));
  piece.segments_end = cut(block.segments_end);
  return piece;
}

/// One point, which can be run on from where it is.
class PointRun {
 public:
  PointRun(const Plan& plan, std::uint32_t point, unsigned threads, const EarlierTrialsOf& earlier,
           const std::atomic<bool>& stop)
      : plan_(plan),
        variant_(plan.schema().points[point].variant),
        threads_(threads),
        stop_(stop),
        model_(plan.model_of(point)),
        finished_{.results = results::PointResults(plan.schema().common)} {
    if (!earlier) return;
    EarlierTrials trials = earlier(point);
    earlier_ = std::move(trials.block);
    finished_.results.set_earlier_failures(std::move(trials.failures));
  }

  /// Runs until there are so many trials, or `listener` has enough. False where it is interrupted.
  bool run_until(std::uint64_t trials,
                 const std::function<Verdict(const results::Block&)>& listener) {
    const results::Schema& common = plan_.schema().common;
    RunReport& all = finished_.report;
    if (replay_until(trials, listener) == Verdict::enough || done_ >= trials) return true;
    RunSettings settings{.first = done_, .trials = trials, .threads = threads_};
    settings.simulator.seed = common.seed;
    const RunReport more = run_trials(model_, settings,
                                      {.block =
                                           [&](results::Block&& block) {
                                             plan_.columns_of(variant_).take(block);
                                             finished_.results.append(block);
                                             return listener(block);
                                           },
                                       .progress = {}},
                                      stop_);
    done_ += more.trials;
    all.trials += more.trials;
    all.failed += more.failed;
    all.events += more.events;
    std::ranges::copy(more.first_failures, std::back_inserter(all.first_failures));
    all.interrupted = more.interrupted;
    return !all.interrupted;
  }

  Finished finish(const std::optional<results::PrecisionReached>& reached) {
    finished_.imprecise = reached && !reached->reached;
    if (reached) finished_.results.set_precision(*reached);
    finished_.results.finish();
    return std::move(finished_);
  }

 private:
  /// Takes over the earlier trials, in the blocks in which they were run.
  Verdict replay_until(std::uint64_t trials,
                       const std::function<Verdict(const results::Block&)>& listener) {
    const std::uint64_t end = std::min<std::uint64_t>(trials, earlier_.status.size());
    while (done_ < end) {
      const std::uint64_t border = (done_ / block_trials + 1) * block_trials;
      const results::Block piece = piece_of(earlier_, done_, std::min(border, end) - done_);
      finished_.results.append(piece);
      done_ += piece.status.size();
      if (listener(piece) == Verdict::enough) return Verdict::enough;
    }
    return Verdict::go_on;
  }

  const Plan& plan_;
  std::size_t variant_;
  unsigned threads_;
  const std::atomic<bool>& stop_;
  model::Model model_;
  Finished finished_;
  results::Block earlier_;
  std::uint64_t done_ = 0;  ///< trials, with those earlier
};

std::vector<Finished> run_alone(const Plan& plan, std::uint32_t point, unsigned threads,
                                const EarlierTrialsOf& earlier, const std::atomic<bool>& stop) {
  std::optional<PrecisionRule> rule;
  if (const auto& goal = plan.schema().precision) {
    const std::size_t column = column_of(plan, goal->outcome);
    rule.emplace(column, goal->half_width, plan.schema().common.columns[column].kind,
                 goal->confidence);
  }
  PointRun run(plan, point, threads, earlier, stop);
  const bool whole = run.run_until(plan.schema().common.trials, [&](const results::Block& block) {
    return rule ? rule->add(block) : Verdict::go_on;
  });
  std::vector<Finished> finished;
  if (!whole) return finished;
  std::optional<results::PrecisionReached> reached;
  if (rule) reached = rule->reached();
  finished.push_back(run.finish(reached));
  return finished;
}

/// Of one outcome, NaN for a trial that failed.
class Values {
 public:
  explicit Values(std::size_t column) : column_(column) {}

  Verdict operator()(const results::Block& block) {
    const std::vector<double>& values = block.columns[column_];
    values_.insert(values_.end(), values.begin(), values.end());
    return Verdict::go_on;
  }
  std::vector<double> take() { return std::exchange(values_, {}); }

 private:
  std::size_t column_;
  std::vector<double> values_;
};

/// Until the difference of two variants is precise: these by turns, look by look, then the others.
std::vector<Finished> run_row(const Plan& plan, const std::vector<std::uint32_t>& points,
                              unsigned threads, const EarlierTrialsOf& earlier,
                              const std::atomic<bool>& stop) {
  const results::StudySchema& schema = plan.schema();
  const results::PrecisionGoal& goal = *schema.precision;
  const auto point_of = [&](const std::string& variant) {
    return *std::ranges::find(points, variant, [&](std::uint32_t point) {
      return schema.variants[schema.points[point].variant];
    });
  };
  const std::uint32_t point_a = point_of(goal.a);
  const std::uint32_t point_b = point_of(goal.b);
  const std::size_t column = column_of(plan, goal.outcome);
  DifferenceRule rule(goal, schema.common.columns[column].kind, schema.common.trials);
  PointRun a(plan, point_a, threads, earlier, stop);
  PointRun b(plan, point_b, threads, earlier, stop);
  Values values_a(column);
  Values values_b(column);
  std::uint64_t trials = 0;
  results::PrecisionReached reached;
  constexpr std::uint64_t most_at_a_time = std::uint64_t{1} << 20U;  // values in memory
  for (const std::uint64_t look : rule.looks()) {
    while (trials < look) {
      trials = std::min(look, trials + most_at_a_time);
      if (!a.run_until(trials, std::ref(values_a))) return {};
      if (!b.run_until(trials, std::ref(values_b))) return {};
      rule.add(values_a.take(), values_b.take());
    }
    reached = rule.reached();
    if (reached.reached) break;
  }
  std::vector<Finished> finished;
  for (const std::uint32_t point : points) {
    if (point == point_a) {
      finished.push_back(a.finish(reached));
    } else if (point == point_b) {
      finished.push_back(b.finish(reached));
    } else {
      PointRun other(plan, point, threads, earlier, stop);
      const auto nothing = [](const results::Block&) { return Verdict::go_on; };
      if (!other.run_until(trials, nothing)) return {};
      finished.push_back(other.finish(reached));
    }
  }
  return finished;
}

}  // namespace

std::vector<Finished> run_together(const Plan& plan, const std::vector<std::uint32_t>& points,
                                   unsigned threads, const EarlierTrialsOf& earlier,
                                   const std::atomic<bool>& stop) {
  return plan.rows_together() ? run_row(plan, points, threads, earlier, stop)
                              : run_alone(plan, points.front(), threads, earlier, stop);
}

std::vector<Finished> run_in_parts(const Plan& plan, std::uint32_t point, unsigned threads,
                                   const std::filesystem::path& folder,
                                   const std::atomic<bool>& stop) {
  const LargePoint large(plan, {{point}}, threads, folder);
  const NoEmptyFolders afterwards(large);
  RunReport report;
  run_parts(large.run(), large.missing(), report, {}, stop);
  std::vector<Finished> finished;
  if (report.interrupted) return finished;
  finished.push_back({.results = large.joined(), .report = std::move(report)});
  return finished;
}

}  // namespace truce::study
