// How often the 95 % intervals that `truce sensitivity` prints hold the truth: a table in Markdown.
// usage: coverage_sensitivity [REPETITIONS]
#include <cstdlib>
#include <iomanip>
#include <iostream>

#include "support/sensitivity_coverage.hpp"

using namespace truce::test;
using truce::study::DesignKind;

int main(int count, char** arguments) {
  const int repetitions = count > 1 ? std::atoi(arguments[1]) : 500;
  struct Design {
    DesignKind kind;
    std::vector<std::uint64_t> points;
  };
  const Design designs[] = {{DesignKind::sobol, {64, 128, 512}},
                            {DesignKind::latin_hypercube, {128}},
                            {DesignKind::saltelli, {64, 256}},
                            {DesignKind::morris, {10, 40}}};
  const std::pair<TestFunction, Noise> cases[] = {{linear(), {"exact"}},
                                                  {linear(), {"10 % noise", 0.1}},
                                                  {ishigami_function(), {"exact"}},
                                                  {ishigami_function(), {"10 % noise", 0.1}},
                                                  {g_of_five(), {"exact"}},
                                                  {rare_chance(), {"shares", 0, true}}};
  std::cout << "| design, points | function | measure | told | held, least to most | width |\n"
               "| --- | --- | --- | --- | --- | --- |\n"
            << std::fixed;
  for (const Design& design : designs) {
    for (const std::uint64_t points : design.points) {
      for (const auto& [f, noise] : cases) {
        const CoverageOfSensitivity coverage(f, noise, design.kind, points);
        for (const auto& [measure, of] : coverage.repeated(repetitions)) {
          double least = 1, most = 0, width = 0, told = 0;
          for (const Coverage& c : of) {
            if (c.told == 0) continue;
            least = std::min(least, c.share());
            most = std::max(most, c.share());
            width += c.width / c.told / static_cast<double>(of.size());
            told = std::max(told, static_cast<double>(c.told) / repetitions);
          }
          std::cout << "| " << truce::study::name_of(design.kind) << ", " << points << " | "
                    << f.name << ", " << noise.name << " | " << measure << " | "
                    << std::setprecision(2) << told << " | " << std::setprecision(3) << least
                    << " to " << most << " | " << std::setprecision(4) << width << " |\n"
                    << std::flush;
        }
      }
    }
  }
}
