#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace truce::base {

/// All of a file, or of a pipe.
struct FileContent {
  std::string text;
  int error = 0;           ///< of the system, where it cannot be read; else 0
  bool too_large = false;  ///< there is more than was asked for
};

/// Reads at most `most` bytes. A signal that comes meanwhile changes nothing.
FileContent read_file(const std::filesystem::path& path, std::size_t most);

}  // namespace truce::base
