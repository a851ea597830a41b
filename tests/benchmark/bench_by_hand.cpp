// Times the neutral scenario written by hand as bench_trials does the interpreter.
// Usage: bench_by_hand TRIALS [REPETITIONS]
#include <cstdlib>

#include "neutral_by_hand.hpp"
#include "timed_trials.hpp"

int main(int argc, char** argv) {
  using namespace truce;
  if (argc < 2) {
    fmt::print(stderr, "usage: bench_by_hand TRIALS [REPETITIONS]\n");
    return 2;
  }
  benchmark::NeutralByHand simulator(model::SimulatorSettings{}.seed);
  benchmark::print_timed_trials(simulator, std::strtoull(argv[1], nullptr, 10),
                                argc > 2 ? std::atoi(argv[2]) : 1);
  return 0;
}
