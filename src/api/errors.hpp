#pragma once

#include <utility>

#include "results/error.hpp"
#include "truce/error.hpp"

namespace truce::api {

/// Runs what may refuse a file, and lets out what users can cause as the public Error: the types of
/// the layers below are hidden in the library.
template <class Action>
decltype(auto) with_public_errors(Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (const results::ResultsError& error) {
    throw Error(error.what());
  }
}

}  // namespace truce::api
