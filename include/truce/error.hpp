#pragma once

#include <stdexcept>

#include "truce/export.hpp"

namespace truce {

/// What a caller can cause: a scenario that is wrong, a file that cannot be read or written, a name
/// that is not there. what() is the message that the program prints; of a scenario or study all
/// that is wrong, one finding a line, `file:line:column: error: problem (why); suggestion`.
class TRUCE_API Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace truce
