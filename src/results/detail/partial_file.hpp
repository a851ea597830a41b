#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "results/hidden_file.hpp"
#include "results/run_writer.hpp"

namespace truce::results {

std::filesystem::path folder_of(const std::filesystem::path& path);

/// Throws ResultsError where no file of that name can be written.
void require_place(const std::filesystem::path& path);

/// How the hidden names of a file that is being written begin.
std::string hidden_beginning(const std::filesystem::path& path);

/// A file that is written under a hidden name beside its own, and published whole or not at all.
class PartialFile {
 public:
  /// Checks the folder and both names; makes no file. Throws ResultsError.
  PartialFile(const std::filesystem::path& path, OverwritePolicy policy);
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::filesystem::path& hidden() const { return hidden_->path(); }

  /// Throws ResultsError where less is free.
  void require_space(std::uint64_t bytes) const;
  /// Brings the hidden file to the disk and gives it its name, or another one in the same folder,
  /// where it replaces what is there. Throws ResultsError.
  void publish(const std::filesystem::path& other = {});

 private:
  [[nodiscard]] std::filesystem::path folder() const;

  std::filesystem::path path_;
  std::optional<HiddenName> hidden_;  // removed, unless published
  OverwritePolicy policy_;
};

}  // namespace truce::results
