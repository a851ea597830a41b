#include "cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <vector>

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

/// Lines of a table in CSV after the first; a line break in quotes ends none.
std::uint64_t rows_of_csv(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 1 << 16> part{};
  std::uint64_t lines = 0;
  bool quoted = false;
  do {
    file.read(part.data(), part.size());
    for (std::streamsize i = 0; i < file.gcount(); ++i) {
      const char c = part.at(static_cast<std::size_t>(i));
      if (c == '"') quoted = !quoted;
      if (c == '\n' && !quoted) ++lines;
    }
  } while (file);
  return lines > 0 ? lines - 1 : 0;
}

}  // namespace

void print_written(const fs::path& path, const Telling& telling, const Json& known) {
  if (!telling.json) {
    if (!telling.quiet) fmt::print("{}\n", path.string());
    return;
  }
  Json report = {{"written", path.string()}};
  if (fs::is_directory(path)) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::uintmax_t bytes = 0;
    Json listed = Json::array();
    for (const fs::path& file : files) {
      Json told = {{"name", file.lexically_relative(path).generic_string()},
                   {"bytes", fs::file_size(file)}};
      if (file.extension() == ".csv") told["rows"] = rows_of_csv(file);
      bytes += fs::file_size(file);
      listed.push_back(std::move(told));
    }
    report["bytes"] = bytes;
    report["files"] = std::move(listed);
  } else {
    report["bytes"] = fs::file_size(path);
  }
  report.update(known);
  fmt::print("{}\n", report.dump(2, ' ', false, Json::error_handler_t::replace));
}

}  // namespace truce::cli
