#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "results/point_results.hpp"
#include "study/plan.hpp"
#include "study/run.hpp"

namespace truce::study {

struct StudyProgress {
  std::size_t points = 0;  ///< done
  std::size_t planned = 0;
  std::uint64_t trials = 0;
  double seconds = 0;
};

/// Trials of a point that were run before: the first ones, without timelines.
struct EarlierTrials {
  results::Block block;
  std::vector<results::Failure> failures;
};

struct StudyListener {
  /// Receives the finished points in the order asked for, one at a time.
  std::function<void(std::uint32_t, const results::PointResults&)> point;
  /// Called several times per second from the calling thread. May be empty.
  std::function<void(const StudyProgress&)> progress;
  /// Tells trials that a point need not run again, none where there are none; called by several
  /// threads. May be empty.
  std::function<EarlierTrials(std::uint32_t)> earlier;
  /// Where parts of large points are kept until their point is written; empty: nowhere.
  std::filesystem::path folder;
};

struct StudyReport {
  std::size_t points = 0;    ///< finished
  std::uint64_t trials = 0;  ///< run
  std::uint64_t again = 0;   ///< of them, that a file had without what its timelines need
  std::uint64_t events = 0;
  std::uint64_t failed = 0;
  std::size_t imprecise = 0;  ///< points whose precision was not reached
  unsigned threads = 1;
  double seconds = 0;
  bool interrupted = false;
};

/// Runs these points; of a study whose rows stop together, whole rows one after the other. Where
/// there are many, each thread runs a point of its own; where there are few, or large ones that are
/// kept in parts, or such that memory could not hold one for each, all threads run the same one:
/// results are the same. At most a window of them is in memory. When `stop` becomes true, points in
/// work are given up, but for their parts. Throws what a worker throws.
StudyReport run_study(const Plan& plan, const std::vector<std::uint32_t>& points, unsigned threads,
                      const StudyListener& listener, const std::atomic<bool>& stop);

}  // namespace truce::study
