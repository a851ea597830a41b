// What cannot be written is refused, early where it can be known, and nothing is left behind.

#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <limits>
#include <stdexcept>

#include "results/run_reader.hpp"
#include "results/run_writer.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;
using test::Sample;

namespace {

/// The message with which the writer refuses to begin; fails if it does not.
std::string refusal(const std::filesystem::path& path, const Schema& schema,
                    OverwritePolicy policy = OverwritePolicy::refuse) {
  try {
    const RunWriter writer(path, schema, policy);
  } catch (const ResultsError& error) {
    CHECK(error.file() == path);
    CHECK(error.what() == path.string() + ": " + error.reason());
    return error.reason();
  }
  FAIL("nothing was refused");
  return {};
}

const Schema schema = Sample(10, Sample::Size::small).schema();

}  // namespace

TEST_CASE("A folder that cannot take the file is named at once") {
  const test::TemporaryFolder folder;
  CHECK(refusal(folder / "missing/run.h5", schema) ==
        "the folder " + (folder / "missing").string() + " does not exist");
  test::write_bytes(folder / "file", "");
  CHECK(refusal(folder / "file/run.h5", schema) == (folder / "file").string() + " is not a folder");
  std::filesystem::create_directory(folder / "sub");
  CHECK(refusal(folder / "sub", schema) == "is a folder");
  CHECK(refusal(folder / "sub/", schema) == "the name of a file is missing");
  CHECK(refusal("/dev/null", schema, OverwritePolicy::replace) == "is not a regular file");
  CHECK(refusal(folder / std::string(252, 'x'), schema) == "File name too long");
  if (::geteuid() != 0) {  // root may write everywhere
    std::filesystem::permissions(folder / "sub", std::filesystem::perms::owner_read);
    CHECK(refusal(folder / "sub/run.h5", schema).find("cannot write in the folder") == 0);
  }
}

TEST_CASE("An existing output is kept unless it is to be replaced, and until it is") {
  const test::TemporaryFolder folder;
  const auto path = folder / "run.h5";
  test::write_bytes(path, "precious");
  CHECK(refusal(path, schema) == "exists already and is not to be overwritten");
  const Sample sample(10, Sample::Size::small);
  {
    RunWriter writer(path, schema, OverwritePolicy::replace);
    writer.append(sample.block(0, 10));
    CHECK(folder.names().size() == 2);
    CHECK(test::bytes_of(path) == "precious");
  }
  CHECK(test::bytes_of(path) == "precious");
  CHECK(folder.names().size() == 1);
  RunWriter writer(path, schema, OverwritePolicy::replace);
  writer.append(sample.block(0, 10));
  writer.finish(Completion::complete);
  CHECK(folder.names().size() == 1);
  CHECK(RunReader(path).summary().trials == 10);
}

TEST_CASE("A file that comes up during the run is not overwritten") {
  const test::TemporaryFolder folder;
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  writer.append(Sample(10, Sample::Size::small).block(0, 10));
  test::write_bytes(folder / "run.h5", "precious");
  CHECK_THROWS_AS(writer.finish(Completion::complete), ResultsError);
  CHECK(test::bytes_of(folder / "run.h5") == "precious");
}

TEST_CASE("Two writers and leftovers of a killed one do not disturb each other") {
  const test::TemporaryFolder folder;
  const Sample sample(10, Sample::Size::small);
  RunWriter first(folder / "run.h5", schema, OverwritePolicy::refuse);
  RunWriter second(folder / "run.h5", schema, OverwritePolicy::replace);
  first.append(sample.block(0, 10));
  second.append(sample.block(0, 10));
  first.finish(Completion::complete);
  const std::string bytes = test::bytes_of(folder / "run.h5");
  second.finish(Completion::complete);
  CHECK((bytes == test::bytes_of(folder / "run.h5")));
}

