// Runs that stop by themselves: where, and what they say, is the same in whatever pieces they run.
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "study/controls.hpp"
#include "study/detail/run_on_ranks.hpp"
#include "study/precision.hpp"
#include "study/run_file.hpp"
#include "study/run_parts.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/sanitized.hpp"
#include "support/simulated_ranks.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;

namespace {

const char* const scenario_text = R"yaml(
truce: 2
horizon: 10
incidents: {shot: {rate: 0.1, while: true, do: [{add: {harm: "uniform(0, 1)"}}]}}
levels: {harm: 0}
outcomes:
  shots: {value: shot.occurred}
  any: {value: shot.occurred > 0}
  harm: {value: harm}
)yaml";

/// A run until the interval of an outcome is so narrow.
struct PreciseRun {
  std::atomic<bool> stop = false;
  scenario::Loaded loaded = test::loaded(scenario_text);
  study::RunSettings settings{.trials = 100'000, .threads = 2};
  std::optional<study::PrecisionRule> rule;
  study::RunFile file;

  PreciseRun(const std::string& outcome, double half_width, const std::filesystem::path& output)
      : file{.model = loaded.model,
             .schema = study::schema_of(loaded, settings, "test"),
             .settings = settings,
             .output = output,
             .policy = results::OverwritePolicy::replace} {
    study::choose_controls(loaded.model, file.settings, file.schema, stop);
    REQUIRE(file.schema.controls);
    const auto& columns = file.schema.columns;
    const auto column = std::ranges::find(columns, outcome, &results::Column::name);
    rule.emplace(static_cast<std::size_t>(column - columns.begin()), half_width, column->kind);
    rule->use_controls(file.schema);
    file.precision = &*rule;
  }

  study::RunFileReport run(const study::RunFileListener& listener = {}) {
    const auto report = study::run_to_file(file, listener, stop);
    INFO("trials " << rule->trials());
    if (!report.run.interrupted) CHECK(rule->reached().reached);
    return report;
  }
};

constexpr std::array<std::pair<const char*, double>, 3> goals{
    {{"shots", 0.011}, {"any", 0.0045}, {"harm", 0.006}}};

/// How many trials it has when it is run at once, into once.h5 of the folder.
std::uint64_t trials_at_once(const char* outcome, double half_width,
                             const test::TemporaryFolder& folder) {
  return PreciseRun(outcome, half_width, folder / "once.h5").run().run.trials;
}

bool is_as_at_once(const std::string& name, const test::TemporaryFolder& folder) {
  return test::bytes_of(folder / name) == test::bytes_of(folder / "once.h5");
}

/// Of the outcome at the end, as numbers that are to be equal to the last bit.
std::array<double, 4> what_is_known(const PreciseRun& run) {
  const results::PrecisionReached reached = run.rule->reached();
  return {static_cast<double>(reached.count), reached.value, reached.ci.low, reached.ci.high};
}

/// What a rank makes of a task that takes so many ms for each trial.
SimulatedRanks::Done done(const study::RunFile& file, const study::Message& task, double ms,
                          const std::atomic<bool>& stop) {
  study::Message answer = study::serve_run(file, task, stop);
  const double seconds = 1e-3 * ms * static_cast<double>(task.numbers.at(2) - task.numbers.at(1));
  if (!answer.numbers.empty()) answer.numbers.at(3) = static_cast<std::uint64_t>(1e6 * seconds);
  return {answer, seconds};
}

}  // namespace

