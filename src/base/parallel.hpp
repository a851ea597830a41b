#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <system_error>
#include <vector>

namespace truce::base {

/// Calls f(0), ..., f(n - 1), each once, on so many threads, and waits for all. Throws what one of
/// them has thrown.
template <class F>
void parallel_for(std::size_t n, unsigned threads, F&& f) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < n; i = next++) f(i);
  };
  std::vector<std::future<void>> helpers;
  for (unsigned i = 1; i < std::min<std::size_t>(threads, n); ++i) {
    try {
      helpers.push_back(std::async(std::launch::async, work));
    } catch (const std::system_error&) {
      break;  // no more threads: those that there are do it
    }
  }
  work();
  for (auto& helper : helpers) helper.get();
}

}  // namespace truce::base
