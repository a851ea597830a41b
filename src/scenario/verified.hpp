#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace truce::scenario {

struct Scenario;

/// A construct of the language and the file below tests/ that holds it to an exact answer.
struct Verified {
  enum class Kind { section, effect, response, outcome, distribution };
  Kind kind;
  std::string_view word;
  std::string_view test;
  std::string_view against;  ///< what it is held to
};

/// All of them: a test sees that no word of the language is missing, and that the files are there.
std::span<const Verified> verified_constructs();
/// Those that a scenario uses, in the same order.
std::vector<Verified> constructs_of(const Scenario& scenario);
/// "section", "effect", ...
std::string_view name_of(Verified::Kind kind);

}  // namespace truce::scenario
