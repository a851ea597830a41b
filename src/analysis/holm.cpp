#include <algorithm>
#include <cmath>

#include "analysis/comparison.hpp"

namespace truce::analysis {

std::vector<double> holm_adjusted(const std::vector<double>& p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::size_t i) { return p_values[i]; });
  std::vector<double> adjusted = p_values;
  double least = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double p = p_values[order[k]] * static_cast<double>(order.size() - k);
    least = std::max(least, std::min(1.0, p));
    adjusted[order[k]] = least;
  }
  return adjusted;
}

}  // namespace truce::analysis
