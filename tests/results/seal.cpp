// Damage is told by the seal; what has none is read where a crash does no harm.

#include "results/seal.hpp"

#include <hdf5.h>

#include <csignal>
#include <fstream>
#include <vector>

#include "results/detail/apart.hpp"
#include "results/run_reader.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

namespace {

/// Changes one bit of a file; twice, and it is as before.
void flip(const std::filesystem::path& path, std::uint64_t byte, unsigned bit) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(byte));
  const int value = file.get();
  file.seekp(static_cast<std::streamoff>(byte));
  file.put(static_cast<char>(static_cast<unsigned>(value) ^ (1U << bit)));
}

std::string refusal_of(const std::function<void()>& work) {
  try {
    do_apart("a file", {.seconds = 1, .bytes = std::uint64_t{1} << 34U}, work);
  } catch (const ResultsError& error) {
    return error.what();
  }
  return "none";
}

struct Written {
  Written() { test::Sample(2000, test::Sample::Size::small).write(path); }
  test::TemporaryFolder folder;
  std::filesystem::path path = folder / "run.h5";
};

}  // namespace

TEST_CASE_METHOD(Written, "A file as it was written is sealed, and every changed bit is told") {
  CHECK(seal_of(path) == Seal::intact);
  CHECK_NOTHROW(require_seal(path));
  const std::uint64_t size = std::filesystem::file_size(path);
  constexpr std::uint64_t line = 42;
  for (std::uint64_t i = 0; i < 300; ++i) {
    const std::uint64_t byte = i < line ? size - 1 - i : i * 7'919'777 % size;
    const auto bit = static_cast<unsigned>(i % 8);
    CAPTURE(byte, bit);
    flip(path, byte, bit);
    CHECK(seal_of(path) != Seal::intact);
    CHECK_THROWS_AS(require_seal(path), ResultsError);
    if (byte < size - line) {
      CHECK(seal_of(path) == Seal::broken);
      CHECK_THROWS_WITH(RunReader(path),
                        path.string() + ": is damaged: its checksum is not that of its content");
    } else {
      // Within the seal itself: the content is sound, and is read.
      if (seal_of(path) == Seal::missing) CHECK_NOTHROW(RunReader(path));
    }
    flip(path, byte, bit);
  }
  CHECK(seal_of(path) == Seal::intact);
}

TEST_CASE_METHOD(Written, "A file that was cut or lengthened has no seal") {
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
  CHECK(seal_of(path) == Seal::missing);
  std::ofstream(path, std::ios::app) << "\nand more";
  CHECK(seal_of(path) == Seal::missing);
  std::ofstream(folder / "empty.h5").close();
  CHECK(seal_of(folder / "empty.h5") == Seal::missing);
  CHECK_THROWS_WITH(seal_of(folder / "none.h5"), Catch::EndsWith("No such file or directory"));
}

TEST_CASE_METHOD(Written, "What HDF5 changes loses its seal, and what a user adds is left alone") {
  const auto columns = RunReader(path).schema().columns.size();
  const auto timelines = RunReader(path).schema().timelines.size();
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hsize_t size = 3;
  const hid_t space = H5Screate_simple(1, &size, nullptr);
  for (const char* name : {"notes", "trials/notes", "timelines/notes.mean"}) {
    H5Dclose(H5Dcreate2(file, name, H5T_NATIVE_INT, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }
  H5Sclose(space);
  H5Fclose(file);
  CHECK(seal_of(path) == Seal::missing);
  CHECK_THROWS_WITH(require_seal(path), Catch::Contains("has no seal at its end"));
  const RunReader reader(path);
  CHECK(reader.schema().columns.size() == columns);
  CHECK(reader.schema().timelines.size() == timelines);
}

TEST_CASE("A crash, a loop and a hunger for memory of work done apart are messages") {
  CHECK(refusal_of([] {}) == "none");
  CHECK(refusal_of([] { throw ResultsError("x", "has a reason"); }) == "a file: has a reason");
  CHECK_THAT(refusal_of([] {
               std::signal(SIGSEGV, SIG_DFL);  // sanitizers hear it, and end otherwise
               std::raise(SIGSEGV);
             }),
             Catch::Contains("is damaged: the HDF5 library crashes on it (Segmentation fault)"));
  CHECK_THAT(refusal_of([] { std::raise(SIGFPE); }), Catch::Contains("crashes on it"));
  CHECK_THAT(refusal_of([] { throw 1; }), Catch::Contains("crashes on it"));
  CHECK_THAT(refusal_of([] {
               for (volatile bool on = true; on;) {
               }
             }),
             Catch::Contains("comes to no end with it in 1 s"));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CHECK_THAT(refusal_of([] { std::vector<char> all(std::size_t{1} << 40U); }),
             Catch::Contains("too large for the memory"));
#endif
}
