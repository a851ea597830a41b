#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "scenario/constructs/mediation.hpp"
#include "scenario/constructs/obligation.hpp"

/// The numbers that the model gives to what is drawn by weights: there stands the weight of each,
/// and to that number a draw of it comes.
namespace truce::scenario {

constexpr std::size_t number_of(Failure failure) {
  switch (failure) {
    case Failure::late:
      return 0;
    case Failure::partial:
      return 1;
    case Failure::refuse:
      return 2;
  }
  throw std::logic_error("no such failure");
}

constexpr std::size_t number_of(model::Unsettled outcome) {
  return static_cast<std::size_t>(std::ranges::find(model::unsettled_choices, outcome) -
                                  model::unsettled_choices.begin());
}

/// The words of such an enumeration, each at its number.
template <class Enum>
std::vector<std::string> words_by_number() {
  std::vector<std::string> words(words_of<Enum>.size());
  for (const auto& [text, value] : words_of<Enum>) words.at(number_of(value)) = text;
  return words;
}

}  // namespace truce::scenario
