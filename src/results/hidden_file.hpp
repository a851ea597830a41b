#pragma once

#include <cstddef>
#include <filesystem>

namespace truce::results {

/// A name beside an output that must not outlast the process. Known to `remove_hidden_files` while
/// it lives, as far as there is room for it.
class HiddenName {
 public:
  explicit HiddenName(const std::filesystem::path& path);
  /// Removes the file, if there is one.
  ~HiddenName();
  HiddenName(const HiddenName&) = delete;
  HiddenName& operator=(const HiddenName&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The file is no longer ours: it has another name now.
  void release();

 private:
  std::filesystem::path path_;
  std::size_t slot_;
};

/// Removes the files of all hidden names, before the process ends without unwinding. A signal
/// handler may call it.
void remove_hidden_files() noexcept;

}  // namespace truce::results
