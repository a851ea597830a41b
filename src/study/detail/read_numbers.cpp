#include "study/detail/read_numbers.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/number.hpp"

namespace truce::study {

using scenario::Diagnostics;
using scenario::MappingReader;
using scenario::Node;

std::optional<double> number_in(const Node& node) {
  return node.is_scalar() ? base::finite_number(node.text) : std::nullopt;
}

std::uint64_t read_whole(MappingReader& in, std::string_view key, std::uint64_t fallback,
                         std::uint64_t least, std::uint64_t most, Diagnostics& diagnostics) {
  const Node* node = in.get(key);
  if (node == nullptr) return fallback;
  const auto value = base::whole_number(node->text);
  if (node->is_scalar() && value && *value >= least && *value <= most) return *value;
  diagnostics.error(node->position, fmt::format("'{}' is {}", key, scenario::described(*node)),
                    fmt::format("expected a whole number from {} to {}", least, most));
  return fallback;
}

double read_real(MappingReader& in, std::string_view key, double fallback, double above,
                 double below, Diagnostics& diagnostics) {
  const Node* node = in.get(key);
  if (node == nullptr) return fallback;
  const auto value = number_in(*node);
  if (value && *value > above && *value < below) return *value;
  diagnostics.error(node->position, fmt::format("'{}' is {}", key, scenario::described(*node)),
                    std::isinf(below)
                        ? fmt::format("expected a number above {}", above)
                        : fmt::format("expected a number between {} and {}", above, below));
  return fallback;
}

}  // namespace truce::study
