#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/trace_sink.hpp"

namespace truce::cli {

/// A draw that outlives the trial's call.
struct KeptDraw {
  std::string stream;
  model::Draw draw;  ///< without its stream and formulas
  std::vector<std::pair<std::string, double>> formulas;
};

/// Stream and number of a draw: "release_civilians.comply[3]".
std::string address_text(std::string_view stream, std::uint32_t number);
/// What a chance came to: "complies" and "does not comply", or "yes" and "no".
std::string chance_text(std::string_view stream, bool yes);
/// What a choice came to, of alternatives counted from 0: "choice 1" is the first.
std::string choice_text(std::size_t chosen);

/// What was drawn, what it was held against, and what came of it.
std::string text_of(const KeptDraw& kept);

}  // namespace truce::cli
