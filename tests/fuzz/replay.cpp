// Hands files to a fuzz target, one after the other; needs no clang.
// Usage: fuzz_replay TARGET FILE_OR_FOLDER...

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

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

}  // namespace

int main(int argc, char** argv) {
  const auto target = argc > 1 ? targets.find(argv[1]) : targets.end();
  if (target == targets.end() || argc < 3) {
    std::fprintf(stderr, "usage: fuzz_replay TARGET FILE_OR_FOLDER...\n");
    return 2;
  }
  std::vector<fs::path> files;
  for (int i = 2; i < argc; ++i) {
    for (fs::path& file : files_in(argv[i])) files.push_back(std::move(file));
  }
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    // Told before, for a crash tells nothing.
    std::fprintf(stderr, "%s\n", file.c_str());
    target->second(bytes);
  }
  std::printf("%s: %zu inputs\n", argv[1], files.size());
  return files.empty() ? 1 : 0;
}
