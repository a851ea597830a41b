#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>

#include "fuzz/targets.hpp"
#include "fuzz/trials.hpp"
#include "fuzz/work_folder.hpp"
#include "study/plan.hpp"

namespace truce::fuzz {

void study(std::string_view text) {
  work_folder();
  const std::string file = "study.yaml";
  {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
  }
  scenario::Diagnostics diagnostics;
  const auto description = study::read_study(file, diagnostics);
  require(description.has_value() || diagnostics.has_errors(), "what is refused has an error");
  if (!description) return;
  // Large designs are no fault, but leave no time for others.
  constexpr std::uint64_t most = 2000;
  if (std::max(description->design.points, description->design.replicates) > most) return;
  const auto plan = study::Plan::make(*description, "truce study study.yaml", diagnostics);
  require(plan.has_value() || diagnostics.has_errors(), "what is refused has an error");
  if (!plan) return;
  for (std::size_t point = 0; point < std::min<std::size_t>(3, plan->schema().points.size());
       ++point) {
    try {
      run_three_trials(plan->model_of(point));
    } catch (const std::runtime_error& error) {
      require(*error.what() != '\0', "a point that has no model says why");
    }
  }
}

}  // namespace truce::fuzz
