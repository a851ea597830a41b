// Hands files to a fuzz target, one after the other, and then for some seconds what a Mutator makes
// of them and of words (a line each); needs no clang. The input in work is in the file LAST, for a
// crash tells nothing. Usage: fuzz_replay TARGET SECONDS WORDS LAST FILE_OR_FOLDER...

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "fuzz/mutator.hpp"
#include "fuzz/targets.hpp"

namespace fs = std::filesystem;

namespace {

const std::map<std::string, void (*)(std::string_view)> targets = {
    {"scenario", truce::fuzz::scenario}, {"expression", truce::fuzz::expression},
    {"study", truce::fuzz::study},       {"csv", truce::fuzz::csv},
    {"results", truce::fuzz::results},   {"record", truce::fuzz::record},
};

std::vector<fs::path> files_in(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(fs::absolute(entry.path()));
  }
  return files;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  const auto target = argc > 1 ? targets.find(argv[1]) : targets.end();
  if (target == targets.end() || argc < 6) {
    std::fprintf(stderr, "usage: fuzz_replay TARGET SECONDS WORDS LAST FILE_OR_FOLDER...\n");
    return 2;
  }
  const std::chrono::duration<double> seconds(std::stod(argv[2]));
  const fs::path last = fs::absolute(argv[4]);  // targets work in a folder of their own
  std::vector<std::string> words = lines_of(argv[3]);
  std::vector<std::string> inputs;
  for (int i = 5; i < argc; ++i) {
    for (const fs::path& file : files_in(argv[i])) inputs.push_back(bytes_of(file));
  }
  if (inputs.empty() || words.empty()) return 1;
  const auto give = [&](const std::string& bytes) {
    std::ofstream(last, std::ios::binary) << bytes;
    target->second(bytes);
  };
  for (const std::string& bytes : inputs) give(bytes);
  truce::fuzz::Mutator mutator(inputs, std::move(words), 1);
  std::size_t more = 0;
  for (const auto end = Clock::now() + seconds; Clock::now() < end; ++more) give(mutator.next());
  std::printf("%s: %zu inputs, and %zu made of them\n", argv[1], inputs.size(), more);
  return 0;
}
