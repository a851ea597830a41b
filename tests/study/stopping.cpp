// Runs that end before their last trial: by a signal, by a limit, by what takes their rows.
#include <atomic>
#include <stdexcept>

#include "study/run.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"

using namespace truce;

TEST_CASE("a trial whose triggers hear very much hears that it is to stop, and has its limit") {
  // Hundred steps a day, and 80,000 reactions to each.
  const auto loaded = test::loaded(R"yaml(
truce: 2
horizon: 10000
levels: {x: 0}
triggers:
  tick: {every: 0.01, do: [{set: {x: 0}}, {signal: next}]}
  count: {upon: next, do: [{add: {x: 1}}, {signal: next, if: x < 80000}]}
)yaml");
  model::TrialRecord record;
  CHECK_THROWS_WITH(model::Simulator(loaded.model, {.event_limit = 1'000'000}).run(0, record),
                    Catch::Contains("more than 1000000 events"));
  study::RunSettings settings{.trials = 10, .threads = 1};
  settings.simulator.event_limit = 1'000'000'000'000;
  std::atomic<bool> stop = false;
  study::Listener listener;
  listener.block = [](const results::Block&) { return study::Verdict::go_on; };
  listener.progress = [&](const study::Progress& progress) { stop = progress.seconds > 0.2; };
  const auto report = study::run_trials(loaded.model, settings, listener, stop);
  CHECK(report.interrupted);
  CHECK(report.trials == 0);
  CHECK(report.seconds < 5);
}

TEST_CASE("a stopped run keeps what is finished, from the first trial on") {
  const auto loaded = test::neutral();
  study::RunSettings settings{.trials = 1'000'000, .threads = 2};
  std::atomic<bool> stop = false;
  std::uint64_t seen = 0;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    CHECK(block.first == seen);
    seen += block.status.size();
    if (seen > 4000) stop = true;
    return study::Verdict::go_on;
  };
  const auto report = study::run_trials(loaded.model, settings, listener, stop);
  CHECK(report.interrupted);
  CHECK(report.trials == seen);
  CHECK(seen < 100'000);
}

TEST_CASE("an endless trial hears that it is to stop, and those before it are kept") {
  // Trials of no events, but for one in about a thousand, which has 10 million.
  const auto loaded = test::loaded(R"yaml(
truce: 2
horizon: 1
triggers:
  storm: {at: 0.5, chance: 0.001, do: []}
  busy: {rate: "if(storm.fired > 0, 1e9, 0)", do: []}
)yaml");
  study::RunSettings settings{.trials = 1'000'000, .threads = 1};
  settings.simulator.event_limit = 1'000'000'000'000;
  std::atomic<bool> stop = false;
  std::uint64_t joined = 0;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    CHECK(block.first == joined);
    for (const auto& column : block.columns) CHECK(column.size() == block.status.size());
    CHECK(block.segments_end.size() == block.status.size());
    joined += block.status.size();
    return study::Verdict::go_on;
  };
  listener.progress = [&](const study::Progress& progress) { stop = progress.seconds > 0.2; };
  const auto report = study::run_trials(loaded.model, settings, listener, stop);
  CHECK(report.interrupted);
  CHECK(report.trials == joined);
  CHECK(joined > 0);
  CHECK(report.failed == 0);
  CHECK(report.seconds < 5);
}

TEST_CASE("a consumer that has enough ends the run, and one that throws is heard") {
  const auto loaded = test::neutral();
  const std::atomic<bool> stop = false;
  const study::RunSettings settings{.trials = 1'000'000, .threads = 2};
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    return block.first >= 2048 ? study::Verdict::enough : study::Verdict::go_on;
  };
  const auto report = study::run_trials(loaded.model, settings, listener, stop);
  CHECK(report.trials == 3 * study::block_trials);
  CHECK_FALSE(report.interrupted);
  listener.block = [&](const results::Block&) -> study::Verdict {
    throw std::runtime_error("disk full");
  };
  CHECK_THROWS_WITH(study::run_trials(loaded.model, settings, listener, stop), "disk full");
}
