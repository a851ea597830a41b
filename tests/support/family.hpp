#pragma once

#include <string_view>

#include "engine/distributions.hpp"

/// The family of that name, e.g. family_of("gamma").
inline truce::engine::Family family_of(std::string_view name) {
  return truce::engine::family_named(name).value();
}
