// How often the 95 % intervals that truce prints hold the truth, on laws where that is known: a
// table in Markdown, of everything, or of the sections named; with --details, of every law and
// size. usage: coverage [--repetitions N] [--details] [SECTION...]; sections: run, precise,
// compare, discover, sobol, latin_hypercube, list, saltelli, morris. N is 400 unless said: half in
// sobol, latin_hypercube and list, a quarter in discover and of the chance of the best.
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <string_view>

#include "support/coverage/best.hpp"
#include "support/coverage/comparisons.hpp"
#include "support/coverage/dependent.hpp"
#include "support/coverage/differences.hpp"
#include "support/coverage/discovery.hpp"
#include "support/coverage/outcomes.hpp"
#include "support/coverage/quantiles.hpp"
#include "support/coverage/sensitivity.hpp"
#include "support/coverage/simultaneous.hpp"
#include "support/coverage/stopping.hpp"
#include "support/coverage/table.hpp"
#include "support/coverage/times.hpp"

using namespace truce::test;
using truce::study::DesignKind;

namespace {

using Print = std::function<void(const CoverageRow&)>;

void print(const CoverageRows& rows, const Print& out) {
  for (const CoverageRow& row : rows) out(row);
}

void run(int repetitions, const Print& out) {
  for (const OutcomeLaw& law : laws_of_numbers()) {
    for (const int n : {10, 100, 1000}) out(coverage_of_outcome(law, n, repetitions));
  }
  for (const OutcomeLaw& law : laws_of_shares()) {
    for (const int n : {20, 200, 2000}) out(coverage_of_outcome(law, n, repetitions));
  }
  for (const QuantileLaw& law : laws_of_quantiles()) {
    for (const std::size_t n : {50, 400, 2000}) out(coverage_of_quantiles(law, n, repetitions));
  }
}

void precise(int repetitions, const Print& out) {
  const auto numbers = laws_of_numbers();
  const auto shares = laws_of_shares();
  out(coverage_of_stopping(numbers[1], 0.025, repetitions));
  out(coverage_of_stopping(numbers[4], 0.002, repetitions));
  out(coverage_of_stopping(numbers[5], 0.15, repetitions));
  out(coverage_of_stopping(shares[0], 0.012, repetitions));
  out(coverage_of_stopping(shares[1], 0.005, repetitions));
  out(coverage_of_stopping(shares[2], 0.0005, repetitions));
  for (const StoppingCase& of : stopping_cases()) {
    out(coverage_of_stopped_difference(of, repetitions));
  }
}

void compare(int repetitions, const Print& out) {
  for (const PairLaw& law : laws_of_pairs()) {
    for (const int n : {20, 200, 1000}) print(coverage_of_comparison(law, n, repetitions), out);
  }
  for (const TimesLaw& law : laws_of_times()) {
    for (const int n : {20, 200, 1000}) print(coverage_of_times(law, n, repetitions), out);
  }
  for (const FamilyLaw& law : laws_of_families()) {
    for (const std::size_t n : {20, 200, 1000}) out(coverage_of_family(law, n, repetitions));
  }
  for (const BestLaw& law : laws_of_best()) {
    for (const std::size_t n : {20, 100, 400}) out(coverage_of_best(law, n, repetitions / 4));
  }
}

// Each repetition searches some thousand times.
void discover(int repetitions, const Print& out) {
  for (const CaseLaw& law : laws_of_cases()) {
    for (const Eigen::Index n : {100, 200, 500}) {
      out(coverage_of_discovery(law, n, repetitions / 4));
    }
  }
}

void sensitivity(DesignKind design, const std::vector<std::uint64_t>& sizes, int repetitions,
                 const Print& out) {
  // The first half were looked at when the intervals were made, the others were not.
  const std::pair<TestFunction, Noise> cases[] = {
      {linear(), {"exact"}},
      {ishigami_function(), {"exact"}},
      {ishigami_function(), {"10 % noise", 0.1}},
      {g_of_five(), {"exact"}},
      {rare_chance(), {"shares", 0, true}},
      {g_of_equals(), {"exact"}},
      {bratley(), {"exact"}},
      {bratley(), {"30 % noise", 0.3}},
      {exponentials("product of exponentials", 1, {2, 1, 0.2}), {"exact"}},
      {additive_with_counts(), {"exact"}},
      {additive_with_counts(), {"10 % noise", 0.1}},
      {threshold(), {"exact"}}};
  for (const std::uint64_t points : sizes) {
    for (const auto& [f, noise] : cases) {
      print(coverage_of_sensitivity(f, noise, design, points, repetitions), out);
    }
  }
}

void list(int repetitions, const Print& out) {
  for (const DependentFunction& f : dependent_functions()) {
    for (const Eigen::Index n : {100, 300}) {
      for (const double noise : {0.0, 0.1}) out(coverage_of_shapley(f, noise, n, repetitions / 2));
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::pair<std::string_view, std::function<void(int, const Print&)>> sections[] = {
      {"run", run},
      {"precise", precise},
      {"compare", compare},
      {"discover", discover},
      {"sobol",
       [](int n, const Print& out) {
         sensitivity(DesignKind::sobol, {64, 160, 256}, n / 2, out);
       }},
      {"latin_hypercube",
       [](int n, const Print& out) {
         sensitivity(DesignKind::latin_hypercube, {128}, n / 2, out);
       }},
      {"list", list},
      {"saltelli",
       [](int n, const Print& out) {
         sensitivity(DesignKind::saltelli, {64, 256, 512}, n, out);
       }},
      {"morris", [](int n, const Print& out) {
         sensitivity(DesignKind::morris, {10, 20, 40}, n, out);
       }}};
  int repetitions = 400;
  bool details = false;
  std::vector<std::string_view> wanted;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--repetitions" && i + 1 < count) {
      repetitions = std::atoi(arguments[++i]);
    } else if (argument == "--details") {
      details = true;
    } else {
      wanted.push_back(argument);
    }
  }
  const bool known = std::ranges::all_of(wanted, [&](std::string_view name) {
    return std::ranges::any_of(sections, [&](const auto& s) { return s.first == name; });
  });
  if (repetitions < 10 || !known) {
    std::cerr
        << "usage: coverage [--repetitions N, at least 10] [--details] [SECTION...]\nsections:";
    for (const auto& [name, section] : sections) std::cerr << ' ' << name;
    std::cerr << '\n';
    return 2;
  }
  ShortTable table;
  std::optional<DetailedTable> detailed;
  if (details) detailed.emplace(std::cout);
  const Print out = [&](const CoverageRow& row) { detailed ? detailed->add(row) : table.add(row); };
  const auto begun = std::chrono::steady_clock::now();
  for (const auto& [name, section] : sections) {
    if (!wanted.empty() && std::ranges::find(wanted, name) == wanted.end()) continue;
    const auto start = std::chrono::steady_clock::now();
    section(repetitions, out);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cerr << name << ": " << std::lround(seconds.count()) << " s\n";
  }
  if (!details) table.print(std::cout);
  const std::chrono::duration<double> all = std::chrono::steady_clock::now() - begun;
  std::cerr << "all: " << std::lround(all.count()) << " s\n";
}
