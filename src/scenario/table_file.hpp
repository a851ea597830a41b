#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "scenario/diagnostics.hpp"

namespace truce::scenario {

/// A CSV file, for messages by the name that it was read under.
struct TableFile {
  std::string path;
  base::CsvTable table;

  /// The numbers of a column; what is wrong with them is reported, and nothing returned then.
  [[nodiscard]] std::vector<double> numbers(std::size_t column, Diagnostics& diagnostics) const;
};

/// Reads the CSV file that a scenario or a study names at `named`, relative to the file that names
/// it. All that is wrong is reported: that it cannot be read at `named`, else at its own place.
std::optional<TableFile> read_table_file(const Position& named, const std::string& file,
                                         Diagnostics& diagnostics);

}  // namespace truce::scenario
