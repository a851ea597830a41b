#pragma once

#include <filesystem>
#include <optional>

#include "results/error.hpp"
#include "results/hidden_file.hpp"

namespace truce::results {

/// Keeps other processes from writing an output while it lives. On taking it, what processes that
/// were killed have left of that output is removed: hidden files that none alive can own.
class OutputLock {
 public:
  /// Throws ResultsError where another process holds the output, or no such file can be written.
  explicit OutputLock(const std::filesystem::path& output);
  ~OutputLock();
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;

 private:
  int descriptor_ = -1;
  std::optional<HiddenName> name_;
};

}  // namespace truce::results
