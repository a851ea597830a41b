#include "study/run.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "study/detail/block_runner.hpp"
#include "study/detail/ordered_join.hpp"
#include "study/detail/threads.hpp"

namespace truce::study {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t failures_kept = 10;

/// What one worker found out by itself; on a cache line of its own.
struct alignas(64) WorkerResult {
  std::uint64_t events = 0;
  std::vector<results::FailedTrial> failures;
  std::exception_ptr error;
};

void work(const model::Model& model, const RunSettings& settings, OrderedJoin& join,
          const std::atomic<bool>& stop, WorkerResult& result) {
  try {
    BlockRunner runner(model, settings, stop);
    OrderedJoin::Ticket ticket;
    while (!stop.load(std::memory_order_relaxed) && join.take(ticket)) {
      runner.run(ticket.work, *ticket.block);
      const auto& failures = ticket.block->failures;
      std::copy_n(failures.begin(),
                  std::min(failures.size(), failures_kept - result.failures.size()),
                  std::back_inserter(result.failures));
      join.give(std::move(ticket));
    }
    result.events = runner.events();
  } catch (...) {
    result.error = std::current_exception();
    join.stop();
  }
}

}  // namespace

RunReport run_trials(const model::Model& model, const RunSettings& settings,
                     const Listener& listener, const std::atomic<bool>& stop) {
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  RunReport report;
  report.threads =
      settings.threads > 0 ? settings.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t window = std::size_t{4} * report.threads + 4;
  OrderedJoin join(settings.first, settings.trials, window, listener.block);
  std::vector<WorkerResult> results(report.threads);
  std::mutex mutex;
  std::condition_variable one_is_done;
  unsigned done = 0;
  {
    const std::vector<std::jthread> workers = start_threads(report.threads, [&](unsigned i) {
      work(model, settings, join, stop, results[i]);
      const std::scoped_lock lock(mutex);
      ++done;
      one_is_done.notify_all();
    });
    report.threads = std::max(1U, static_cast<unsigned>(workers.size()));
    std::unique_lock lock(mutex);
    while (listener.progress && done < report.threads) {
      lock.unlock();
      listener.progress({.done = join.joined(),
                         .planned = settings.trials - settings.first,
                         .seconds = seconds()});
      lock.lock();
      one_is_done.wait_for(lock, std::chrono::milliseconds(100),
                           [&] { return done == report.threads; });
    }
  }
  for (WorkerResult& result : results) {
    if (result.error) std::rethrow_exception(result.error);
    report.events += result.events;
    std::ranges::move(result.failures, std::back_inserter(report.first_failures));
  }
  report.trials = join.joined();
  report.failed = join.failed();
  // Those that were computed, but not joined, are not of the run.
  std::erase_if(report.first_failures, [&](const results::FailedTrial& failure) {
    return failure.trial >= settings.first + report.trials;
  });
  std::ranges::sort(report.first_failures, {}, &results::FailedTrial::trial);
  if (report.first_failures.size() > failures_kept) report.first_failures.resize(failures_kept);
  report.interrupted = stop.load() && report.trials < settings.trials - settings.first;
  report.seconds = seconds();
  return report;
}

}  // namespace truce::study
