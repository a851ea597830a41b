// Times the trials of a scenario in one thread, without writing anything.
// Usage: bench_trials SCENARIO TRIALS [REPETITIONS]
#include <cstdlib>

#include "loaded.hpp"
#include "timed_trials.hpp"

int main(int argc, char** argv) {
  using namespace truce;
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_trials SCENARIO TRIALS [REPETITIONS]\n");
    return 2;
  }
  const scenario::Loaded loaded = benchmark::loaded(argv[1]);
  model::Simulator simulator(loaded.model, {});
  benchmark::print_timed_trials(simulator, std::strtoull(argv[2], nullptr, 10),
                                argc > 3 ? std::atoi(argv[3]) : 1);
  return 0;
}
