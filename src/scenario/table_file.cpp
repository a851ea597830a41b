#include "scenario/table_file.hpp"

#include <cstring>
#include <filesystem>
#include <memory>

#include "base/read_file.hpp"

namespace truce::scenario {

namespace {

namespace fs = std::filesystem;

/// Why the file cannot be read; empty if it can.
std::string refusal(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (error) return error.message();
  if (fs::is_directory(status)) return "it is a directory";
  if (!fs::is_regular_file(status)) return "it is not a regular file";
  const auto size = fs::file_size(path, error);
  if (error) return error.message();
  return size > base::largest_csv ? "it is larger than 64 MB" : "";
}

void report(const std::string& path, const std::vector<base::CsvProblem>& problems,
            Diagnostics& diagnostics) {
  const auto file = std::make_shared<const std::string>(path);
  for (const base::CsvProblem& found : problems) {
    diagnostics.error({file, found.line, found.column}, found.problem, found.why, found.suggestion);
  }
}

}  // namespace

std::optional<TableFile> read_table_file(const Position& named, const std::string& file,
                                         Diagnostics& diagnostics) {
  fs::path path = file;
  if (path.is_relative() && named.file) path = fs::path(*named.file).parent_path() / path;
  std::string why = refusal(path);
  std::string text;
  if (why.empty()) {
    base::FileContent content = base::read_file(path, base::largest_csv);
    if (content.error != 0) why = std::strerror(content.error);
    if (content.too_large) why = "it is larger than 64 MB";
    text = std::move(content.text);
  }
  if (!why.empty()) {
    diagnostics.error(named, "cannot read the table " + shown(path.string()), why,
                      "it is relative to the file that names it");
    return std::nullopt;
  }
  std::vector<base::CsvProblem> problems;
  auto table = base::read_csv(std::move(text), problems);
  report(path.string(), problems, diagnostics);
  if (!table) return std::nullopt;
  return TableFile{path.string(), std::move(*table)};
}

std::vector<double> TableFile::numbers(std::size_t column, Diagnostics& diagnostics) const {
  std::vector<base::CsvProblem> problems;
  auto values = table.numbers(column, problems);
  report(path, problems, diagnostics);
  return values;
}

}  // namespace truce::scenario
