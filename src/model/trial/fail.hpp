#pragma once

#include <fmt/format.h>

#include <concepts>

#include "model/simulator.hpp"

namespace truce::model {

/// What stands in a reason for an argument of a message: reals differ from trial to trial.
template <class Arg>
Arg in_reason(const Arg& argument) {
  return argument;
}
inline const char* in_reason(double) {
  return "...";
}
template <class Iterator>
requires std::same_as < std::iter_value_t<Iterator>,
double > const char* in_reason(const fmt::join_view<Iterator, Iterator, char>&) {
  return "...";
}

/// Throws a TrialError. Kept out of line, with its arguments by value, so that checks cost the
/// functions that make them nothing but a comparison.
template <class... Args>
[[noreturn, gnu::cold, gnu::noinline]] void fail(fmt::format_string<Args...> text, Args... args) {
  const auto formatted = [&](auto... arguments) {
    return fmt::vformat(fmt::string_view(text), fmt::make_format_args(arguments...));
  };
  throw TrialError(formatted(args...), formatted(in_reason(args)...));
}

}  // namespace truce::model
