// Files of others and damaged ones are refused with a reason, not with a crash.

#include <hdf5.h>

#include <functional>
#include <string>

#include "results/run_reader.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

namespace {

std::string refusal(const std::filesystem::path& path) {
  try {
    const RunReader reader(path);
  } catch (const ResultsError& error) {
    CHECK(error.file() == path);
    return error.reason();
  }
  return {};
}

/// Reads all that there is; returns its size, roughly.
std::size_t read_all(const std::filesystem::path& path) {
  const RunReader reader(path);
  std::size_t size = reader.status().size();
  for (const Column& column : reader.schema().columns) size += reader.column(column.name).size();
  for (const OutcomeSummary& outcome : reader.summary().outcomes) {
    size += reader.distribution(outcome.name).counts.size();
  }
  for (const Timeline& timeline : reader.schema().timelines) {
    size += reader.timeline(timeline.name).mean.size();
  }
  return size;
}

struct Fixture {
  Fixture() { test::Sample(2000, test::Sample::Size::small).write(path); }

  void replace_text(const char* group, const char* attribute, const char* text) const {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t object = H5Gopen2(file, group, H5P_DEFAULT);
    const hid_t handle = H5Aopen(object, attribute, H5P_DEFAULT);
    const hid_t type = H5Aget_type(handle);
    REQUIRE(H5Awrite(handle, type, &text) >= 0);
    H5Tclose(type);
    H5Aclose(handle);
    H5Gclose(object);
    H5Fclose(file);
  }
  void change(const std::function<void(hid_t)>& change) const {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(file);
    H5Fclose(file);
  }

  test::TemporaryFolder folder;
  std::filesystem::path path = folder / "run.h5";
};

/// Puts a dataset of zeros, of which nothing is stored, in the place of another.
void put_zeros(hid_t file, const char* name, hid_t type, std::vector<hsize_t> shape) {
  H5Ldelete(file, name, H5P_DEFAULT);
  const hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
  const std::vector<hsize_t> chunk(shape.size(), 1);
  if (!shape.empty()) H5Pset_chunk(plan, static_cast<int>(shape.size()), chunk.data());
  const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
  const hid_t dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT, plan, H5P_DEFAULT);
  REQUIRE(dataset >= 0);
  H5Dclose(dataset);
  H5Sclose(space);
  H5Pclose(plan);
}

}  // namespace

TEST_CASE("What is no HDF5 file is said to be none") {
  const test::TemporaryFolder folder;
  CHECK(refusal(folder / "missing.h5") == "No such file or directory");
  CHECK(refusal(folder / "") == "is no file");
  test::write_bytes(folder / "text.h5", "trial,freed\n1,2\n");
  CHECK(refusal(folder / "text.h5") == "is no HDF5 file");
  test::write_bytes(folder / "empty.h5", "");
  CHECK(refusal(folder / "empty.h5") == "is no HDF5 file");
}

TEST_CASE_METHOD(Fixture, "Files of other programs, versions and kinds are refused") {
  SECTION("another program") {
    replace_text("/", "format", "else");
    CHECK(refusal(path) == "is not a file of results of truce");
  }
  SECTION("no format at all") {
    change([](hid_t file) { H5Adelete(file, "format"); });
    CHECK(refusal(path) == "is not a file of results of truce");
  }
  SECTION("a later version") {
    replace_text("/", "format_version", "2.0");
    CHECK(refusal(path) == "has format version 2.0; this program reads 1.x");
  }
  SECTION("a later minor version is readable") {
    replace_text("/", "format_version", "1.7");
    CHECK(refusal(path).empty());
  }
  SECTION("a study") {
    replace_text("/design", "kind", "sweep");
    CHECK(refusal(path) == "is of a study (sweep), not of a run");
  }
}

TEST_CASE_METHOD(Fixture, "Files that lack something are refused") {
  const char* name = GENERATE("provenance", "design", "trials", "summary", "endings", "causes",
                              "timelines", "distributions", "trials/status", "summary/quantiles");
  change([&](hid_t file) { REQUIRE(H5Ldelete(file, name, H5P_DEFAULT) >= 0); });
  CHECK_THROWS_AS(read_all(path), ResultsError);
}

TEST_CASE_METHOD(Fixture, "Attributes that are promised are required") {
  const char* name = GENERATE("format_version", "title", "program_version", "git_revision", "seed",
                              "trials", "random_generator");
  change([&](hid_t file) { REQUIRE(H5Adelete(file, name) >= 0); });
  CHECK_THAT(refusal(path), Catch::Contains(name));
}

