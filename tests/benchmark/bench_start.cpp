// All that `truce run` does before the first trial: reads and compiles the scenario, opens the
// file. What is timed is the whole process. Usage: bench_start SCENARIO OUTPUT
#include "loaded.hpp"
#include "results/run_writer.hpp"
#include "study/run.hpp"

int main(int argc, char** argv) {
  using namespace truce;
  if (argc != 3) {
    fmt::print(stderr, "usage: bench_start SCENARIO OUTPUT\n");
    return 2;
  }
  const scenario::Loaded loaded = benchmark::loaded(argv[1]);
  const study::RunSettings settings{.trials = 1};
  const results::RunWriter writer(argv[2], study::schema_of(loaded, settings, "bench_start"),
                                  results::OverwritePolicy::replace, 1);
  const model::Simulator simulator(loaded.model, settings.simulator);
  return 0;
}
