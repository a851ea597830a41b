#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/detail/utf8.hpp"
#include "results/summary_text.hpp"

namespace truce::results {

std::string parameters_text(const std::vector<RunParameter>& parameters, bool all) {
  std::vector<std::string> set;
  std::vector<std::string> drawn;
  std::vector<std::string> plain;
  for (const RunParameter& parameter : parameters) {
    const std::string name = printable(parameter.name);
    const std::string with_value = fmt::format("{} = {}", name, parameter.value + 0.0);
    if (parameter.origin == Origin::drawn) {
      drawn.push_back(name);
    } else {
      (parameter.origin == Origin::set ? set : plain).push_back(with_value);
    }
  }
  std::vector<std::string> parts;
  if (!set.empty()) parts.push_back(fmt::format("{} (set)", fmt::join(set, ", ")));
  if (!drawn.empty()) {
    parts.push_back(fmt::format("{} (drawn in each trial)", fmt::join(drawn, ", ")));
  }
  if (!plain.empty() && all) {
    parts.push_back(fmt::format("{} (as in the scenario)", fmt::join(plain, ", ")));
  } else if (!plain.empty()) {
    parts.push_back(fmt::format("{}{} as in the scenario", plain.size(),
                                parts.empty()       ? ""
                                : plain.size() == 1 ? " other"
                                                    : " others"));
  }
  return parts.empty() ? "" : fmt::format("parameters: {}\n", fmt::join(parts, "; "));
}

}  // namespace truce::results