TEST_CASE_METHOD(Fixture, "Datasets of a wrong type, shape or size are refused") {
  SECTION("a type") {
    change([](hid_t f) { put_zeros(f, "trials/duration", H5T_STD_REF_OBJ, {2000}); });
    CHECK_THAT(refusal(path), Catch::Contains("'duration' is of an unexpected type"));
  }
  SECTION("a shape") {
    change([](hid_t f) { put_zeros(f, "trials/duration", H5T_NATIVE_DOUBLE, {1999}); });
    CHECK_THAT(refusal(path), Catch::Contains("'duration' has an unexpected shape"));
  }
  SECTION("a number of axes") {
    change([](hid_t f) { put_zeros(f, "summary/mean", H5T_NATIVE_DOUBLE, {5, 1}); });
    CHECK_THAT(refusal(path), Catch::Contains("'mean' has an unexpected shape"));
  }
  SECTION("a claim of more than the file can hold") {
    const hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    const auto shape = GENERATE(
        values<std::vector<hsize_t>>({{hsize_t{1} << 50U}, {1000, 1000}, {1 << 20, 1 << 20}}));
    change([&](hid_t f) { put_zeros(f, "design/parameter", text, shape); });
    CHECK(refusal(path) == "'parameter' is larger than what is stored of it");
    H5Tclose(text);
  }
  SECTION("a distribution of a wrong shape") {
    change([](hid_t f) { put_zeros(f, "distributions/duration/counts", H5T_NATIVE_INT64, {3}); });
    CHECK_THROWS_AS(read_all(path), ResultsError);
  }
}

TEST_CASE_METHOD(Fixture, "Codes without a label are refused, also negative ones") {
  const std::int8_t code = GENERATE(as<std::int8_t>{}, -2, 100);
  change([&](hid_t f) {
    const hid_t endings = H5Dopen2(f, "trials/ending", H5P_DEFAULT);
    const std::vector<std::int8_t> codes(2000, code);
    REQUIRE(H5Dwrite(endings, H5T_NATIVE_INT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, codes.data()) >= 0);
    H5Dclose(endings);
  });
  CHECK(refusal(path) == "'ending' has a code without a label");
}

TEST_CASE_METHOD(Fixture, "Names that a file does not have are errors") {
  const RunReader reader(path);
  CHECK_THROWS_WITH(reader.column("freed"), Catch::Contains("has no outcome 'freed'"));
  CHECK_THROWS_AS(reader.column("../summary/mean"), ResultsError);
  CHECK_THROWS_AS(reader.distribution("ending"), ResultsError);
  CHECK_THROWS_AS(reader.timeline("nothing"), ResultsError);
}

TEST_CASE_METHOD(Fixture, "Truncated files are refused") {
  const std::string bytes = test::bytes_of(path);
  for (std::size_t part = 0; part < 20; ++part) {
    const auto cut = folder / "cut.h5";
    test::write_bytes(cut, bytes.substr(0, bytes.size() * part / 20));
    CHECK_THROWS_AS(read_all(cut), ResultsError);
  }
}

TEST_CASE_METHOD(Fixture, "A damaged column is noticed when it is read") {
  std::string bytes = test::bytes_of(path);
  CHECK(read_all(path) > 10'000);
  haddr_t at = 0;
  hsize_t size = 0;
  change([&](hid_t file) {
    const hid_t duration = H5Dopen2(file, "trials/duration", H5P_DEFAULT);
    const hid_t all = H5Dget_space(duration);
    H5Dget_chunk_info(duration, all, 0, nullptr, nullptr, &at, &size);
    H5Sclose(all);
    H5Dclose(duration);
  });
  REQUIRE(size > 1000);
  bytes[at + size / 2] = static_cast<char>(~bytes[at + size / 2]);
  test::write_bytes(path, bytes);
  CHECK_THROWS_AS(read_all(path), ResultsError);
}

TEST_CASE_METHOD(Fixture, "The library's own messages stay away, those of others' calls do not") {
  H5E_auto2_t printer = nullptr;
  void* data = nullptr;
  H5Eget_auto2(H5E_DEFAULT, &printer, &data);
  int messages = 0;
  const auto count = [](hid_t, void* counter) -> herr_t { return ++*static_cast<int*>(counter); };
  H5Eset_auto2(H5E_DEFAULT, count, &messages);
  const std::string bytes = test::bytes_of(path);
  test::write_bytes(folder / "cut.h5", bytes.substr(0, bytes.size() / 2));
  CHECK_FALSE(refusal(folder / "cut.h5").empty());
  change([](hid_t file) { H5Ldelete(file, "causes", H5P_DEFAULT); });
  CHECK_FALSE(refusal(path).empty());
  CHECK(messages == 0);
  H5Gopen2(-1, "nothing", H5P_DEFAULT);
  CHECK(messages == 1);
  H5Eset_auto2(H5E_DEFAULT, printer, data);
}
