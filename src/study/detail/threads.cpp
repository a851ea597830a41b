#include "study/detail/threads.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace truce::study {

unsigned run_threads(unsigned most, const std::function<void(unsigned)>& work,
                     const std::function<void()>& tick, const std::function<void()>& stop) {
  std::mutex mutex;
  std::condition_variable one_is_done;
  std::size_t done = 0;
  std::exception_ptr error;
  const auto run = [&](unsigned i) {
    std::exception_ptr own;
    try {
      work(i);
    } catch (...) {
      own = std::current_exception();
      stop();
    }
    const std::scoped_lock lock(mutex);
    if (!error) error = own;
    ++done;
    one_is_done.notify_all();
  };
  unsigned started = 1;
  {
    std::vector<std::jthread> threads;
    threads.reserve(most);
    try {
      for (unsigned i = 0; i < most; ++i) threads.emplace_back(run, i);
    } catch (const std::system_error&) {
      if (threads.empty()) run(0);
    }
    started = std::max(1U, static_cast<unsigned>(threads.size()));
    std::unique_lock lock(mutex);
    while (done < threads.size()) {
      lock.unlock();
      tick();
      lock.lock();
      one_is_done.wait_for(lock, std::chrono::milliseconds(100),
                           [&] { return done == threads.size(); });
    }
  }
  if (error) std::rethrow_exception(error);
  return started;
}

}  // namespace truce::study
