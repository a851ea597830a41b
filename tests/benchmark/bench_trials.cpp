// Times the trials of a scenario in one thread, without writing anything.
// Usage: bench_trials SCENARIO TRIALS [REPETITIONS]
#include <cstdlib>

#include "timed_trials.hpp"
#include "truce/scenario/compile.hpp"

int main(int argc, char** argv) {
  using namespace truce;
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_trials SCENARIO TRIALS [REPETITIONS]\n");
    return 2;
  }
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load(argv[1], {}, diagnostics);
  if (!loaded) {
    fmt::print(stderr, "{}", diagnostics.text());
    return 2;
  }
  model::Simulator simulator(loaded->model, {});
  benchmark::print_timed_trials(simulator, std::strtoull(argv[2], nullptr, 10),
                                argc > 3 ? std::atoi(argv[3]) : 1);
  return 0;
}
