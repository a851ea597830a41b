#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace truce::results {

/// What work in a process of its own may take.
struct Limits {
  std::uint64_t seconds;  ///< of the processor's time
  std::uint64_t bytes;    ///< of memory, with what the process has already
};

/// Does work that reads a file in a process of its own, which is a copy of this one: a crash, a
/// loop without end or a hunger for memory there is a ResultsError here. One that the work throws
/// is thrown here again. Other threads are not copied; there should be none.
void do_apart(const std::filesystem::path& path, const Limits& limits,
              const std::function<void()>& work);

}  // namespace truce::results
