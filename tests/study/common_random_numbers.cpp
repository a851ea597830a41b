// Two variants differ trial by trial only where their assumption bites.
#include <atomic>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/statistics.hpp"
#include "truce/scenario/compile.hpp"
#include "truce/study/run.hpp"

using namespace truce;

namespace {

const std::string cairo = TRUCE_SOURCE_DIR "/scenarios/cairo-three-phase.yaml";

std::map<std::string, std::vector<double>> columns(const std::string& yaml, std::uint64_t trials,
                                                   const scenario::Overrides& overrides = {}) {
  scenario::Diagnostics diagnostics;
  const auto base = scenario::load_document(cairo, diagnostics);
  const auto loaded = scenario::load_merged(
      scenario::merged(base, scenario::parse_document(yaml, "overlay.yaml", diagnostics)),
      overrides, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(loaded.has_value());
  std::map<std::string, std::vector<double>> result;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      auto& column = result[loaded->model.columns[c].name];
      column.insert(column.end(), block.columns[c].begin(), block.columns[c].end());
    }
    return study::Verdict::go_on;
  };
  const std::atomic<bool> stop = false;
  const auto report =
      study::run_trials(loaded->model, {.trials = trials, .threads = 2}, listener, stop);
  REQUIRE(report.failed == 0);
  return result;
}

double variance(const std::vector<double>& values) {
  const double sd = truce::test::sd_of(values);
  return sd * sd;
}

}  // namespace

TEST_CASE("a small change of an assumption has a small variance trial by trial") {
  constexpr std::uint64_t trials = 20'000;
  const auto a = columns("{}", trials);
  const auto b = columns("{}", trials, {{"detection", 0.88}});
  for (const char* name :
       {"hostages_freed", "all_three_phases", "hostage_days", "disputes.opened", "withdrawn"}) {
    CAPTURE(name);
    const auto& x = a.at(name);
    const auto& y = b.at(name);
    std::vector<double> difference(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) difference[i] = x[i] - y[i];
    CHECK(variance(difference) > 0);
    CHECK((variance(x) + variance(y)) / variance(difference) > 20);
  }
}

TEST_CASE("a trigger that never fires, placed first, changes no draw") {
  const auto a = columns("{}", 3000);
  const auto b = columns(
      "triggers:\n"
      "  a_first: {upon: nobody_sends_this, chance: 0.5, do: [{signal: never}]}\n"
      "  b_never: {when: time > 1000, do: [{signal: nobody_sends_this}]}\n",
      3000);
  for (const auto& [name, values] : a) {
    CAPTURE(name);
    const auto& other = b.at(name);
    REQUIRE(values.size() == other.size());
    // Byte by byte: NaN is equal to itself here.
    CHECK(std::memcmp(values.data(), other.data(), values.size() * sizeof(double)) == 0);
  }
}
