#pragma once

#include <string>
#include <utility>

#include "scenario/compile.hpp"
#include "support/catch.hpp"
#include "support/shipped.hpp"

namespace truce::test {

/// A scenario from its text; what is wrong with it is told.
inline scenario::Loaded loaded(const std::string& yaml) {
  scenario::Diagnostics diagnostics;
  auto result = scenario::load_text(yaml, "s.yaml", {}, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(result.has_value());
  return std::move(*result);
}

inline scenario::Loaded neutral() {
  return loaded(shipped("neutral-a-b.yaml"));
}

}  // namespace truce::test
