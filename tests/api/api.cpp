// The public face gives what the program gives: the same trials, the same file, the same messages.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <truce/truce.hpp>
#include <vector>

#include "support/catch.hpp"

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

namespace {

const fs::path scenarios = fs::path(TRUCE_SOURCE_DIR) / "scenarios";

/// A folder of its own, removed at the end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("truce-api-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Held persons of which each trial frees a number with mean 10 * p.
constexpr const char* lots = R"yaml(
truce: 2
name: Lots
horizon: 10
parameters:
  p: {value: 0.25, prior: "uniform(0, 1)"}
parties: {north: {role: principal}, south: {role: principal}}
cohorts:
  prisoners: {held_by: north, living: 10}
begin:
  - release: {prisoners: "binomial(10, p)"}
outcomes:
  few: {value: prisoners.freed < 1}
)yaml";

}  // namespace

TEST_CASE("a scenario tells what it has") {
  const auto scenario = truce::Scenario::parse(lots, {{"p", 0.5}});
  CHECK(scenario.title() == "Lots");
  CHECK(scenario.horizon() == 10);
  REQUIRE(scenario.parameters().size() == 1);
  CHECK(scenario.parameters()[0].name == "p");
  CHECK(scenario.parameters()[0].value == 0.5);
  CHECK_FALSE(scenario.parameters()[0].has_prior);  // it was set
  CHECK(truce::Scenario::parse(lots).parameters()[0].has_prior);
  bool found = false;
  for (const auto& outcome : scenario.outcomes()) {
    if (outcome.name == "few") found = outcome.kind == truce::OutcomeKind::yes_no;
  }
  CHECK(found);
}

