#pragma once

#include <system_error>
#include <thread>
#include <vector>

namespace truce::study {

/// Threads that do work(0), work(1), ..., so many at most: where the system gives no more, fewer
/// do. Where it gives none, work(0) is done here, and none is returned.
template <class Work>
std::vector<std::jthread> start_threads(unsigned most, const Work& work) {
  std::vector<std::jthread> threads;
  threads.reserve(most);
  try {
    for (unsigned i = 0; i < most; ++i) threads.emplace_back(work, i);
  } catch (const std::system_error&) {
    if (threads.empty()) work(0);
  }
  return threads;
}

}  // namespace truce::study
