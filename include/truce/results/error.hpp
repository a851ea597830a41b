#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace truce::results {

/// A results file that cannot be written or read. what() is "FILE: REASON".
class ResultsError : public std::runtime_error {
 public:
  ResultsError(const std::filesystem::path& file, const std::string& reason)
      : std::runtime_error(file.string() + ": " + reason), file_(file), reason_(reason) {}

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  /// Without the file's name, e.g. "No space left on device".
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  std::filesystem::path file_;
  std::string reason_;
};

}  // namespace truce::results
