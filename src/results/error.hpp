#pragma once

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace truce::results {

/// Whose fault an error is: that of what was asked for, or that of the machine (a full disk, too
/// many open files), on which the same may go well.
enum class Fault : std::uint8_t { input, machine };

/// A results file that cannot be written or read. what() is "FILE: REASON".
class ResultsError : public std::runtime_error {
 public:
  ResultsError(const std::filesystem::path& file, const std::string& reason,
               Fault fault = Fault::input)
      : std::runtime_error(file.string() + ": " + reason),
        file_(file),
        reason_(reason),
        fault_(fault) {}

  /// What a call of the system has answered, by its `errno`.
  static ResultsError of_call(const std::filesystem::path& file, int error) {
    const bool name_is_wrong = error == ENOENT || error == EACCES || error == ENOTDIR ||
                               error == EISDIR || error == ENAMETOOLONG || error == ELOOP ||
                               error == EEXIST || error == EPERM || error == EROFS;
    return {file, std::strerror(error), name_is_wrong ? Fault::input : Fault::machine};
  }

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  /// Without the file's name, e.g. "No space left on device".
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] Fault fault() const { return fault_; }

 private:
  std::filesystem::path file_;
  std::string reason_;
  Fault fault_;
};

}  // namespace truce::results
