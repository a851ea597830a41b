#include <cstdlib>
#include <new>

#include "model/simulator.hpp"
#include "scenario/compile.hpp"
#include "support/catch.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

TEST_CASE("a trial allocates nothing after warm-up") {
  truce::scenario::Diagnostics diagnostics;
  const auto loaded =
      truce::scenario::load(TRUCE_SOURCE_DIR "/scenarios/neutral-a-b.yaml", {}, diagnostics);
  REQUIRE(loaded.has_value());
  truce::model::Simulator simulator(loaded->model, {.seed = 1});
  truce::model::TrialRecord record;
  for (std::uint64_t trial = 0; trial < 2000; ++trial) simulator.run(trial, record);
  const std::size_t before = allocations;
  for (std::uint64_t trial = 0; trial < 2000; ++trial) simulator.run(trial, record);
  CHECK(allocations == before);
}
