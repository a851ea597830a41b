#pragma once

#include <fmt/format.h>

#include <utility>

#include "truce/model/simulator.hpp"

namespace truce::model {

/// Throws a TrialError. Kept out of line, with its arguments by value, so that checks cost the
/// functions that make them nothing but a comparison.
template <class... Args>
[[noreturn, gnu::cold, gnu::noinline]] void fail(fmt::format_string<Args...> text, Args... args) {
  throw TrialError(fmt::format(text, std::move(args)...));
}

}  // namespace truce::model
