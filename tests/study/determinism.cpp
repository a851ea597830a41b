#include <fmt/format.h>

#include "scenario/compile.hpp"
#include "study/rehearsal.hpp"
#include "study/run.hpp"
#include "support/catch.hpp"

using namespace truce;

namespace {

scenario::Loaded neutral() {
  scenario::Diagnostics diagnostics;
  auto loaded = scenario::load(TRUCE_SOURCE_DIR "/scenarios/neutral-a-b.yaml", {}, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(loaded.has_value());
  return std::move(*loaded);
}

struct All {
  std::vector<std::vector<double>> columns;
  std::vector<results::TimelineSegment> segments;
  std::vector<std::uint32_t> segments_end;
  bool operator==(const All& other) const {
    return columns == other.columns && segments_end == other.segments_end &&
           segments.size() == other.segments.size() &&
           std::equal(segments.begin(), segments.end(), other.segments.begin(),
                      [](const auto& a, const auto& b) {
                        return a.timeline == b.timeline && a.day == b.day && a.value == b.value;
                      });
  }
};

/// NaN as a number of its own, so that rows can be compared.
double comparable(double x) {
  return x == x ? x : -12345.678;
}

All all(const model::Model& model, unsigned threads, std::uint64_t seed, std::uint64_t trials) {
  All result;
  result.columns.resize(model.columns.size());
  study::RunSettings settings{.trials = trials, .threads = threads};
  settings.simulator.seed = seed;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    CHECK(block.first == result.columns[0].size());
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      for (const double x : block.columns[c]) result.columns[c].push_back(comparable(x));
    }
    const auto before = static_cast<std::uint32_t>(result.segments.size());
    result.segments.insert(result.segments.end(), block.segments.begin(), block.segments.end());
    for (const std::uint32_t end : block.segments_end) result.segments_end.push_back(before + end);
    return study::Verdict::go_on;
  };
  const std::atomic<bool> stop = false;
  const auto report = study::run_trials(model, settings, listener, stop);
  CHECK(report.trials == trials);
  CHECK(report.failed == 0);
  return result;
}

class NoSink : public model::TraceSink {
 public:
  void on_event(const model::TraceEvent&) override { ++events_told; }
  void on_draw(const model::Draw& draw) override {
    CHECK(draw.u > 0);
    CHECK(draw.u < 1);
  }
  std::size_t events_told = 0;
};

}  // namespace

TEST_CASE("a run does not depend on the number of threads") {
  const auto loaded = neutral();
  const All one = all(loaded.model, 1, 1, 5000);
  CHECK(one == all(loaded.model, 2, 1, 5000));
  CHECK(one == all(loaded.model, 7, 1, 5000));
  CHECK_FALSE(one == all(loaded.model, 1, 2, 5000));
}

TEST_CASE("a shorter run is the beginning of a longer one") {
  const auto loaded = neutral();
  const All longer = all(loaded.model, 2, 1, 3000);
  const All shorter = all(loaded.model, 2, 1, 1500);
  for (std::size_t c = 0; c < longer.columns.size(); ++c) {
    CHECK(std::equal(shorter.columns[c].begin(), shorter.columns[c].end(),
                     longer.columns[c].begin()));
  }
}

TEST_CASE("replaying a trial alone, with a chronicle, gives its row") {
  const auto loaded = neutral();
  const All run = all(loaded.model, 2, 1, 1000);
  for (std::uint64_t trial = 0; trial < 1000; ++trial) {
    model::Simulator simulator(loaded.model, {.seed = 1});
    model::TrialRecord record;
    NoSink sink;
    simulator.run(trial, record, &sink);
    CHECK(sink.events_told > 0);
    for (std::size_t c = 0; c < run.columns.size(); ++c) {
      if (comparable(record.columns[c]) != run.columns[c][trial]) {
        CAPTURE(trial, loaded.model.columns[c].name);
        FAIL("the replayed row differs");
      }
    }
  }
}

TEST_CASE("what is told of a trial does not depend on those before it") {
  class TraceItem : public model::TraceSink {
   public:
    void on_event(const model::TraceEvent& h) override {
      text += fmt::format("{} {} {} {}\n", h.time, h.what, h.who, h.why);
    }
    void on_draw(const model::Draw&) override {}
    std::string text;
  };
  const auto loaded = neutral();
  model::TrialRecord record;
  for (const std::uint64_t trial : {1, 2, 3}) {
    TraceItem alone, after;
    model::Simulator(loaded.model, {.seed = 1}).run(trial, record, &alone);
    model::Simulator simulator(loaded.model, {.seed = 1});
    TraceItem before;
    simulator.run(trial - 1, record, &before);
    simulator.run(trial, record, &after);
    CHECK(alone.text == after.text);
  }
}

TEST_CASE("a trial whose triggers hear very much hears that it is to stop, and has its limit") {
  scenario::Diagnostics diagnostics;
  // Hundred steps a day, and 80,000 reactions to each.
  const auto loaded = scenario::load_text(R"yaml(
truce: 2
horizon: 10000
levels: {x: 0}
triggers:
  tick: {every: 0.01, do: [{set: {x: 0}}, {signal: next}]}
  count: {upon: next, do: [{add: {x: 1}}, {signal: next, if: x < 80000}]}
)yaml",
                                          "s.yaml", {}, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(loaded.has_value());
  model::TrialRecord record;
  CHECK_THROWS_WITH(model::Simulator(loaded->model, {.event_limit = 1'000'000}).run(0, record),
                    Catch::Contains("more than 1000000 events"));
  study::RunSettings settings{.trials = 10, .threads = 1};
  settings.simulator.event_limit = 1'000'000'000'000;
  std::atomic<bool> stop = false;
  study::Listener listener;
  listener.block = [](const results::Block&) { return study::Verdict::go_on; };
  listener.progress = [&](const study::Progress& progress) { stop = progress.seconds > 0.2; };
  const auto report = study::run_trials(loaded->model, settings, listener, stop);
  CHECK(report.interrupted);
  CHECK(report.trials == 0);
  CHECK(report.seconds < 5);
}

