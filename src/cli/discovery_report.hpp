#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/discovery.hpp"

namespace truce::cli {

/// The points that a discovery searches, with the names of what it finds.
struct SearchedPoints {
  std::string variant;                ///< "all" where variants are an assumption themselves
  std::vector<std::string> names;     ///< [dimension]
  std::vector<std::string> variants;  ///< codes of the last dimension, where it is the variant
  analysis::Assumptions assumptions;
  Eigen::VectorXd share;  ///< [point] of cases
  std::string notes;      ///< what does not count: lines, or nothing
};

void print_discovery(const std::string& target, const SearchedPoints& points,
                     const analysis::Discovery& discovery,
                     const analysis::PeelingSettings& settings);
nlohmann::ordered_json discovery_json(const SearchedPoints& points,
                                      const analysis::Discovery& discovery);

}  // namespace truce::cli
