#include "results/detail/new_file.hpp"

#include "results/detail/hdf5_read.hpp"
#include "results/detail/seal_writer.hpp"
#include "results/error.hpp"

namespace truce::results {

NewFile::NewFile(const std::filesystem::path& path, OverwritePolicy policy) : path_(path) {
  if (policy == OverwritePolicy::in_memory) {
    memory_.emplace(path);
  } else {
    file_.emplace(path, policy);
  }
}

void NewFile::require_space(std::uint64_t bytes) const {
  if (file_) file_->require_space(bytes);
}

void NewFile::create() {
  hdf5_ = memory_ ? create_disk_file(memory_->descriptor(), disk_)
                  : create_disk_file(file_->hidden(), disk_);
  root_ = hdf5::open_group(hdf5_.id(), "/");
}

void NewFile::require_disk() const {
  if (disk_.error != 0) throw ResultsError::of_call(path(), disk_.error);
}

void NewFile::close() {
  root_ = {};
  hdf5_.close("close the file");
  require_disk();
  if (file_) seal();
}

void NewFile::seal() const {
  try {
    write_seal(file_->hidden());
  } catch (const ResultsError& error) {  // by the name that is known
    throw ResultsError(path(), error.reason(), error.fault());
  }
}

void NewFile::publish(const std::filesystem::path& other) {
  if (file_) {
    file_->publish(other);
    path_ = file_->path();
  }
  usable_ = false;
}

}  // namespace truce::results
