#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <system_error>
#include <thread>
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

/// Calls f(worker, i) for i = 0, ..., n - 1, each once, where workers are numbered from 0 and each
/// makes one call at a time, so that it may keep something of its own.
template <class F>
void parallel_for_workers(std::size_t n, unsigned workers, F&& f) {
  std::atomic<std::size_t> next = 0;
  parallel_for(workers, workers, [&](std::size_t worker) {
    for (std::size_t i = next++; i < n; i = next++) f(worker, i);
  });
}

/// As many threads as are asked for; of 0, as many as there are processors.
inline unsigned threads_of(unsigned asked) {
  return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace truce::base
