#include "truce/version.hpp"

#include "study/version.hpp"

namespace truce {

std::string version() {
  return study::program_version();
}

}  // namespace truce