TEST_CASE("Schemas that no file can hold are refused with the reason") {
  using Change = std::function<void(Schema&)>;
  const auto [reason, change] = GENERATE(table<std::string, Change>({
      {"0 trials", [](Schema& s) { s.trials = 0; }},
      {"trials are not between", [](Schema& s) { s.trials = ~std::uint64_t{0}; }},
      {"horizon", [](Schema& s) { s.horizon = std::numeric_limits<double>::quiet_NaN(); }},
      {"horizon", [](Schema& s) { s.horizon = 1e9; }},
      {"horizon", [](Schema& s) { s.horizon = -1; }},
      {"'2025-02-30' is no date", [](Schema& s) { s.start_date = "2025-02-30"; }},
      {"'yesterday!' is no date", [](Schema& s) { s.start_date = "yesterday!"; }},
      {"two outcomes 'duration'", [](Schema& s) { s.columns[3].name = "duration"; }},
      {"two outcomes 'status'", [](Schema& s) { s.columns[3].name = "status"; }},
      {"two timelines", [](Schema& s) { s.timelines[1].name = s.timelines[0].name; }},
      {"cannot be the name", [](Schema& s) { s.columns[3].name = "a/b"; }},
      {"cannot be the name", [](Schema& s) { s.columns[3].name = ""; }},
      {"cannot be the name", [](Schema& s) { s.timelines[0].name = "a\nb"; }},
      {"not all there", [](Schema& s) { s.columns[2].kind = ColumnKind::integer; }},
      {"not all there", [](Schema& s) { s.columns.erase(s.columns.begin()); }},
      {"has 121 labels",
       [](Schema& s) {
         s.columns[0].labels.clear();
         for (int i = 0; i < 121; ++i) s.columns[0].labels.push_back("l" + std::to_string(i));
       }},
      {"has 0 labels", [](Schema& s) { s.columns[1].labels.clear(); }},
      {"4001 outcomes", [](Schema& s) { s.columns.resize(4001, s.columns[3]); }},
      {"1001 timelines", [](Schema& s) { s.timelines.resize(1001, s.timelines[0]); }},
      {"twice", [](Schema& s) { s.columns[1].labels[1] = s.columns[1].labels[0]; }},
      {"has a blank", [](Schema& s) { s.columns[1].labels[0] = "a b"; }},
      {"'since'", [](Schema& s) { s.columns[3].unit = "days since the truce"; }},
  }));
  const test::TemporaryFolder folder;
  Schema changed = schema;
  change(changed);
  CHECK_THAT(refusal(folder / "run.h5", changed), Catch::Contains(reason));
  CHECK(folder.names().empty());
}

TEST_CASE("Categories may have 120 labels") {
  const test::TemporaryFolder folder;
  Schema many = schema;
  many.columns[0].labels.clear();
  for (int i = 0; i < 120; ++i) many.columns[0].labels.push_back("l" + std::to_string(i));
  Block block = Sample(1, Sample::Size::small).block(0, 1);
  block.columns[0][0] = 119;
  many.trials = 1;
  RunWriter writer(folder / "run.h5", many, OverwritePolicy::refuse);
  writer.append(block);
  writer.finish(Completion::complete);
  const RunReader reader(folder / "run.h5");
  CHECK(reader.column("ending")[0] == 119);
  CHECK(reader.schema().columns[0].labels == many.columns[0].labels);
}

TEST_CASE("As many outcomes and timelines as are admitted can be written") {
  const test::TemporaryFolder folder;
  Schema many = schema;
  Block block = Sample(10, Sample::Size::small).block(0, 10);
  while (many.columns.size() < 4000) {
    many.columns.push_back(many.columns[3]);
    many.columns.back().name = "x" + std::to_string(many.columns.size());
    block.columns.push_back(block.columns[3]);
  }
  while (many.timelines.size() < 1000) {
    many.timelines.push_back(many.timelines[1]);
    many.timelines.back().name = "x" + std::to_string(many.timelines.size());
  }
  RunWriter writer(folder / "run.h5", many, OverwritePolicy::refuse);
  writer.append(block);
  writer.finish(Completion::complete);
  CHECK(RunReader(folder / "run.h5").schema().timelines.size() == 1000);
}

TEST_CASE("A run that cannot fit on the disk is refused before its first trial") {
  const test::TemporaryFolder folder;
  Schema huge = schema;
  huge.trials = std::uint64_t{1} << 48U;
  CHECK_THAT(refusal(folder / "run.h5", huge), Catch::Contains("TB are needed"));
}