TEST_CASE("a stopped run keeps what is finished, from the first trial on") {
  const auto loaded = neutral();
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

TEST_CASE("trials with many events, or slow ones, come in small pieces") {
  scenario::Diagnostics diagnostics;
  // 2,000 events a trial: all of a block would be a quarter of a gigabyte.
  const auto loaded =
      scenario::load_text("truce: 2\nhorizon: 100\nincidents: {shot: {rate: 20, while: true}}\n",
                          "s.yaml", {}, diagnostics);
  REQUIRE(loaded.has_value());
  const study::RunSettings settings{.trials = 300, .threads = 2, .chronicle = 300};
  std::uint64_t seen = 0;
  std::size_t events = 0;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    CHECK(block.first == seen);
    seen += block.status.size();
    events += block.chronicle.size();
    CHECK(block.chronicle.size() * sizeof(results::ChronicleRow) < 12 << 20U);
    return study::Verdict::go_on;
  };
  const std::atomic<bool> stop = false;
  CHECK(study::run_trials(loaded->model, settings, listener, stop).trials == 300);
  CHECK(events > 500'000);
}

TEST_CASE("an endless trial hears that it is to stop, and those before it are kept") {
  scenario::Diagnostics diagnostics;
  // Trials of no events, but for one in about a thousand, which has 10 million.
  const auto loaded = scenario::load_text(R"yaml(
truce: 2
horizon: 1
triggers:
  storm: {at: 0.5, chance: 0.001, do: []}
  busy: {rate: "if(storm.fired > 0, 1e9, 0)", do: []}
)yaml",
                                          "s.yaml", {}, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(loaded.has_value());
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
  const auto report = study::run_trials(loaded->model, settings, listener, stop);
  CHECK(report.interrupted);
  CHECK(report.trials == joined);
  CHECK(joined > 0);
  CHECK(report.failed == 0);
  CHECK(report.seconds < 5);
}

TEST_CASE("a consumer that has enough ends the run, and one that throws is heard") {
  const auto loaded = neutral();
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

TEST_CASE("a trial that fails says where, and the others go on") {
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_text(R"yaml(
truce: 2
horizon: 10
levels: {x: "uniform(0.8, 1.2)"}
triggers:
  risky: {at: 1, chance: x, do: [{signal: lucky}]}
outcomes: {lucky: {value: lucky}}
)yaml",
                                          "test.yaml", {}, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(loaded.has_value());
  std::uint64_t failed = 0;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    for (std::size_t i = 0; i < block.status.size(); ++i) {
      const bool bad = block.status[i] == results::Status::failed;
      failed += bad;
      CHECK(bad == std::isnan(block.columns[2][i]));
    }
    return study::Verdict::go_on;
  };
  const std::atomic<bool> stop = false;
  const auto report =
      study::run_trials(loaded->model, {.trials = 3000, .threads = 2}, listener, stop);
  CHECK(report.failed == failed);
  CHECK(failed > 1300);
  CHECK(failed < 1700);
  REQUIRE(report.first_failures.size() == 10);
  CHECK(report.first_failures[0].message.find("'risky.chance': the probability is 1.") == 0);
  CHECK(std::ranges::is_sorted(report.first_failures, {}, &results::FailedTrial::trial));
}

TEST_CASE("what a run would refuse or lose is told beforehand") {
  const auto told = [](const std::string& rest) {
    scenario::Diagnostics diagnostics;
    const auto loaded =
        scenario::load_text("truce: 2\nhorizon: 10\n" + rest, "s.yaml", {}, diagnostics);
    if (loaded) study::rehearse(*loaded, diagnostics);
    return diagnostics.text();
  };
  CHECK(told("levels: {x: 1}\ntimelines: [x]\noutcomes: {y: {value: x}}\n").empty());
  CHECK_THAT(told("levels: {x: 1}\ntimelines: [x / 10]\n"),
             Catch::StartsWith("s.yaml:4:13: error: 'x / 10'"));
  CHECK_THAT(told("levels: {x: 1}\noutcomes: {y: {value: x, unit: days since 1970}}\n"),
             Catch::StartsWith("s.yaml:4:12: error:") && Catch::Contains("since"));
  std::string many = "levels: {x: 1}\ntimelines: [x";
  for (int i = 0; i < 1000; ++i) many += ", x + " + std::to_string(i + 1);
  CHECK_THAT(told(many + "]\n"), Catch::Contains("error: 1001 timelines are more than 1000"));
  CHECK_THAT(told("levels: {x: -3}\ntriggers: {t: {at: 1, do: [{add: {x: 1}, after: x}]}}\n"),
             Catch::Contains("warning: trial 0 fails") && Catch::Contains("'after' is -3 days"));
  const auto delay = [&](const std::string& days) {
    return told(
        "parameters: {m: 2}\nlevels: {x: 1}\noutcomes: {x: {value: x * m}}\n"
        "triggers: {t: {at: 1, do: [{add: {x: 1}, after: '" +
        days + "'}]}}\n");
  };
  CHECK_THAT(delay("normal(3, 2)"), Catch::Contains("s.yaml:6:50: warning") &&
                                        Catch::Contains("'after' can be drawn negative") &&
                                        Catch::Contains("truncated("));
  CHECK(delay("normal(3, 0.4)").empty());
  CHECK(delay("beta(m + 1, 2 * m)").empty());
  CHECK(delay("truncated(normal(3, 2), 0, 9)").empty());
}
