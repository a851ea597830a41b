#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace truce::results {

/// A file without a name, which has its bytes in memory and is gone with its last descriptor.
class MemoryFile {
 public:
  /// `name` is for messages. Throws ResultsError where the system has none to give.
  explicit MemoryFile(const std::filesystem::path& name);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// All of it. Throws ResultsError.
  [[nodiscard]] std::vector<std::uint8_t> bytes() const;

 private:
  std::filesystem::path name_;
  int descriptor_;
};

}  // namespace truce::results
