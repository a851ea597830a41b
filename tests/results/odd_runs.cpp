// Files of runs that were cut short, failed, or have values without spread or end.
#include <cmath>
#include <limits>

#include "results/run_reader.hpp"
#include "results/run_writer.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;
using test::Sample;

TEST_CASE("An interrupted run keeps what it has and says so") {
  const test::TemporaryFolder folder;
  const Sample sample(100'000, Sample::Size::small);
  const auto stored = GENERATE(1U, 50U, 66'000U);
  {
    RunWriter writer(folder / "run.h5", sample.schema(), OverwritePolicy::refuse);
    writer.append(sample.block(0, stored));
    CHECK(writer.trials() == stored);
    writer.finish(Completion::interrupted);
  }
  const RunReader reader(folder / "run.h5");
  CHECK(reader.summary().trials == stored);
  CHECK(reader.schema().trials == 100'000);
  CHECK(reader.summary().completion == Completion::interrupted);
  CHECK(reader.column("civilians.freed").size() == stored);
}

TEST_CASE("A run whose trials all failed is still a file") {
  const test::TemporaryFolder folder;
  const Sample sample(1, Sample::Size::small);
  Block block = sample.block(17, 1);
  block.first = 0;
  RunWriter writer(folder / "run.h5", sample.schema(), OverwritePolicy::refuse);
  writer.append(block);
  CHECK(writer.failed() == 1);
  writer.finish(Completion::complete);
  const RunReader reader(folder / "run.h5");
  CHECK(reader.summary().failed == 1);
  CHECK(std::isnan(reader.summary().endings[0].probability));
  CHECK(std::isnan(reader.summary().outcomes[0].mean));
  CHECK(reader.distribution("duration").counts.empty());
  CHECK(reader.distribution("civilians.freed").counts.empty());
  CHECK(std::isnan(reader.column("first.reached")[0]));
  CHECK(std::isnan(reader.timeline("civilians.freed").mean[0]));
}

TEST_CASE("Both of yes and no are in a distribution, also where all trials agree") {
  const test::TemporaryFolder folder;
  const Sample sample(10, Sample::Size::small);
  const bool yes = GENERATE(true, false);
  Block block = sample.block(0, 10);
  block.columns[4].assign(10, yes ? 1 : 0);
  RunWriter writer(folder / "run.h5", sample.schema(), OverwritePolicy::refuse);
  writer.append(block);
  writer.finish(Completion::complete);
  const Distribution distribution = RunReader(folder / "run.h5").distribution("first.reached");
  CHECK(distribution.values == std::vector<double>{0, 1});
  CHECK(distribution.counts == std::vector<std::uint64_t>{yes ? 0U : 10U, yes ? 10U : 0U});
}

TEST_CASE("Infinite values are kept, counted apart and do not hide the others") {
  const test::TemporaryFolder folder;
  const Sample sample(40, Sample::Size::small);
  Block block = sample.block(0, 40);
  block.status[17] = Status::completed;  // all of the row is set below
  for (auto& column : block.columns) column[17] = 1;
  block.columns[0][17] = block.columns[1][17] = 0;
  block.columns[5][3] = std::numeric_limits<double>::infinity();
  RunWriter writer(folder / "run.h5", sample.schema(), OverwritePolicy::refuse);
  writer.append(block);
  writer.finish(Completion::complete);
  const RunReader reader(folder / "run.h5");
  const auto& outcome = reader.summary().outcomes[3];
  REQUIRE(outcome.name == "time_to_breach");
  CHECK(outcome.max == std::numeric_limits<double>::infinity());
  CHECK(outcome.mean == std::numeric_limits<double>::infinity());
  CHECK(std::isnan(outcome.sd));
  const Distribution distribution = reader.distribution("time_to_breach");
  CHECK(distribution.infinite == 1);
  std::uint64_t total = 0;
  for (const auto count : distribution.counts) total += count;
  CHECK(total == outcome.count - 1);
}
