#pragma once

#include <functional>

namespace truce::study {

/// Threads that do work(0), work(1), ..., so many at most, until all are done, and `tick` several
/// times per second from this thread, at least once. Where the system gives no more threads, fewer
/// do; where it gives none, work(0) is done here. Returns how many did. When one throws, `stop` is
/// called, and it is thrown once all are done.
unsigned run_threads(unsigned most, const std::function<void(unsigned)>& work,
                     const std::function<void()>& tick, const std::function<void()>& stop);

}  // namespace truce::study
