#include "cli/output_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

#include "results/error.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;
using results::ResultsError;

/// What a file is called that another program is to read as something else, or that a user wrote.
constexpr std::array<std::string_view, 20> other_kinds = {
    ".csv", ".tsv", ".txt", ".json", ".yaml", ".yml", ".md",  ".html", ".tex", ".png",
    ".svg", ".pdf", ".xls", ".xlsx", ".xml",  ".zip", ".npy", ".npz",  ".mat", ".parquet"};

void require_name(const fs::path& path) {
  if (path == "-") {
    throw ResultsError(path,
                       "results are an HDF5 file, which cannot go to standard output; give "
                       "the name of a file, and --json for the summary");
  }
  const std::string extension = path.extension().string();
  if (std::ranges::find(other_kinds, extension) == other_kinds.end()) return;
  throw ResultsError(path, fmt::format("results are an HDF5 file, not {}; name it {}", extension,
                                       fs::path(path).replace_extension(".h5").string()));
}

/// An HDF5 file, or an empty one.
bool may_be_replaced(const fs::path& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::array<char, signature.size()> start{};
  std::ifstream file(path, std::ios::binary);
  if (!file) return true;  // whoever writes it will say why it cannot be
  file.read(start.data(), start.size());
  return file.gcount() == 0 ||
         std::string_view(start.data(), static_cast<std::size_t>(file.gcount())) == signature;
}

}  // namespace

fs::path without_links(fs::path path) {
  constexpr int most = 40;  // as many as the system follows
  std::error_code error;
  for (int i = 0; i < most && fs::is_symlink(fs::symlink_status(path, error)); ++i) {
    if (const auto end = fs::status(path, error); fs::exists(end) && !fs::is_regular_file(end))
      break;
    const fs::path target = fs::read_symlink(path, error);
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return path;
}

fs::path output_file(const std::string& asked, const std::string& standard) {
  const fs::path folder = "results";
  fs::path path = asked.empty() ? folder / standard : fs::path(asked);
  require_name(path);
  if (asked.empty()) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw ResultsError(folder, "the folder cannot be made: " + error.message());
  }
  path = without_links(path);
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored) && !may_be_replaced(path)) {
    throw ResultsError(path, "exists already, and is no file of results; give another --output");
  }
  return path;
}

std::unique_ptr<results::OutputLock> lock_of(const fs::path& output) {
  std::unique_ptr<results::OutputLock> lock;
  const fs::path folder = output.has_parent_path() ? output.parent_path() : ".";
  std::error_code ignored;
  if (!fs::exists(output, ignored) || ::access(folder.c_str(), W_OK | X_OK) == 0) {
    lock = std::make_unique<results::OutputLock>(output);
  }
  return lock;
}

}  // namespace truce::cli
