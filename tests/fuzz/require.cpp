#include <cstdio>
#include <cstdlib>

#include "fuzz/targets.hpp"

namespace truce::fuzz {

void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", promise);
  std::abort();
}

}  // namespace truce::fuzz
