// Writes a sample run, for tests in other languages and for measuring.
// Usage: write_sample FILE [--trials N] [--stop-after N] [--block N] [--wide] [--force]
//                     [--file-size-limit BYTES] [--all-fail 1] [--chronicle N]
//                     [--summary]
// Exit code 1 and a message where the file cannot be written.

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "results/run_reader.hpp"
#include "results/run_record.hpp"
#include "results/run_writer.hpp"
#include "results/summary_json.hpp"
#include "results/summary_text.hpp"
#include "sample.hpp"

using namespace truce;

namespace {

/// A file that grows beyond fails like on a full disk, with EFBIG instead of ENOSPC.
void limit_file_size(std::uint64_t bytes) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_FSIZE, &limit);
}

void fail_all(results::Block& block) {
  std::ranges::fill(block.status, results::Status::failed);
  std::ranges::fill(block.segments_end, 0U);
  block.segments.clear();
  block.chronicle.clear();
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void write(const std::string& file, std::map<std::string, std::uint64_t>& options) {
  const std::uint64_t trials = options["--trials"];
  const std::uint64_t stop = std::min(trials, options["--stop-after"]);
  const test::Sample sample(
      trials, options["--wide"] != 0 ? test::Sample::Size::wide : test::Sample::Size::small,
      options["--chronicle"]);
  double seconds = 0;
  auto start = std::chrono::steady_clock::now();
  results::RunWriter writer(file, sample.schema(),
                            options["--force"] != 0 ? results::OverwritePolicy::replace
                                                    : results::OverwritePolicy::refuse);
  for (std::uint64_t first = 0; first < stop; first += options["--block"]) {
    auto block = sample.block(first, std::min(options["--block"], stop - first));
    if (options["--all-fail"] != 0) fail_all(block);
    start = std::chrono::steady_clock::now();
    writer.append(block);
    seconds += seconds_since(start);
  }
  start = std::chrono::steady_clock::now();
  writer.finish(stop < trials ? results::Completion::interrupted : results::Completion::complete);
  std::fprintf(stderr, "append %.2f s, finish %.2f s\n", seconds, seconds_since(start));
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::uint64_t> options = {{"--trials", 1000},
                                                  {"--stop-after", ~std::uint64_t{0}},
                                                  {"--block", 1024},
                                                  {"--chronicle", 3}};
  const std::string file = argc > 1 ? argv[1] : "";
  for (int i = 2; i < argc; ++i) {
    const std::string name = argv[i];
    const bool flag = name == "--wide" || name == "--force" || name == "--summary";
    options[name] = flag ? 1 : i + 1 < argc ? std::strtoull(argv[++i], nullptr, 10) : 0;
  }
  if (options.contains("--file-size-limit")) limit_file_size(options["--file-size-limit"]);
  try {
    write(file, options);
    if (options["--summary"] != 0) {
      const results::RunReader reader(file);
      std::puts(results::summary_table(reader.summary()).c_str());
      for (const auto& outcome : reader.summary().outcomes) {
        std::puts(results::histogram(reader, outcome.name, results::Glyphs::unicode).c_str());
      }
    }
  } catch (const results::ResultsError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
