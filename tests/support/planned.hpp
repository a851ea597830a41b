#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "study/plan.hpp"
#include "support/catch.hpp"

namespace truce::test {

/// A study in a folder, from its text and that of its scenario, shots.yaml; what is wrong with it
/// is told.
inline study::Plan planned(const std::filesystem::path& folder, const std::string& scenario,
                           const std::string& study, std::optional<std::uint64_t> keep = {}) {
  std::ofstream(folder / "shots.yaml") << scenario;
  std::ofstream(folder / "study.yaml") << study;
  scenario::Diagnostics diagnostics;
  const auto description = study::read_study(folder / "study.yaml", diagnostics);
  INFO(diagnostics.text());
  REQUIRE(description.has_value());
  auto plan = study::Plan::make(*description, "truce study study.yaml", diagnostics, keep);
  INFO(diagnostics.text());
  REQUIRE(plan.has_value());
  return std::move(*plan);
}

}  // namespace truce::test
