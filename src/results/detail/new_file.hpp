#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <vector>

#include "results/detail/disk_file.hpp"
#include "results/detail/disk_reading.hpp"
#include "results/detail/hdf5.hpp"
#include "results/detail/memory_file.hpp"
#include "results/detail/partial_file.hpp"
#include "results/error.hpp"

namespace truce::results {

/// A results file while it is written: hidden until it is whole. Whatever goes wrong in a part of
/// the work is a ResultsError that names the file, and the end of it.
class NewFile {
 public:
  /// Checks the folder and the name, and makes no file yet. Throws ResultsError.
  NewFile(const std::filesystem::path& path, OverwritePolicy policy);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] hid_t root() const { return root_.id(); }
  void require_space(std::uint64_t bytes) const;

  /// Makes the hidden file; within `guarded`.
  void create();
  /// Shows a full disk now; within `guarded`.
  void require_disk() const;
  /// Closes the file, of which nothing else may be open, and seals it; within `guarded`.
  void close();
  /// Gives the closed file its name, or that other one; nothing of what is in memory alone.
  void publish(const std::filesystem::path& other = {});
  /// All bytes of a closed file that is in memory alone.
  [[nodiscard]] std::vector<std::uint8_t> bytes() const { return memory_.value().bytes(); }

  /// Does a part of the work. After an error, and after `publish`, std::logic_error.
  template <class Work>
  void guarded(Work&& work) {
    if (!usable_) throw std::logic_error("a results file is used after its end");
    usable_ = false;
    const hdf5::Quiet quiet;
    try {
      work();
    } catch (const hdf5::Error& error) {
      require_disk();  // the reason behind it, if there is one
      // Whatever else the library cannot do in a new file, such as for want of memory, no input is
      // to blame.
      throw ResultsError(path(), error.what(), Fault::machine);
    } catch (const std::range_error& error) {
      throw ResultsError(path(), error.what());
    }
    require_disk();
    usable_ = true;
  }

 private:
  void seal() const;

  bool usable_ = true;
  // Destroyed from the last to the first: members of the file, the file, its name.
  std::filesystem::path path_;
  std::optional<PartialFile> file_;  // one of the two is there
  std::optional<MemoryFile> memory_;
  DiskStatus disk_;
  hdf5::Handle hdf5_;
  hdf5::Handle root_;
};

}  // namespace truce::results
