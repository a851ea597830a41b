#include "observations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>

namespace truce::scenario {

namespace {

/// Fields of one line; a quoted field may hold commas and doubled quotes.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

std::optional<double> number_in(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  double x = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(x)) {
    return std::nullopt;
  }
  return x;
}

}  // namespace

std::vector<double> read_observations(const Position& position, const std::string& file,
                                      const std::string& column, std::string& problem) {
  std::filesystem::path path = file;
  if (path.is_relative() && position.file) {
    path = std::filesystem::path(*position.file).parent_path() / path;
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    problem = fmt::format("cannot read '{}'", path.string());
    return {};
  }
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
  const auto names = fields_of(line);
  const auto at = static_cast<std::size_t>(std::ranges::find(names, column) - names.begin());
  if (at == names.size()) {
    problem = fmt::format("'{}' has no column '{}'", path.string(), column);
    const std::string hint = did_you_mean(column, names);
    if (!hint.empty()) problem += "; " + hint;
    return {};
  }
  std::vector<double> observations;
  for (std::size_t row = 2; std::getline(in, line); ++row) {
    const auto fields = fields_of(line);
    if (at >= fields.size() || fields[at].empty()) continue;
    const auto x = number_in(fields[at]);
    if (!x) {
      problem = fmt::format("'{}' line {}: '{}' is no number", path.string(), row, fields[at]);
      return {};
    }
    observations.push_back(*x);
  }
  if (observations.empty()) {
    problem = fmt::format("column '{}' of '{}' holds no numbers", column, path.string());
  }
  std::ranges::sort(observations);
  return observations;
}

}  // namespace truce::scenario
