#pragma once

#include <string>

#include "truce/export.hpp"

namespace truce {

/// Of the program that the library belongs to, e.g. "0.1.0".
TRUCE_API std::string version();

}  // namespace truce
