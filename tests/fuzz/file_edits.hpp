#pragma once

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace truce::fuzz {

/// The content of a file, and its objects by their paths.
struct OriginalFile {
  std::string bytes;
  std::vector<std::string> links;                               ///< of groups and datasets
  std::vector<std::string> datasets;                            ///< of these, those
  std::vector<std::pair<std::string, std::string>> attributes;  ///< object and name
};

OriginalFile read_original(const std::filesystem::path& path);

/// Bytes of an edit: what is done, to which of the file's objects (two), and with what (three).
inline constexpr std::size_t edit_size = 6;

void edit_file(hid_t file, const OriginalFile& original, const std::uint8_t* edit);

}  // namespace truce::fuzz
