// The file of a study: all that it was told is read back, and files of other studies are told
// apart.

#include <functional>

#include "results/study_reader.hpp"
#include "results/study_writer.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

namespace {

/// Two variants at three rows of a design with several settings, and two tables.
StudySchema study() {
  StudySchema schema;
  schema.common = test::Sample(50, test::Sample::Size::small).schema();
  schema.common.study_yaml = "study: 1\n";
  schema.common.parameters.clear();
  schema.common.inputs = {
      {"a.csv", "days", {0.5, 2, 2}}, {"a.csv", "cost", {}}, {"b.csv", "", {-1}}};
  schema.design = "morris";
  schema.settings = {{"points", 8}, {"levels", 4}, {"base", 0.1}};
  schema.parameters = {"word", "calm"};
  schema.variants = {"as written", "ohne Gewähr"};
  schema.variant_yaml = {"truce: 2\n", "truce: 2\nname: other\n"};
  schema.against = "ohne Gewähr";
  schema.compared = {"duration", "balance"};
  for (std::uint32_t point = 0; point < 6; ++point) {
    const double at = point % 3;
    schema.points.push_back({point / 3, {at, 10 * at}, {at / 4, at / 8}});
    schema.contained.push_back(point);
  }
  return schema;
}

void write(const std::filesystem::path& path, const StudySchema& schema) {
  const test::Sample sample(50, test::Sample::Size::small);
  StudyWriter writer(path, schema, OverwritePolicy::refuse);
  for (std::size_t i = 0; i < schema.contained.size(); ++i) {
    PointResults point(schema.common);
    point.append(sample.block(0, 40 + i));
    point.finish();
    writer.append(point);
  }
  writer.finish();
}

StudySchema part(StudySchema schema, std::vector<std::uint32_t> points) {
  schema.contained = std::move(points);
  return schema;
}

}  // namespace

TEST_CASE("A study is read back as it was told") {
  const test::TemporaryFolder folder;
  const StudySchema told = study();
  write(folder / "study.h5", told);
  const StudyReader reader(folder / "study.h5");
  const StudySchema& read = reader.schema();
  CHECK(difference(told, read).empty());
  CHECK(read.design == told.design);
  CHECK(read.settings == told.settings);
  CHECK(read.parameters == told.parameters);
  CHECK(read.variants == told.variants);
  CHECK(read.variant_yaml == told.variant_yaml);
  CHECK(read.against == told.against);
  CHECK(read.compared == told.compared);
  CHECK(read.contained == told.contained);
  CHECK(read.common.inputs == told.common.inputs);
  for (std::size_t i = 0; i < told.points.size(); ++i) {
    CHECK(read.points[i].variant == told.points[i].variant);
    CHECK(read.points[i].values == told.points[i].values);
    CHECK(read.points[i].unit == told.points[i].unit);
    CHECK(reader.trials(i) == 40 + i);
  }
}

TEST_CASE("Parts join to the bytes of the whole") {
  const test::TemporaryFolder folder;
  write(folder / "whole.h5", study());
  write(folder / "a.h5", part(study(), {0, 3}));
  write(folder / "b.h5", part(study(), {1, 2, 4, 5}));
  // Both have 40 trials and more by their places, which the whole has by its points.
  write(folder / "again.h5", study());
  CHECK(test::bytes_of(folder / "whole.h5") == test::bytes_of(folder / "again.h5"));
  join_studies(folder / "one.h5", {folder / "b.h5", folder / "a.h5"}, OverwritePolicy::refuse);
  join_studies(folder / "two.h5", {folder / "a.h5", folder / "b.h5"}, OverwritePolicy::refuse);
  CHECK(test::bytes_of(folder / "one.h5") == test::bytes_of(folder / "two.h5"));
  CHECK(difference(study(), StudyReader(folder / "one.h5").schema()).empty());
}

TEST_CASE("What a result depends on tells studies apart, by its name") {
  const auto change = [](const std::function<void(StudySchema&)>& how) {
    StudySchema other = study();
    how(other);
    CHECK(difference(other, study()).empty() == difference(study(), other).empty());
    return difference(study(), other);
  };
  CHECK(change([](auto&) {}).empty());
  CHECK(change([](auto& s) { s.common.study_yaml += "name: x\n"; }) == "the study");
  CHECK(change([](auto& s) { s.variant_yaml[1] += "\n"; }) ==
        "the scenario of variant 'ohne Gewähr'");
  CHECK(change([](auto& s) { s.variants[1] = "b"; }) == "the variants");
  CHECK(change([](auto& s) { s.common.inputs[0].values[1] = 3; }) == "column 'days' of a.csv");
  CHECK(change([](auto& s) { s.common.inputs.pop_back(); }) == "column '' of b.csv");
  CHECK(change([](auto& s) { s.common.inputs[1].column = "price"; }) != "");
  CHECK(change([](auto& s) { s.common.seed = 2; }) == "the seed");
  CHECK(change([](auto& s) { s.settings["levels"] = 6; }) == "the design");
  CHECK(change([](auto& s) { s.against = "as written"; }) == "the design");
  CHECK(change([](auto& s) { s.points.pop_back(); }) == "the design");
}

TEST_CASE("Shards of other assumptions are not joined") {
  const test::TemporaryFolder folder;
  StudySchema other = study();
  other.common.inputs[0].values[2] = 2.5;
  write(folder / "a.h5", part(study(), {0, 1, 2}));
  write(folder / "b.h5", part(other, {3, 4, 5}));
  CHECK_THROWS_WITH(
      join_studies(folder / "no.h5", {folder / "a.h5", folder / "b.h5"}, OverwritePolicy::refuse),
      Catch::Contains("b.h5") && Catch::Contains("column 'days' of a.csv differs"));
  CHECK_FALSE(std::filesystem::exists(folder / "no.h5"));
}

TEST_CASE("Names that could not be read back are refused before the first trial") {
  const test::TemporaryFolder folder;
  StudySchema schema = study();
  const auto refused = [&] { StudyWriter(folder / "no.h5", schema, OverwritePolicy::refuse); };
  SECTION("a line break") {
    schema.variants[0] = "a\nb";
  }
  SECTION("nothing") {
    schema.variants[0] = "";
  }
  SECTION("one twice") {
    schema.variants[0] = schema.variants[1];
  }
  SECTION("a parameter") {
    schema.parameters[0] = "w\x01";
  }
  CHECK_THROWS_AS(refused(), ResultsError);
  CHECK(folder.names().empty());
}