TEST_CASE("Values that their columns cannot hold name the outcome and the trial") {
  using Case = std::tuple<std::size_t, double, std::string>;
  const auto [column, value, reason] = GENERATE(table<std::size_t, double, std::string>(
      {Case{3, 2147483648.0, "'civilians.freed' of trial 5 is 2147483648, not a whole"},
       Case{3, -2147483648.0, "not a whole number of 32 bits"},
       Case{3, 0.5, "is 0.5, not a whole number of 32 bits"},
       Case{3, std::numeric_limits<double>::quiet_NaN(), "is nan, not a whole number"},
       Case{4, std::numeric_limits<double>::quiet_NaN(), "not yes or no"},
       Case{0, 3, "'ending' of trial 5 is 3, not the code of a label"},
       Case{1, -1, "not the code of a label"}}));
  const test::TemporaryFolder folder;
  Block block = Sample(10, Sample::Size::small).block(0, 10);
  block.columns[column][5] = value;
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  try {
    writer.append(block);
    FAIL("nothing was refused");
  } catch (const ResultsError& error) {
    CHECK(error.file() == folder / "run.h5");
    CHECK_THAT(error.reason(), Catch::Contains(reason));
  }
  CHECK_THROWS_AS(writer.finish(Completion::interrupted), std::logic_error);
}

TEST_CASE("Of several values that do not fit the first trial's first outcome is named") {
  const test::TemporaryFolder folder;
  Block block = Sample(10, Sample::Size::small).block(0, 10);
  block.columns[0][8] = 3;
  block.columns[4][5] = std::numeric_limits<double>::quiet_NaN();
  block.columns[3][5] = 0.5;
  block.columns[1][6] = -1;
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  CHECK_THROWS_WITH(writer.append(block),
                    Catch::Contains("'civilians.freed' of trial 5 is 0.5, not a whole number"));
}

TEST_CASE("The extremes of a column are held") {
  const test::TemporaryFolder folder;
  Block block = Sample(10, Sample::Size::small).block(0, 10);
  block.columns[3][5] = 2147483647.0;
  block.columns[3][6] = -2147483647.0;
  block.columns[4][5] = 7;  // a count serves as truth
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  writer.append(block);
  writer.finish(Completion::complete);
  const RunReader reader(folder / "run.h5");
  CHECK(reader.column("civilians.freed")[5] == 2147483647.0);
  CHECK(reader.column("civilians.freed")[6] == -2147483647.0);
  CHECK(reader.column("first.reached")[5] == 1);
}

TEST_CASE("Blocks that are not the next one or misshapen are a programmer's error") {
  using Change = std::function<void(Block&)>;
  const Change change = GENERATE(values<Change>({
      [](Block& b) { b.first = 1; },
      [](Block& b) { b.columns.pop_back(); },
      [](Block& b) { b.columns[2].pop_back(); },
      [](Block& b) { b.segments_end.pop_back(); },
      [](Block& b) { b.segments.pop_back(); },
      [](Block& b) { b.segments[0].day = 44; },
      [](Block& b) { b.segments[0].timeline = 2; },
      [](Block& b) { std::swap(b.segments_end[0], b.segments_end[1]); },
      [](Block& b) { b.status.push_back(Status::completed); },
  }));
  const test::TemporaryFolder folder;
  Block block = Sample(10, Sample::Size::small).block(0, 10);
  change(block);
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  CHECK_THROWS_AS(writer.append(block), std::logic_error);
}

TEST_CASE("A run ends once, with trials, and is complete only with all of them") {
  const test::TemporaryFolder folder;
  const Sample sample(10, Sample::Size::small);
  {
    RunWriter writer(folder / "none.h5", schema, OverwritePolicy::refuse);
    CHECK_THROWS_AS(writer.finish(Completion::interrupted), ResultsError);
  }
  CHECK(folder.names().empty());
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  writer.append(sample.block(0, 4));
  CHECK_THROWS_AS(writer.finish(Completion::complete), std::logic_error);
  writer.append(sample.block(4, 6));
  CHECK_THROWS_AS(writer.append(sample.block(0, 1)), std::logic_error);
}

TEST_CASE("A finished writer takes nothing more") {
  const test::TemporaryFolder folder;
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  writer.append(Sample(10, Sample::Size::small).block(0, 10));
  writer.finish(Completion::complete);
  CHECK_THROWS_AS(writer.append({.first = 10}), std::logic_error);
  CHECK_THROWS_AS(writer.finish(Completion::complete), std::logic_error);
}
