#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "scenario/compile.hpp"

namespace truce::benchmark {

/// The scenario, compiled; says what is wrong with it and exits where there is something.
inline scenario::Loaded loaded(const std::filesystem::path& path) {
  scenario::Diagnostics diagnostics;
  auto scenario = scenario::load(path, {}, diagnostics);
  if (!scenario) {
    fmt::print(stderr, "{}", diagnostics.text());
    std::exit(2);
  }
  return std::move(*scenario);
}

}  // namespace truce::benchmark
