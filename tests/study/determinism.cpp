#include <fmt/format.h>

#include "study/run.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"

using namespace truce;

namespace {

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
  const auto loaded = test::neutral();
  const All one = all(loaded.model, 1, 1, 5000);
  CHECK(one == all(loaded.model, 2, 1, 5000));
  CHECK(one == all(loaded.model, 7, 1, 5000));
  CHECK_FALSE(one == all(loaded.model, 1, 2, 5000));
}

TEST_CASE("a shorter run is the beginning of a longer one") {
  const auto loaded = test::neutral();
  const All longer = all(loaded.model, 2, 1, 3000);
  const All shorter = all(loaded.model, 2, 1, 1500);
  for (std::size_t c = 0; c < longer.columns.size(); ++c) {
    CHECK(std::equal(shorter.columns[c].begin(), shorter.columns[c].end(),
                     longer.columns[c].begin()));
  }
}

TEST_CASE("replaying a trial alone, with a chronicle, gives its row") {
  const auto loaded = test::neutral();
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
  const auto loaded = test::neutral();
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

TEST_CASE("trials with many events, or slow ones, come in small pieces") {
  // 2,000 events a trial: all of a block would be a quarter of a gigabyte.
  const auto loaded =
      test::loaded("truce: 2\nhorizon: 100\nincidents: {shot: {rate: 20, while: true}}\n");
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
  CHECK(study::run_trials(loaded.model, settings, listener, stop).trials == 300);
  CHECK(events > 500'000);
}

TEST_CASE("a trial that fails says where, and the others go on") {
  const auto loaded = test::loaded(R"yaml(
truce: 2
horizon: 10
levels: {x: "uniform(0.8, 1.2)"}
triggers:
  risky: {at: 1, chance: x, do: [{signal: lucky}]}
outcomes: {lucky: {value: lucky}}
)yaml");
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
      study::run_trials(loaded.model, {.trials = 3000, .threads = 2}, listener, stop);
  CHECK(report.failed == failed);
  CHECK(failed > 1300);
  CHECK(failed < 1700);
  REQUIRE(report.first_failures.size() == 10);
  CHECK(report.first_failures[0].message.find("'risky.chance': the probability is 1.") == 0);
  CHECK(std::ranges::is_sorted(report.first_failures, {}, &results::FailedTrial::trial));
}
