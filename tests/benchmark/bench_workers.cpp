// A dry run of many threads on one: units are run one after the other, and the processor time of
// each is laid into the day of the simulated worker that would have run it, as is that of joining
// and writing. Tells how busy so many workers would be, and how busy the join.
// Usage: bench_workers SCENARIO.yaml OUTPUT.h5 TRIALS WORKERS...
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <optional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "loaded.hpp"
#include "results/run_writer.hpp"
#include "study/executor.hpp"
#include "study/run.hpp"

namespace {

using namespace truce;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double seconds_of(Work&& work) {
  const double start = processor_seconds();
  work();
  return processor_seconds() - start;
}

/// What is left to do of joined units is done at once, and its time given to whichever simulated
/// worker is free next: pieces are taken not to wait for one another.
class SimulatedWorkers : public study::Executor {
 public:
  SimulatedWorkers(std::size_t workers, results::RunWriter& writer)
      : writer_(writer), free_at_(workers, 0) {}

  [[nodiscard]] std::size_t window() const override { return 4 * free_at_.size() + 4; }

  /// Of the one thread that joins.
  study::Verdict take(results::Block&& block) {
    joined += seconds_of([&] { writer_.take(std::move(block)); });
    for (bool more = true; more;) {
      const double seconds = seconds_of([&] { more = writer_.help(); });
      if (!more) break;
      pieces_.push(seconds);
      helped += seconds;
    }
    return study::Verdict::go_on;
  }

  unsigned run(study::Job& job) override {
    std::vector<study::Job::Worker> workers;
    for (std::size_t i = 0; i < free_at_.size(); ++i) workers.push_back(job.worker());
    for (std::size_t worker = 0; worker < workers.size(); ++worker) events_.push({0, worker, {}});
    // Whoever finds no room waits until a unit is joined.
    std::vector<std::size_t> waiting;
    double join_free_at = 0;
    while (!events_.empty()) {
      Event event = events_.top();
      events_.pop();
      double& now = free_at_[event.worker] = event.at;
      if (event.finished) {
        const double before = joined;
        const double others = helped;
        const double all = seconds_of([&] { job.give(std::move(*event.finished)); });
        joined = before + all - (helped - others);  // with the ordering of units
        now = join_free_at = std::max(now, join_free_at) + joined - before;
        for (const std::size_t worker : std::exchange(waiting, {})) events_.push({now, worker, {}});
      }
      if (!pieces_.empty()) {
        events_.push({now + pieces_.front(), event.worker, {}});
        pieces_.pop();
        continue;
      }
      const auto unit = job.take(study::Job::Room::now);
      if (!unit) {
        waiting.push_back(event.worker);
        continue;
      }
      std::optional<study::FinishedUnit> finished;
      const double seconds = seconds_of([&] { finished = workers[event.worker](*unit); });
      units += 1;
      worked += seconds;
      events_.push({now + seconds, event.worker, std::move(finished)});
    }
    return static_cast<unsigned>(workers.size());
  }

  [[nodiscard]] double end() const { return std::ranges::max(free_at_); }

  std::uint64_t units = 0;
  double worked = 0, helped = 0, joined = 0;

 private:
  struct Event {
    double at = 0;
    std::size_t worker = 0;
    std::optional<study::FinishedUnit> finished;
    bool operator<(const Event& other) const { return at > other.at; }
  };

  results::RunWriter& writer_;
  std::vector<double> free_at_;
  std::queue<double> pieces_;
  std::priority_queue<Event> events_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const auto loaded = benchmark::loaded(argv[1]);
  for (int i = 4; i < argc; ++i) {
    const study::RunSettings settings{
        .trials = std::stoull(argv[3]), .simulator = {}, .threads = 1};
    results::RunWriter writer(argv[2], study::schema_of(loaded, settings, "bench_workers"),
                              results::OverwritePolicy::replace, 1);
    SimulatedWorkers workers(std::stoull(argv[i]), writer);
    study::Listener listener;
    listener.block = [&](results::Block&& block) { return workers.take(std::move(block)); };
    const std::atomic<bool> stop = false;
    study::run_trials(loaded.model, settings, listener, stop, workers);
    const double all = workers.worked + workers.helped + workers.joined;
    fmt::print(
        "{} workers: {} units of {:.1f} ms, {:.2f} s in all, over after {:.3f} s: {:.2f} busy "
        "at a time; the join {:.2f} us of a unit, {:.4f} % of all and {:.3f} % of the time\n",
        argv[i], workers.units, 1e3 * workers.worked / static_cast<double>(workers.units), all,
        workers.end(), all / workers.end(),
        1e6 * workers.joined / static_cast<double>(workers.units), 100 * workers.joined / all,
        100 * workers.joined / workers.end());
    writer.finish(results::Completion::complete);
  }
  return 0;
}
