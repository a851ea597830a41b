#pragma once

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "truce/error.hpp"
#include "truce/truce.h"

struct truce_error {
  truce_fault fault = TRUCE_INTERNAL;
  std::string message;
};

namespace truce::api {

/// An error to be returned; where even for that there is no memory, the one that is always there.
truce_error* error_of(truce_fault fault, const char* message) noexcept;

/// Runs what may throw, and returns what C can take.
template <class Action>
truce_error* guarded(Action&& action) noexcept {
  try {
    std::forward<Action>(action)();
    return nullptr;
  } catch (const Error& error) {
    return error_of(TRUCE_INPUT, error.what());
  } catch (const std::bad_alloc&) {
    return error_of(TRUCE_MEMORY, "there is not enough memory");
  } catch (const std::length_error&) {
    return error_of(TRUCE_MEMORY, "there is not enough memory");
  } catch (const std::exception& error) {
    return error_of(TRUCE_INTERNAL, error.what());
  } catch (...) {
    return error_of(TRUCE_INTERNAL, "an unknown exception");
  }
}

/// Throws Error for NULL.
template <class Pointer>
void require(Pointer* pointer, const char* name) {
  if (pointer == nullptr) throw Error(std::string(name) + " is NULL");
}

/// Makes what `*made` is to receive, which is NULL where that fails.
template <class Made, class Make>
truce_error* make(Made** made, const char* name, Make&& make) noexcept {
  if (made != nullptr) *made = nullptr;
  return guarded([&] {
    require(made, name);
    *made = std::forward<Make>(make)();
  });
}

}  // namespace truce::api
