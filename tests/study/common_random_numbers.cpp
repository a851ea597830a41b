// Two variants differ trial by trial only where their assumption bites.
#include <atomic>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "scenario/compile.hpp"
#include "study/run.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"
#include "support/statistics.hpp"

using namespace truce;

namespace {

const std::string cairo = TRUCE_SOURCE_DIR "/scenarios/cairo-three-phase.yaml";

std::map<std::string, std::vector<double>> columns(scenario::Node document, std::uint64_t trials,
                                                   const scenario::Overrides& overrides = {}) {
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_merged(std::move(document), overrides, diagnostics);
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

std::map<std::string, std::vector<double>> columns(const std::string& yaml, std::uint64_t trials,
                                                   const scenario::Overrides& overrides = {}) {
  scenario::Diagnostics diagnostics;
  const auto base = scenario::load_document(cairo, diagnostics);
  return columns(
      scenario::merged(base, scenario::parse_document(yaml, "overlay.yaml", diagnostics)), trials,
      overrides);
}

double variance(const std::vector<double>& values) {
  const double sd = truce::test::sd_of(values);
  return sd * sd;
}

}  // namespace

TEST_CASE("a small change of an assumption has a small variance trial by trial") {
  constexpr std::uint64_t trials = test::repeated(20'000U);
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

TEST_CASE("what only has another name draws the same numbers from the stream of the old one") {
  std::ifstream file(cairo);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string renamed = text;
  int count = 0;
  for (const char* name :
       {"release_civilians", "release_prisoners", "return_civilian_remains", "expand_aid",
        "ease_movement", "release_female_soldiers", "release_prisoners_for_soldiers",
        "return_remains", "release_prisoners_for_remains", "release_military", "withdraw_forces",
        "talks_on_second", "talks_on_third", "palestinian_fire", "israeli_fire",
        "spoiler_attack"}) {
    const std::string other = name + std::string("_too");
    renamed = std::regex_replace(renamed, std::regex("\\b" + std::string(name) + "\\b"), other);
    const std::regex begins("\\n( +)" + other + ": \\{");
    count += std::regex_search(renamed, begins) ? 1 : 0;
    renamed = std::regex_replace(renamed, begins,
                                 "\n$1" + other + ": {stream: " + std::string(name) + ", ");
  }
  REQUIRE(count == 16);
  const auto columns_of = [](const std::string& yaml) {
    scenario::Diagnostics diagnostics;
    return columns(scenario::parse_document(yaml, "s.yaml", diagnostics), 2000);
  };
  const auto a = columns_of(text);
  const auto same_bits = [&](const auto& b) {
    for (const auto& [name, values] : a) {
      const std::size_t dot = name.find('.');
      const auto& others =
          b.at(b.contains(name) ? name : name.substr(0, dot) + "_too" + name.substr(dot));
      if (std::memcmp(values.data(), others.data(), values.size() * sizeof(double)) != 0) {
        return false;
      }
    }
    return true;
  };
  CHECK(same_bits(columns_of(renamed)));
  CHECK_FALSE(same_bits(columns_of(std::regex_replace(renamed, std::regex("stream: \\w+, "), ""))));
}
