#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "study/ranks.hpp"
#include "study/run_study.hpp"
#include "study/share.hpp"

namespace truce::study {

class EarlierFile;

/// A share of a study that is to be there, and the folder of its parts.
struct SharedWork {
  const Plan& plan;
  const Share& share;
  const std::filesystem::path& folder;
  const EarlierFile* earlier = nullptr;  ///< which has some of it, and gets the rest
};

/// Has ranks run what is not there yet: points together, or of large ones pieces of their trials,
/// which a rank puts together when all are there. The pieces of a point in part stay as they are.
/// Throws ResultsError, and what Ranks::run throws.
StudyReport run_share_on_ranks(const SharedWork& wanted, Ranks& ranks,
                               const std::function<void(const StudyProgress&)>& progress,
                               const std::atomic<bool>& stop);

/// On a rank that is not 0: does a task, on so many threads, and tells what came of it.
Message serve_study(const SharedWork& of, unsigned threads, const Message& task,
                    const std::atomic<bool>& stop);

}  // namespace truce::study