TEST_CASE("trials follow the law of the scenario") {
  const auto trials = truce::run(truce::Scenario::parse(lots), {.trials = 20'000, .seed = 3});
  REQUIRE(trials.count() == 20'000);
  const auto freed = trials.estimate("prisoners.freed");
  // Binomial: mean n p, variance n p (1 - p).
  const double error = std::sqrt(10 * 0.25 * 0.75 / 20'000);
  CHECK(std::abs(freed.mean - 2.5) < 4 * error);
  CHECK(std::abs(freed.se / error - 1) < 0.03);
  CHECK(freed.ci_low < freed.mean);
  CHECK(freed.mean < freed.ci_high);
  CHECK_FALSE(freed.too_few);
  CHECK(trials.estimate("duration").too_few);  // as all are the same
  const auto& column = trials.column("prisoners.freed");
  CHECK(std::abs(std::accumulate(column.begin(), column.end(), 0.0) / 20'000 - freed.mean) < 1e-9);
  CHECK(trials.labels("ending")[static_cast<std::size_t>(trials.column("ending")[0])] == "horizon");
}

TEST_CASE("a run in memory is the run in the file") {
  const Folder folder;
  const auto scenario = truce::Scenario::load(scenarios / "cairo-three-phase.yaml");
  const truce::RunOptions options{.trials = 1'500, .seed = 7, .uncertain = true, .threads = 2};
  const auto report = truce::run_to_file(scenario, folder.path / "a.h5", options);
  CHECK(report.trials == 1'500);
  CHECK_FALSE(report.stopped);
  const auto trials = truce::run(scenario, options);
  const auto results = truce::Results::open(folder.path / "a.h5");
  CHECK_FALSE(results.is_study());
  REQUIRE(results.points().size() == 1);
  CHECK(results.points()[0].trials == 1'500);
  for (const auto& outcome : results.outcomes()) {
    const auto stored = results.column(outcome.name);
    const auto& own = trials.column(outcome.name);
    REQUIRE(stored.size() == own.size());
    bool same = true;
    for (std::size_t i = 0; i < own.size(); ++i) {
      same = same && (stored[i] == own[i] || (std::isnan(stored[i]) && std::isnan(own[i])));
    }
    CHECK(same);
    if (outcome.kind == truce::OutcomeKind::category) continue;
    const auto a = results.estimate(outcome.name);
    const auto b = trials.estimate(outcome.name);
    CHECK(a.count == b.count);
    CHECK(a.missing == b.missing);
    CHECK((a.mean == b.mean || a.count == 0));
    CHECK((trials.mean(outcome.name) == b.mean || b.count == 0));
    CHECK((a.ci_low == b.ci_low || std::isnan(a.ci_low)));
    CHECK((a.max == b.max || a.count == 0));
    CHECK(a.too_few == b.too_few);
  }
  CHECK_THROWS_AS(truce::run_to_file(scenario, folder.path / "a.h5", options), truce::Error);
  const std::string before = bytes_of(folder.path / "a.h5");
  truce::RunOptions other = options;
  other.threads = 1;
  CHECK(truce::run_to_file(scenario, folder.path / "a.h5", other, true).trials == 1'500);
  CHECK(bytes_of(folder.path / "a.h5") == before);
}

TEST_CASE("a run that is stopped keeps what is done, and replaces nothing") {
  const Folder folder;
  const auto scenario = truce::Scenario::load(scenarios / "cairo-three-phase.yaml");
  truce::RunOptions options{.trials = 50'000'000, .threads = 2};
  std::uint64_t planned = 0;
  options.progress = [&](std::uint64_t done, std::uint64_t of) {
    planned = of;
    return done == 0;
  };
  const auto report = truce::run_to_file(scenario, folder.path / "a.h5", options);
  CHECK(planned == 50'000'000);
  CHECK(report.stopped);
  CHECK(report.trials > 0);
  CHECK(truce::Results::open(folder.path / "a.h5").points()[0].trials == report.trials);
  const std::string before = bytes_of(folder.path / "a.h5");
  CHECK(truce::run_to_file(scenario, folder.path / "a.h5", options, true).stopped);
  CHECK(bytes_of(folder.path / "a.h5") == before);
}

TEST_CASE("of a trial without end the first and the last events are told") {
  const auto told =
      truce::trace(truce::Scenario::parse("truce: 2\nhorizon: 1000\n"
                                          "incidents: {shot: {rate: 1e6, while: true}}\n"
                                          "outcomes: {x: {value: shot.occurred}}\n"),
                   0);
  CHECK(told.failure.find("more than 10000000 events") != std::string::npos);
  CHECK(told.events.size() >= 100'000);
  CHECK(told.events.size() < 150'000);
  CHECK(told.left_out + told.events.size() >= 10'000'000);
  CHECK(told.left_out % 50'000 == 0);
  CHECK(told.events[49'999].time < told.events[50'000].time - 1);
}

TEST_CASE("a trial is told event by event") {
  const auto told = truce::trace(truce::Scenario::parse(lots), 5, {.seed = 3});
  CHECK(told.failure.empty());
  REQUIRE_FALSE(told.events.empty());
  CHECK(told.events.front().time == 0);
  const auto trials = truce::run(truce::Scenario::parse(lots), {.trials = 6, .seed = 3});
  double released = 0;
  for (const auto& event : told.events) {
    if (event.what == "prisoners.release") released += event.amount;
  }
  CHECK(released == trials.column("prisoners.freed")[5]);
  CHECK_THROWS_AS(truce::trace(truce::Scenario::parse(lots), std::uint64_t{1} << 48U),
                  truce::Error);
}

TEST_CASE("other values make the scenario that would have been read with them") {
  const auto file = scenarios / "cairo-three-phase.yaml";
  const auto base = truce::Scenario::load(file, {{"detection", 0.5}});
  const auto changed = base.with({{"engagement", 0.9}});
  const auto read = truce::Scenario::load(file, {{"engagement", 0.9}});
  REQUIRE(changed.parameters().size() == read.parameters().size());
  for (std::size_t i = 0; i < read.parameters().size(); ++i) {
    CHECK(changed.parameters()[i].name == read.parameters()[i].name);
    CHECK(changed.parameters()[i].value == read.parameters()[i].value);
    CHECK(changed.parameters()[i].has_prior == read.parameters()[i].has_prior);
  }
  const truce::RunOptions options{.trials = 300, .uncertain = true, .threads = 2};
  CHECK(truce::run_to_memory(changed, options).bytes == truce::run_to_memory(read, options).bytes);
  CHECK(base.files() == std::vector<fs::path>{file});
  CHECK(truce::Scenario::parse(lots).files().empty());
  CHECK_THROWS_WITH(base.with({{"engagment", 1}}), Contains("'engagement'"));
  CHECK_THROWS_WITH(base.with({{"engagement", std::nan("")}}), Contains("'engagement' is nan"));
}

TEST_CASE("the file in memory is the file but for its seal") {
  const Folder folder;
  const auto scenario = truce::Scenario::load(scenarios / "cairo-three-phase.yaml");
  const truce::RunOptions options{.trials = 1'500, .seed = 7, .threads = 2};
  truce::run_to_file(scenario, folder.path / "a.h5", options);
  const auto memory = truce::run_to_memory(scenario, options);
  CHECK(memory.report.trials == 1'500);
  CHECK_FALSE(memory.report.stopped);
  const std::string file = bytes_of(folder.path / "a.h5");
  REQUIRE(memory.bytes.size() < file.size());
  CHECK(std::equal(memory.bytes.begin(), memory.bytes.end(), file.begin(),
                   [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
  CHECK(file.substr(memory.bytes.size()).starts_with("\ntruce-seal "));
  truce::RunOptions stopped = options;
  stopped.trials = 50'000'000;
  stopped.progress = [](std::uint64_t, std::uint64_t) { return false; };
  const auto none = truce::run_to_memory(scenario, stopped);
  CHECK(none.report.stopped);
  CHECK(none.bytes.empty() == (none.report.trials == 0));
}

TEST_CASE("a study runs from its file") {
  const Folder folder;
  std::ofstream(folder.path / "lots.yaml") << lots;
  std::ofstream(folder.path / "study.yaml") << "study: 1\nname: Lots\nscenario: lots.yaml\n"
                                               "trials: 4000\ndesign: {kind: grid}\n"
                                               "vary: {p: [0.2, 0.8]}\n";
  const auto report = truce::run_study(folder.path / "study.yaml", folder.path / "s.h5");
  CHECK(report.points == 2);
  CHECK(report.trials == 8'000);
  const auto results = truce::Results::open(folder.path / "s.h5");
  CHECK(results.is_study());
  REQUIRE(results.points().size() == 2);
  for (std::size_t point = 0; point < 2; ++point) {
    const double p = results.points()[point].settings.at(0).value;
    CHECK(p == (point == 0 ? 0.2 : 0.8));
    const double error = std::sqrt(10 * p * (1 - p) / 4'000);
    CHECK(std::abs(results.estimate("prisoners.freed", point).mean - 10 * p) < 4 * error);
  }
  CHECK_THROWS_AS(results.column("prisoners.freed", 2), std::out_of_range);
  CHECK_THROWS_AS(truce::run_study(folder.path / "study.yaml", folder.path / "s.h5"), truce::Error);
}

TEST_CASE("what is wrong is told as the program tells it") {
  CHECK_THROWS_WITH(truce::Scenario::parse("truce: 2\nhorizn: 3\n", {}, "mine.yaml"),
                    Contains("mine.yaml:2:1: error: unknown key 'horizn'"));
  CHECK_THROWS_AS(truce::Scenario::load("nowhere.yaml"), truce::Error);
  CHECK_THROWS_WITH(truce::Scenario::parse(lots, {{"q", 1}}), Contains("'q'"));
  const auto trials = truce::run(truce::Scenario::parse(lots), {.trials = 10});
  CHECK_THROWS_WITH(trials.column("prisoners.fred"), Contains("'prisoners.freed'"));
  CHECK_THROWS_AS(trials.estimate("ending"), truce::Error);
  CHECK_THROWS_AS(trials.labels("few"), truce::Error);
  CHECK_THROWS_AS(truce::run(truce::Scenario::parse(lots), {.trials = 0}), truce::Error);
  CHECK_THROWS_AS(truce::Results::open(scenarios / "cairo-three-phase.yaml"), truce::Error);
}
