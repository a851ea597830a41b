#include "scenario/text/observations.hpp"

#include <algorithm>

#include "scenario/table_file.hpp"

namespace truce::scenario {

std::vector<double> read_observations(const Position& position, const std::string& file,
                                      const std::string& column, Diagnostics& diagnostics) {
  const auto found = read_table_file(position, file, diagnostics);
  if (!found) return {};
  const std::vector<std::string>& names = found->table.names();
  const auto at = std::ranges::find(names, column);
  if (at == names.end()) {
    diagnostics.error(position, shown(found->path) + " has no column " + shown(column), {},
                      did_you_mean(column, names));
    return {};
  }
  auto observations = found->numbers(static_cast<std::size_t>(at - names.begin()), diagnostics);
  std::ranges::sort(observations);
  return observations;
}

}  // namespace truce::scenario
