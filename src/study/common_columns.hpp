#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "results/block.hpp"
#include "results/schema.hpp"

namespace truce::study {

/// Where the columns and timelines of one variant stand among those that all variants share.
class CommonColumns {
 public:
  CommonColumns(const results::Schema& own, const results::Schema& common);

  /// Puts a block of the variant's trials into the common columns: what it lacks is missing (NaN),
  /// and codes of categories are those of the common labels.
  void take(results::Block& block) const;

 private:
  struct Source {
    std::optional<std::size_t> column;  ///< of the variant
    std::vector<double> codes;          ///< [own code] common one; empty where there are no labels
  };
  std::vector<Source> sources_;                         ///< [common column]
  std::vector<std::optional<std::uint32_t>> timeline_;  ///< [own timeline]
};

}  // namespace truce::study
