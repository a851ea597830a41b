#include "cli/study_points.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "results/text_table.hpp"

namespace truce::cli {

void require_whole(const results::StudySchema& schema) {
  if (!schema.whole()) {
    throw std::invalid_argument("this is a shard of a study; join all of them first");
  }
}

std::string point_name(const results::StudySchema& schema, std::size_t row, bool with_variant) {
  const results::StudyPoint& point = schema.points[schema.contained[row]];
  std::string name = with_variant ? schema.variants[point.variant] : "";
  for (std::size_t j = 0; j < schema.parameters.size(); ++j) {
    name += fmt::format("{}{}={}", name.empty() ? "" : " ", schema.parameters[j],
                        results::short_number(point.values[j]));
  }
  return name;
}

}  // namespace truce::cli
