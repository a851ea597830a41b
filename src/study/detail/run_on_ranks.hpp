#pragma once

#include <vector>

#include "study/detail/task_size.hpp"
#include "study/ranks.hpp"
#include "study/run_file.hpp"

namespace truce::study {

/// Lets the ranks of `file` run the trials that are missing, each part into a file of its own, and
/// adds them to `done`. Parts are as long as ranks need a while for, by `size`, which learns how
/// long trials take, and shorter towards the end; where they are many, ranks put those together
/// that follow one another.
void run_on_ranks(const RunFile& file, const std::vector<results::TrialRange>& missing,
                  TaskSize& size, RunReport& done, const RunFileListener& listener,
                  const std::atomic<bool>& stop);

/// What another rank answers when it is asked for some of them.
Message serve_run(const RunFile& file, const Message& task, const std::atomic<bool>& stop);

}  // namespace truce::study
