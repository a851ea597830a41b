// Joining copies chunks of trials as they are stored where it can, which changes no byte of the
// file.

#include <fmt/format.h>

#include <fstream>
#include <memory>
#include <numeric>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/seal_writer.hpp"
#include "results/detail/stored_rows.hpp"
#include "results/study_reader.hpp"
#include "results/study_writer.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

namespace {

/// So many points of up to so many trials.
StudySchema chunked_study(std::uint64_t trials, std::uint32_t points) {
  StudySchema schema;
  schema.common = test::Sample(trials, test::Sample::Size::small).schema();
  schema.common.study_yaml = "study: 1\n";
  schema.common.parameters.clear();
  schema.design = "list";
  schema.parameters = {"x"};
  schema.variants = {"as written"};
  schema.variant_yaml = {"truce: 2\n"};
  for (std::uint32_t point = 0; point < points; ++point) {
    schema.points.push_back({0, {double(point)}, {}});
    schema.contained.push_back(point);
  }
  return schema;
}

using Points = std::vector<std::unique_ptr<PointResults>>;

/// All points of a study; what they hold follows from their numbers.
Points points_of(const StudySchema& schema) {
  const test::Sample sample(50, test::Sample::Size::small);
  Points all;
  for (std::uint64_t number = 0; number < schema.points.size(); ++number) {
    PointResults& point = *all.emplace_back(std::make_unique<PointResults>(schema.common));
    point.append(sample.block(7 * number, schema.common.trials - 2500 * (number % 4)));
    point.finish();
  }
  return all;
}

/// Writes those that the schema contains.
void write_points(const std::filesystem::path& path, const StudySchema& schema,
                  const Points& points) {
  StudyWriter writer(path, schema, OverwritePolicy::refuse);
  for (const std::uint32_t number : schema.contained) writer.append(*points[number]);
  writer.finish();
}

std::vector<std::uint32_t> numbers(std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint32_t> all(to - from);
  std::iota(all.begin(), all.end(), from);
  return all;
}

StudySchema part(StudySchema schema, std::vector<std::uint32_t> points) {
  schema.contained = std::move(points);
  return schema;
}

}  // namespace

TEST_CASE("Parts that are chunks of the whole, and others, join to the bytes of the whole") {
  using Parts = std::vector<std::vector<std::uint32_t>>;
  const std::vector<Parts> divisions = {
      {numbers(0, 8)},                                // one
      {numbers(0, 3), numbers(3, 6), numbers(6, 8)},  // a chunk each
      {numbers(0, 6), numbers(6, 8)},                 // several chunks
      {numbers(0, 3), numbers(3, 8)},                 // the last one behind another
      {numbers(0, 4), numbers(4, 8)},                 // across borders
      {numbers(3, 8), numbers(0, 3)},                 // in another order
      {numbers(0, 2), numbers(2, 8)},                 // at another row of the part
      {{0, 1, 2, 4, 5, 6}, {3, 7}},                   // points between others
      {{0, 1, 2, 6, 7}, {3, 4, 5}},                   // a chunk between others
      {{0, 3, 6}, {1, 4, 7}, {2, 5}},                 // in turn
      {{0}, {1}, {2}, {3}, {4}, {5}, numbers(6, 8)},  // single ones
  };
  // Of 70,000 trials each point has two chunks, or, with less than 65,536 trials, one.
  const std::uint64_t trials = GENERATE(20'000U, 70'000U);
  CAPTURE(trials);
  const test::TemporaryFolder folder;
  const StudySchema whole = chunked_study(trials, 8);
  REQUIRE(points_per_chunk(trials) == (trials == 20'000 ? 3 : 1));
  const Points points = points_of(whole);
  write_points(folder / "whole.h5", whole, points);
  for (std::size_t i = 0; i < divisions.size(); ++i) {
    CAPTURE(i);
    std::vector<std::filesystem::path> files;
    for (const auto& of_part : divisions[i]) {
      files.push_back(folder / fmt::format("{}-{}.h5", i, files.size()));
      write_points(files.back(), part(whole, of_part), points);
    }
    join_studies(folder / "joined.h5", files, OverwritePolicy::replace);
    const bool equal = test::bytes_of(folder / "joined.h5") == test::bytes_of(folder / "whole.h5");
    CHECK(equal);  // or all bytes are printed
  }
}

TEST_CASE("Chunks of a part are copied as they are stored") {
  const test::TemporaryFolder folder;
  const StudySchema whole = chunked_study(20'000, 6);
  const Points points = points_of(whole);
  write_points(folder / "a.h5", part(whole, numbers(0, 3)), points);
  write_points(folder / "b.h5", part(whole, numbers(3, 6)), points);
  {  // The same values, as HDF5 compresses them.
    const auto file = hdf5::own("open", H5Fclose, [&] {
      return H5Fopen((folder / "b.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    });
    const hdf5::Dataset duration(file.id(), "trials/duration");
    const auto values = duration.read<double>();
    hdf5::checked("write", [&] {
      return H5Dwrite(duration.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                      values.data());
    });
  }
  write_seal(folder / "b.h5");
  join_studies(folder / "joined.h5", {folder / "a.h5", folder / "b.h5"}, OverwritePolicy::refuse);
  const auto stored = [&](const std::string& name, hsize_t first) {
    const auto file = hdf5::open_file(folder / name);
    const hdf5::Dataset duration(file.id(), "trials/duration");
    return netcdf::read_stored(duration.id(), first, 3, 20'000).chunks.at(0).bytes;
  };
  write_points(folder / "whole.h5", whole, points);
  CHECK((stored("joined.h5", 0) == stored("a.h5", 0)));
  CHECK((stored("joined.h5", 3) == stored("b.h5", 0)));
  CHECK((stored("joined.h5", 3) != stored("whole.h5", 3)));
}

TEST_CASE("A part with a changed byte is not joined") {
  const test::TemporaryFolder folder;
  const StudySchema whole = chunked_study(20'000, 6);
  const Points points = points_of(whole);
  write_points(folder / "a.h5", part(whole, numbers(0, 3)), points);
  write_points(folder / "b.h5", part(whole, numbers(3, 6)), points);
  {
    std::fstream file(folder / "b.h5", std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = std::filesystem::file_size(folder / "b.h5") / 2;  // of compressed trials
    file.seekg(static_cast<std::streamoff>(middle));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(middle));
    file.put(static_cast<char>(byte ^ 1));
  }
  CHECK_THROWS_WITH(
      join_studies(folder / "no.h5", {folder / "a.h5", folder / "b.h5"}, OverwritePolicy::refuse),
      Catch::Contains("b.h5") && Catch::Contains("is damaged"));
  CHECK_FALSE(std::filesystem::exists(folder / "no.h5"));
}
