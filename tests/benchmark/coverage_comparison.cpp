// How often the 95 % intervals hold at which a study stops on a difference: a table in Markdown.
// usage: coverage_comparison [REPETITIONS]
#include <cstdlib>
#include <iomanip>
#include <iostream>

#include "support/difference_coverage.hpp"

using namespace truce::test;

int main(int count, char** arguments) {
  const int repetitions = count > 1 ? std::atoi(arguments[1]) : 2000;
  std::cout << "| pairs | trials, mean | stopped | held |\n| --- | --- | --- | --- |\n"
            << std::fixed;
  for (const StoppingCase& of : stopping_cases()) {
    const StoppedCoverage found = stopped_coverage(of, repetitions);
    std::cout << "| " << of.name << " | " << std::setprecision(0) << found.trials << " | "
              << std::setprecision(3) << found.reached << " | " << found.covered << " |\n"
              << std::flush;
  }
}
