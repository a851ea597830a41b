#include <fmt/format.h>

#include <algorithm>

#include "scenario/record.hpp"
#include "scenario/table_file.hpp"

namespace truce::scenario {

namespace {

std::vector<double> column(const TableFile& file, const Series& series, const std::string& name,
                           Diagnostics& diagnostics) {
  const auto& names = file.table.names();
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) {
    diagnostics.error(series.file->position,
                      fmt::format("the table {} has no column '{}'", shown(file.path), name),
                      fmt::format("series '{}' reads it", series.name.text),
                      did_you_mean(name, names));
    return {};
  }
  return file.numbers(static_cast<std::size_t>(at - names.begin()), diagnostics);
}

void check_days(const TableFile& file, const Series& series, Diagnostics& diagnostics) {
  const auto& days = series.days;
  for (std::size_t row = 0; row < days.size(); ++row) {
    const bool early = days[row] < 0;
    const bool behind = row > 0 && days[row] <= days[row - 1];
    if (!early && !behind) continue;
    diagnostics.error(
        {std::make_shared<const std::string>(file.path), static_cast<int>(row) + 2, 1},
        fmt::format(
            "day {} of '{}' {}", days[row], series.name.text,
            early ? "is before day 0" : fmt::format("does not come after day {}", days[row - 1])),
        early ? "" : "rows stand in the order of days, each day once");
    return;
  }
}

}  // namespace

void read_series(Record& record, Diagnostics& diagnostics) {
  for (Series& series : record.series) {
    if (!series.file) continue;
    const auto file = read_table_file(series.file->position, series.file->text, diagnostics);
    if (!file) continue;
    const std::size_t before = diagnostics.errors();
    series.days = column(*file, series, series.day, diagnostics);
    series.values = column(*file, series, series.value, diagnostics);
    if (diagnostics.errors() > before) continue;
    check_days(*file, series, diagnostics);
    if (series.days.empty()) {
      diagnostics.error(series.file->position,
                        fmt::format("the table {} has no rows", shown(file->path)));
    }
  }
}

}  // namespace truce::scenario
