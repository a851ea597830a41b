#pragma once

#include <string>

namespace truce::base {

/// Bytes of memory or of a disk for a message, in the largest unit of which there is one: "12.5
/// MB".
std::string size_text(double bytes);

}  // namespace truce::base
