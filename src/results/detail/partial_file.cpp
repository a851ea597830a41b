#include "results/detail/partial_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "base/size_text.hpp"
#include "base/uninterrupted.hpp"
#include "results/error.hpp"

namespace truce::results {

namespace fs = std::filesystem;

namespace {

using base::uninterrupted;

/// Writes what the system still holds back, where a full disk may first show. Returns errno or 0.
int bring_to_disk(const fs::path& path) {
  const int descriptor = uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); });
  if (descriptor < 0) return errno;
  // Some file systems cannot sync; that is no reason to lose the results.
  const bool synced = uninterrupted([&] { return ::fsync(descriptor); }) == 0;
  const int error = synced || errno == EINVAL ? 0 : errno;
  ::close(descriptor);
  return error;
}

/// Renames, but not over a file that has come up since the name was checked.
int rename_to_new(const fs::path& from, const fs::path& to) {
#ifdef RENAME_NOREPLACE
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
#endif
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(to, ignored))) return EEXIST;
  return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

std::string hidden_beginning(const fs::path& path) {
  return fmt::format(".{}.partial-", path.filename().string());
}

void require_place(const fs::path& path) {
  std::error_code error;
  const fs::path folder = folder_of(path);
  const fs::file_status folder_status = fs::status(folder, error);
  if (!fs::exists(folder_status)) {
    throw ResultsError(path, fmt::format("the folder {} does not exist", folder.string()));
  }
  if (!fs::is_directory(folder_status)) {
    throw ResultsError(path, fmt::format("{} is not a folder", folder.string()));
  }
  if (!path.has_filename()) throw ResultsError(path, "the name of a file is missing");
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) throw ResultsError(path, "is a folder");
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw ResultsError(path, "is not a regular file");
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw ResultsError(path, fmt::format("cannot write in the folder {}: {}", folder.string(),
                                         std::strerror(errno)));
  }
}

PartialFile::PartialFile(const fs::path& path, OverwritePolicy policy)
    : path_(path), policy_(policy) {
  require_place(path);
  std::error_code error;
  if (fs::exists(fs::symlink_status(path, error)) && policy == OverwritePolicy::refuse) {
    throw ResultsError(path, "exists already and is not to be overwritten");
  }
  // A name may be taken by a process of the same number that was killed.
  const std::string name = hidden_beginning(path) + std::to_string(::getpid());
  fs::path hidden = path.parent_path() / name;
  for (int i = 1; fs::exists(fs::symlink_status(hidden, error)); ++i) {
    hidden = path.parent_path() / fmt::format("{}-{}", name, i);
  }
  hidden_.emplace(hidden);
}

fs::path PartialFile::folder() const {
  return folder_of(path_);
}

void PartialFile::require_space(std::uint64_t bytes) const {
  std::error_code error;
  const fs::space_info space = fs::space(folder(), error);
  if (error || space.available >= bytes) return;
  throw ResultsError(
      path_,
      fmt::format("at least {} are needed, {} are free in {}",
                  base::size_text(static_cast<double>(bytes)),
                  base::size_text(static_cast<double>(space.available)), folder().string()),
      Fault::machine);
}

void PartialFile::publish(const fs::path& other) {
  if (!other.empty() && other != path_) {
    path_ = other;
    policy_ = OverwritePolicy::replace;
  }
  int error = bring_to_disk(hidden());
  if (error == 0 && policy_ == OverwritePolicy::refuse) {
    error = rename_to_new(hidden(), path_);
  } else if (error == 0 && std::rename(hidden().c_str(), path_.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) throw ResultsError::of_call(path_, error);
  hidden_->release();
  // So that parts are not gone before what was made of them has its name. Where a folder cannot be
  // synced, the file is there all the same.
  bring_to_disk(folder());
}

}  // namespace truce::results