TEST_CASE("a run that stops by itself is the same at once, in parts and by ranks") {
  const test::TemporaryFolder folder;
  for (const auto& [outcome, half_width] : goals) {
    if (test::sanitized && std::string_view(outcome) != "any") continue;
    INFO(outcome);
    PreciseRun at_once(outcome, half_width, folder / "once.h5");
    const std::uint64_t trials = at_once.run().run.trials;
    CHECK(trials > study::PrecisionRule::least_trials);
    CHECK(trials < 50'000);

    if (!test::sanitized) {
      PreciseRun in_parts(outcome, half_width, folder / "parts.h5");
      in_parts.file.part_seconds = 0;  // a part at each block
      CHECK(in_parts.run().run.trials == trials);
      CHECK(what_is_known(in_parts) == what_is_known(at_once));
      CHECK(is_as_at_once("parts.h5", folder));
    }

    PreciseRun by_ranks(outcome, half_width, folder / "ranks.h5");
    std::size_t tasks = 0;
    // Some are slow, so that parts are finished out of order.
    SimulatedRanks ranks(3, [&](const study::Message& task) {
      return done(by_ranks.file, task, ++tasks % 3 == 0 ? 1 : 0.2, by_ranks.stop);
    });
    by_ranks.file.ranks = &ranks;
    CHECK(by_ranks.run().run.trials == trials);
    CHECK(what_is_known(by_ranks) == what_is_known(at_once));
    CHECK(tasks > 8);
    CHECK(is_as_at_once("ranks.h5", folder));
    CHECK_FALSE(std::filesystem::exists(folder / "ranks.h5.parts"));
  }
}

TEST_CASE("a run that stops by itself goes on from where it was stopped") {
  const test::TemporaryFolder folder;
  const char* const outcome = "shots";
  constexpr double half_width = 0.009;
  const std::uint64_t trials = trials_at_once(outcome, half_width, folder);
  const auto output = folder / "out.h5";

  std::uint64_t seen = 0;
  const auto stop_after = [&](PreciseRun& run, std::uint64_t count) {
    run.file.settings.threads = 1;  // others would run on for a while
    return study::RunFileListener{.block = [&run, &seen, count](const results::Block& block) {
      if ((seen += block.status.size()) >= count) run.stop = true;
    }};
  };
  {  // In the file itself, in the middle of what is run from one look to the next.
    PreciseRun first(outcome, half_width, output);
    REQUIRE(first.run(stop_after(first, 6000)).run.interrupted);
  }
  {  // By ranks, of which one stops: the others' parts leave a gap.
    PreciseRun second(outcome, half_width, output);
    const std::atomic<bool> stopped = true;
    std::size_t runs = 0;
    SimulatedRanks ranks(3, [&](const study::Message& task) {
      const bool stops = ++runs == 4;
      return done(second.file, task, stops ? 5 : 1, stops ? stopped : second.stop);
    });
    second.file.ranks = &ranks;
    const auto report = second.run();
    REQUIRE(report.run.interrupted);
    CHECK(report.earlier >= 6000);
    const auto parts = study::finished_parts(second.file);
    CHECK(study::missing_in(parts, {0, parts.back().trials.end}).size() == 1);
  }
  PreciseRun third(outcome, half_width, output);
  third.file.part_seconds = 0;
  seen = 0;
  REQUIRE(third.run(stop_after(third, 3000)).run.interrupted);
  PreciseRun last(outcome, half_width, output);
  const auto report = last.run();
  CHECK(report.earlier + report.run.trials >= trials);
  CHECK(last.rule->trials() == trials);
  CHECK(is_as_at_once("out.h5", folder));
}

TEST_CASE("what a finished run had enough of is enough when it is looked at again") {
  // It was stopped after the last look, before the file was there.
  const test::TemporaryFolder folder;
  const auto& [outcome, half_width] = goals[1];
  const std::uint64_t trials = trials_at_once(outcome, half_width, folder);
  PreciseRun again(outcome, half_width, folder / "out.h5");
  study::make_parts_folder(study::parts_folder(again.file.output));
  study::run_part(again.file, {0, trials}, {}, again.stop);
  CHECK(again.run().run.trials == 0);
  CHECK(is_as_at_once("out.h5", folder));
}

TEST_CASE("a signal after the look that was enough stops nothing") {
  const test::TemporaryFolder folder;
  const auto& [outcome, half_width] = goals[1];
  const std::uint64_t trials = trials_at_once(outcome, half_width, folder);
  PreciseRun stopped(outcome, half_width, folder / "out.h5");
  std::uint64_t seen = 0;
  const auto report = stopped.run({.block = [&](const results::Block& block) {
    if ((seen += block.status.size()) == trials) stopped.stop = true;
  }});
  CHECK_FALSE(report.run.interrupted);
  CHECK(is_as_at_once("out.h5", folder));
}

TEST_CASE("a part that is gone before the rule has read it is told") {
  const test::TemporaryFolder folder;
  const auto& [outcome, half_width] = goals[0];
  PreciseRun run(outcome, half_width, folder / "out.h5");
  SimulatedRanks ranks(3, [&](const study::Message& task) {
    auto finished = done(run.file, task, 1, run.stop);
    if (task.numbers.at(1) == 0) {
      std::filesystem::remove(study::part_name(run.file, {0, task.numbers.at(2)}));
    }
    return finished;
  });
  run.file.ranks = &ranks;
  CHECK_THROWS_WITH(run.run(), Catch::Contains("trial 0 and more were finished"));
}

TEST_CASE("a run that is not precise in all its trials has all of them") {
  const test::TemporaryFolder folder;
  PreciseRun run("shots", 1e-6, folder / "out.h5");
  run.settings.trials = run.file.settings.trials = run.file.schema.trials = 10'500;
  const auto report = study::run_to_file(run.file, {}, run.stop);
  CHECK(report.run.trials == 10'500);
  CHECK(run.rule->trials() == 10'500);
  CHECK_FALSE(run.rule->reached().reached);
  PreciseRun parts("shots", 1e-6, folder / "parts.h5");
  parts.settings.trials = parts.file.settings.trials = parts.file.schema.trials = 10'500;
  parts.file.part_seconds = 0;
  study::run_to_file(parts.file, {}, parts.stop);
  CHECK(parts.rule->trials() == 10'500);
  CHECK((test::bytes_of(folder / "parts.h5") == test::bytes_of(folder / "out.h5")));
}

TEST_CASE("what was precise between two looks alone is run to the next") {
  const test::TemporaryFolder folder;
  constexpr std::uint64_t look = 13 * study::block_trials;
  constexpr std::uint64_t next = 16 * study::block_trials;
  PreciseRun probe("any", 1e-6, folder / "probe.h5");
  probe.settings.trials = probe.file.settings.trials = probe.file.schema.trials = look;
  study::run_to_file(probe.file, {}, probe.stop);
  const double half_width = 0.999 * probe.rule->half_width();
  CHECK(trials_at_once("any", half_width, folder) == next);
  PreciseRun again("any", half_width, folder / "out.h5");
  study::make_parts_folder(study::parts_folder(again.file.output));
  study::run_part(again.file, {0, look + study::block_trials}, {}, again.stop);
  CHECK(again.run().run.trials == next - look - study::block_trials);
  CHECK(is_as_at_once("out.h5", folder));
}
