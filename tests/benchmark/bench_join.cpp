// What only one thread can do while trials run: processor time of the ordered join and the writer's
// share in it, per trial. Usage: bench_join SCENARIO.yaml OUTPUT.h5 TRIALS THREADS
#include <fmt/format.h>

#include <atomic>
#include <ctime>
#include <string>

#include "loaded.hpp"
#include "results/run_writer.hpp"
#include "study/run.hpp"

namespace {

/// Seconds of processor time, of this thread or of all.
double processor_seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  using namespace truce;
  const auto loaded = benchmark::loaded(argv[1]);
  const study::RunSettings settings{.trials = std::stoull(argv[3]),
                                    .threads = static_cast<unsigned>(std::stoul(argv[4]))};
  results::RunWriter writer(argv[2], study::schema_of(loaded, settings, "bench_join"),
                            results::OverwritePolicy::replace, settings.threads);
  double in_order = 0;
  study::Listener listener;
  listener.block = [&](results::Block&& block) {
    const double before = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
    writer.take(std::move(block));
    in_order += processor_seconds(CLOCK_THREAD_CPUTIME_ID) - before;
    return study::Verdict::go_on;
  };
  listener.help = [&] { return writer.help(); };
  const std::atomic<bool> stop = false;
  const double start = processor_seconds(CLOCK_PROCESS_CPUTIME_ID);
  const auto report = study::run_trials(loaded.model, settings, listener, stop);
  const double all = processor_seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
  const double trials = static_cast<double>(report.trials);
  fmt::print("{:.3f} us of one thread per trial, of {:.3f} us: {:.2f} %\n", 1e6 * in_order / trials,
             1e6 * all / trials, 100 * in_order / all);
  writer.finish(results::Completion::complete);
  return 0;
}
