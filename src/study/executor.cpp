#include "study/executor.hpp"

#include "base/parallel.hpp"
#include "study/detail/threads.hpp"

namespace truce::study {

Threads::Threads(unsigned threads) : threads_(base::threads_of(threads)) {}

std::size_t Threads::window() const {
  return std::size_t{4} * threads_ + 4;
}

unsigned Threads::run(Job& job) {
  return run_threads(
      threads_,
      [&](unsigned) {
        const Job::Worker worker = job.worker();
        while (const auto unit = job.take(Job::Room::wait)) {
          job.give(worker(*unit));
          while (job.help()) {
          }
        }
      },
      [&] { job.tick(); }, [&] { job.stop(); });
}

}  // namespace truce::study
