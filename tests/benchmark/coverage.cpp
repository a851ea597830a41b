// How often the 95 % intervals that truce prints hold the truth, on laws where that is known: a
// table in Markdown, of everything, or of the sections whose names begin so.
// usage: coverage [--repetitions N] [SECTION...]; sections: run, precise, compare, discover,
// sensitivity
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <string_view>

#include "support/coverage/comparisons.hpp"
#include "support/coverage/discovery.hpp"
#include "support/coverage/outcomes.hpp"
#include "support/coverage/sensitivity.hpp"
#include "support/coverage/stopping.hpp"

using namespace truce::test;
using truce::study::DesignKind;

namespace {

void print(const CoverageRow& row) {
  const Coverage* least = row.least();
  std::cout << "| " << row.interval << " | " << row.truth << " | " << row.size << " | ";
  if (least == nullptr) {
    std::cout << "not told | | | |\n" << std::flush;
    return;
  }
  std::cout << std::setprecision(3) << least->share();
  if (row.of.size() > 1) std::cout << " to " << row.most();
  std::cout << " | " << std::setprecision(2) << least->share_warned() << " | "
            << std::setprecision(3) << least->share_missed() << " | " << std::setprecision(3)
            << least->width / least->told << " |\n"
            << std::flush;
}

void print(const CoverageRows& rows) {
  for (const CoverageRow& row : rows) print(row);
}

void run(int repetitions) {
  for (const OutcomeLaw& law : laws_of_numbers()) {
    for (const int n : {10, 100, 1000}) print(coverage_of_outcome(law, n, repetitions));
  }
  for (const OutcomeLaw& law : laws_of_shares()) {
    for (const int n : {20, 200, 2000}) print(coverage_of_outcome(law, n, repetitions));
  }
}

void precise(int repetitions) {
  const auto numbers = laws_of_numbers();
  const auto shares = laws_of_shares();
  print(coverage_of_stopping(numbers[1], 0.025, repetitions));
  print(coverage_of_stopping(numbers[4], 0.002, repetitions));
  print(coverage_of_stopping(numbers[5], 0.15, repetitions));
  print(coverage_of_stopping(shares[0], 0.012, repetitions));
  print(coverage_of_stopping(shares[1], 0.005, repetitions));
  print(coverage_of_stopping(shares[2], 0.0005, repetitions));
}

void compare(int repetitions) {
  for (const PairLaw& law : laws_of_pairs()) {
    for (const int n : {20, 200, 1000}) print(coverage_of_comparison(law, n, repetitions));
  }
}

// Each repetition searches some thousand times.
void discover(int repetitions) {
  for (const CaseLaw& law : laws_of_cases()) {
    for (const Eigen::Index n : {100, 200, 500}) {
      print(coverage_of_discovery(law, n, repetitions / 5));
    }
  }
}

void sensitivity(int repetitions) {
  struct Design {
    DesignKind kind;
    std::vector<std::uint64_t> points;
  };
  const Design designs[] = {{DesignKind::sobol, {64, 256}},
                            {DesignKind::latin_hypercube, {128}},
                            {DesignKind::saltelli, {64, 256}},
                            {DesignKind::morris, {10, 20, 40}}};
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
      {additive_with_counts(), {"10 % noise", 0.1}}};
  for (const Design& design : designs) {
    for (const std::uint64_t points : design.points) {
      for (const auto& [f, noise] : cases) {
        print(coverage_of_sensitivity(f, noise, design.kind, points, repetitions / 5));
      }
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::pair<std::string_view, std::function<void(int)>> sections[] = {
      {"run", run},
      {"precise", precise},
      {"compare", compare},
      {"discover", discover},
      {"sensitivity", sensitivity}};
  int repetitions = 1000;
  std::vector<std::string_view> wanted;
  for (int i = 1; i < count; ++i) {
    if (std::string_view(arguments[i]) == "--repetitions" && i + 1 < count) {
      repetitions = std::atoi(arguments[++i]);
    } else {
      wanted.emplace_back(arguments[i]);
    }
  }
  if (repetitions < 5) {
    std::cerr << "usage: coverage [--repetitions N, at least 5] [SECTION...]\n";
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  std::cout << "| interval | truth | size | held | warned | missed unwarned | width |\n"
               "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const auto& [name, section] : sections) {
    if (wanted.empty() || std::ranges::find(wanted, name) != wanted.end()) section(repetitions);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::cerr << repetitions << " repetitions, discover and sensitivity a fifth of them: "
            << std::lround(seconds.count()) << " s\n";
}
