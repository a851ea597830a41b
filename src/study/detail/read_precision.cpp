#include "study/detail/read_precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/limits.hpp"
#include "study/detail/read_numbers.hpp"
#include "study/detail/study_keys.hpp"

namespace truce::study {

using scenario::Diagnostics;
using scenario::MappingReader;
using scenario::Node;

namespace {

/// Two different variants of the study.
void read_difference(const Node& node, const Description& study, results::PrecisionGoal& goal,
                     Diagnostics& diagnostics) {
  std::vector<std::string> known;
  for (const Variant& variant : study.variants) known.push_back(variant.name.text);
  const bool list = node.is_sequence() && node.items.size() == 2;
  if (!list || node.items[0].text == node.items[1].text) {
    diagnostics.error(node.position, "'difference' is no list of two variants", {},
                      "write [a, b]; the difference is a less b");
    return;
  }
  for (const Node& item : node.items) {
    if (std::ranges::find(known, item.text) != known.end()) continue;
    diagnostics.error(item.position, fmt::format("unknown variant {}", scenario::described(item)),
                      {}, scenario::did_you_mean(item.text, known));
  }
  goal.a = node.items[0].text;
  goal.b = node.items[1].text;
}

}  // namespace

void read_precision(const Node& node, Description& study, Diagnostics& diagnostics) {
  MappingReader in(node, keys::precision, "", diagnostics);
  if (!in.sound()) return;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Precision& precision = study.precision.emplace();
  results::PrecisionGoal& goal = precision.goal;
  goal.outcome = in.text("outcome");
  goal.half_width = read_real(in, "half_width", 0, 0, infinite, diagnostics);
  goal.excludes = read_real(in, "excludes", 0, 0, infinite, diagnostics);
  goal.confidence = read_real(in, "confidence", goal.confidence, 0, 1, diagnostics);
  precision.at_most =
      read_whole(in, "at_most", precision.at_most, 1, base::most_trials, diagnostics);
  const Node* outcome = in.get("outcome");
  precision.position = outcome != nullptr ? outcome->position : node.position;
  const Node* difference = in.get("difference");
  if (difference != nullptr) {
    precision.difference_position = difference->position;
    read_difference(*difference, study, goal, diagnostics);
  }
  if (in.has("excludes") && difference == nullptr) {
    diagnostics.error(in.position_of("excludes"), "'excludes' is of a difference",
                      "'difference' names no variants");
  }
  if (!in.has("half_width") && !in.has("excludes")) {
    diagnostics.error(
        node.position, "'precision' does not say when to stop", {},
        difference == nullptr ? "add 'half_width'" : "add 'half_width', 'excludes' or both");
  }
}

}  // namespace truce::study
