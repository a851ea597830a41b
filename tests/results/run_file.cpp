// What is written is read back, and its statistics are those of the trials.

#include <algorithm>
#include <cmath>

#include "results/bins.hpp"
#include "results/run_reader.hpp"
#include "results/run_writer.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;
using test::Sample;

namespace {

constexpr std::uint64_t trials = 3000;

/// Everything that a reader gives, of one file for all tests.
struct Fixture {
  Fixture() : sample(trials, Sample::Size::small), block(sample.block(0, trials)) {
    sample.write(folder / "run.h5");
  }
  /// Values of trials that did not fail and are not missing, ascending.
  [[nodiscard]] std::vector<double> sorted(std::size_t column) const {
    std::vector<double> result;
    for (std::size_t i = 0; i < trials; ++i) {
      const double x = block.columns[column][i];
      if (block.status[i] == Status::completed && !std::isnan(x)) result.push_back(x);
    }
    std::ranges::sort(result);
    return result;
  }
  [[nodiscard]] std::uint64_t completed() const {
    return static_cast<std::uint64_t>(std::ranges::count(block.status, Status::completed));
  }

  test::TemporaryFolder folder;
  Sample sample;
  Block block;
};

bool equal(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE_METHOD(Fixture, "Failed trials are counted by their reasons") {
  const FailureReport report = failures_of(RunReader(folder / "run.h5").summary());
  CHECK(report.trials == trials);
  CHECK(report.failed == trials - completed());
  REQUIRE(report.points.size() == 1);
  const auto& failures = report.points[0].failures;
  REQUIRE(failures.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const std::uint64_t first = i == 0 ? 17 : 117;
    CHECK(failures[i].count == 15);
    CHECK(failures[i].first_trial == first);
    CHECK(failures[i].message == block.failures[i].message);
    CHECK(failures[i].reason == block.failures[i].reason);
  }
}

TEST_CASE_METHOD(Fixture, "What a run was told is read back") {
  const RunReader reader(folder / "run.h5");
  const Schema& read = reader.schema();
  const Schema& told = sample.schema();
  CHECK(read.title == told.title);
  CHECK(read.summary == told.summary);
  CHECK(read.start_date == told.start_date);
  CHECK(read.seed == told.seed);
  CHECK(read.trials == told.trials);
  CHECK(read.random_generator == told.random_generator);
  CHECK(read.arithmetic == told.arithmetic);
  CHECK(read.program_version == told.program_version);
  CHECK(read.git_revision == told.git_revision);
  CHECK(read.build == told.build);
  CHECK(read.scenario_yaml == told.scenario_yaml);
  CHECK(read.study_yaml.empty());
  CHECK(read.command_line == told.command_line);
  CHECK(read.parameters == told.parameters);
  CHECK(read.sources == told.sources);
  CHECK(read.horizon == told.horizon);
  REQUIRE(read.columns.size() == told.columns.size());
  for (std::size_t c = 0; c < read.columns.size(); ++c) {
    CHECK(read.columns[c].name == told.columns[c].name);
    CHECK(read.columns[c].kind == told.columns[c].kind);
    CHECK(read.columns[c].summary == told.columns[c].summary);
    CHECK(read.columns[c].labels == told.columns[c].labels);
  }
  CHECK(read.columns[3].unit == "person");
  CHECK(read.columns[5].unit == "day");  // not "days"
  CHECK(read.columns[6].unit == "1");    // not nothing
  REQUIRE(read.timelines.size() == told.timelines.size());
  for (std::size_t t = 0; t < read.timelines.size(); ++t) {
    CHECK(read.timelines[t].name == told.timelines[t].name);
    CHECK(read.timelines[t].integer == told.timelines[t].integer);
    CHECK(read.timelines[t].summary == told.timelines[t].summary);
  }
  CHECK(reader.summary().trials == trials);
  CHECK(reader.summary().failed == trials - completed());
  CHECK(reader.summary().completion == Completion::complete);
}

TEST_CASE_METHOD(Fixture, "Every trial's row is kept, also those of failed ones") {
  const RunReader reader(folder / "run.h5");
  CHECK(reader.status() == block.status);
  for (std::size_t c = 0; c < block.columns.size(); ++c) {
    const auto values = reader.column(sample.schema().columns[c].name);
    CHECK(std::ranges::equal(values, block.columns[c], equal));
  }
}

TEST_CASE_METHOD(Fixture, "Summaries are those of the trials") {
  const RunReader reader(folder / "run.h5");
  REQUIRE(reader.summary().outcomes.size() == 5);
  for (const OutcomeSummary& outcome : reader.summary().outcomes) {
    const auto column = static_cast<std::size_t>(
        std::ranges::find(sample.schema().columns, outcome.name, &Column::name) -
        sample.schema().columns.begin());
    const auto values = sorted(column);
    Moments moments;
    for (const double x : values) moments.add(x);
    CHECK(outcome.count == values.size());
    CHECK(outcome.missing == completed() - values.size());
    CHECK(outcome.mean == Approx(moments.mean()).epsilon(1e-12));
    CHECK(outcome.sd == Approx(moments.sd()).epsilon(1e-12));
    CHECK(outcome.se == Approx(moments.standard_error()).epsilon(1e-12));
    CHECK(outcome.skewness == Approx(moments.skewness()).epsilon(1e-9).margin(1e-9));
    CHECK(outcome.min == values.front());
    CHECK(outcome.max == values.back());
    for (std::size_t q = 0; q < quantile_count; ++q) {
      CHECK(outcome.quantiles[q] == values[quantile_rank(quantile_thousandths[q], values.size())]);
    }
    const Interval ci =
        outcome.kind == ColumnKind::boolean
            ? wilson_interval(static_cast<std::uint64_t>(std::ranges::count(values, 1)),
                              values.size())
            : mean_interval(
                  {static_cast<double>(values.size()), outcome.mean, outcome.sd, outcome.skewness},
                  student_quantile(0.95, static_cast<double>(values.size() - 1)));
    CHECK(outcome.ci.low == ci.low);
    CHECK(outcome.ci.high == ci.high);
  }
}

TEST_CASE_METHOD(Fixture, "Distributions count every value once") {
  const RunReader reader(folder / "run.h5");
  const auto freed = sorted(3);
  const Distribution whole = reader.distribution("civilians.freed");
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < whole.values.size(); ++i) {
    const auto count = static_cast<std::uint64_t>(std::ranges::count(freed, whole.values[i]));
    CHECK(whole.counts[i] == count);
    total += count;
  }
  CHECK(total == freed.size());

  const Distribution yes_no = reader.distribution("first.reached");
  CHECK(yes_no.values == std::vector<double>{0, 1});

  const auto breach = sorted(5);
  const Distribution real = reader.distribution("time_to_breach");
  BinCounts bins(nice_edges(breach.front(), breach.back()));
  bins.add(breach);
  CHECK(real.values == bins.edges());
  CHECK(real.counts == bins.counts());
  CHECK(real.infinite == 0);
}

TEST_CASE_METHOD(Fixture, "Endings and causes are shares of the trials that did not fail") {
  const RunReader reader(folder / "run.h5");
  const double n = static_cast<double>(completed());
  const auto check = [&](const std::vector<Share>& shares, std::size_t column) {
    CHECK(shares.size() == sample.schema().columns[column].labels.size());
    for (std::size_t code = 0; code < shares.size(); ++code) {
      const Share& share = shares[code];
      CHECK(share.label == sample.schema().columns[column].labels[code]);
      REQUIRE(share.cumulative_incidence.size() == 44);  // days 0 to 43, the horizon is 42.5
      for (std::size_t day = 0; day < 44; ++day) {
        double ended = 0;
        for (std::size_t i = 0; i < trials; ++i) {
          ended += block.columns[column][i] == static_cast<double>(code) &&
                           block.columns[2][i] <= static_cast<double>(day)
                       ? 1
                       : 0;
        }
        CHECK(share.cumulative_incidence[day] == ended / n);
      }
      CHECK(share.probability == share.cumulative_incidence.back());
      CHECK(share.ci.low == wilson_interval(share.count, completed()).low);
      CHECK(share.ci.high == wilson_interval(share.count, completed()).high);
    }
  };
  check(reader.summary().endings, 0);
  check(reader.summary().causes, 1);
}

TEST_CASE_METHOD(Fixture, "Timelines are those of the segments") {
  const RunReader reader(folder / "run.h5");
  const auto check = [&](std::uint32_t t, TimelineValues values) {
    TimelineStatistics expected(44, values);  // days 0 to 43, the horizon is 42.5
    std::size_t segment = 0;
    for (std::size_t i = 0; i < trials; ++i) {
      expected.next_trial();
      for (; segment < block.segments_end[i]; ++segment) {
        const TimelineSegment& s = block.segments[segment];
        if (s.timeline == t) expected.change(s.day, s.value);
      }
    }
    const TimelineSummary summary = expected.summary();
    const TimelineSummary read = reader.timeline(sample.schema().timelines[t].name);
    CHECK(read.mean == summary.mean);
    CHECK(read.sd == summary.sd);
    CHECK(read.quantiles == summary.quantiles);
    CHECK(read.relative_error == summary.relative_error);
    CHECK(read.counted == summary.counted);
    CHECK(read.values == summary.values);
    CHECK(read.counts == summary.counts);
  };
  check(0, TimelineValues::whole);
  check(1, TimelineValues::real);
}

TEST_CASE("Equal runs give equal bytes, however their trials are cut into blocks") {
  const test::TemporaryFolder folder;
  const Sample sample(70'000, Sample::Size::small);  // more than a chunk
  sample.write(folder / "a.h5", 1024);
  sample.write(folder / "another name.h5", 1024);
  sample.write(folder / "c.h5", 66'001, 1);
  const std::string bytes = test::bytes_of(folder / "a.h5");
  CHECK(bytes.size() > 100'000);
  CHECK((bytes == test::bytes_of(folder / "another name.h5")));
  CHECK((bytes == test::bytes_of(folder / "c.h5")));
  const auto values = RunReader(folder / "c.h5").column("duration");
  CHECK(std::ranges::equal(values, sample.block(0, 70'000).columns[2], equal));
}
