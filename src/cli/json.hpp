#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

namespace truce::cli {

/// What `--json` prints: keys in the order in which they were added.
using Json = nlohmann::ordered_json;

/// JSON knows neither NaN nor infinity: they are null.
inline Json number(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

}  // namespace truce::cli
