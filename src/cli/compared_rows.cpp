#include "cli/compared_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/nearest.hpp"
#include "cli/study_points.hpp"

namespace truce::cli {

std::vector<RowPairs> compared_rows(const results::StudySchema& schema, const std::string& asked,
                                    bool by_point) {
  require_whole(schema);
  const std::string against = asked.empty() ? schema.against : asked;
  const auto base = std::ranges::find(schema.variants, against);
  if (base == schema.variants.end()) {
    throw std::invalid_argument(fmt::format("the study has no variant '{}'; {}", against,
                                            base::name_hint(against, schema.variants)));
  }
  const auto base_index = static_cast<std::size_t>(base - schema.variants.begin());
  const std::size_t rows = schema.points.size() / schema.variants.size();
  std::vector<RowPairs> pairs;
  if (schema.variants.size() == 1) {
    // Every point against the first one.
    for (std::size_t row = 1; row < rows; ++row) {
      pairs.push_back({point_name(schema, row, false), point_name(schema, 0, false), {row}, {0}});
    }
    return pairs;
  }
  for (std::size_t v = 0; v < schema.variants.size(); ++v) {
    if (v == base_index) continue;
    RowPairs all{schema.variants[v], against, {}, {}};
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t a = v * rows + row;
      const std::size_t b = base_index * rows + row;
      all.rows_a.push_back(a);
      all.rows_b.push_back(b);
      if (by_point) pairs.push_back({point_name(schema, a, true), against, {a}, {b}});
    }
    if (!by_point) pairs.push_back(std::move(all));
  }
  return pairs;
}

}  // namespace truce::cli
