#include "results/detail/new_file.hpp"

#include "results/detail/hdf5_read.hpp"
#include "results/detail/seal_writer.hpp"
#include "results/error.hpp"

namespace truce::results {

void NewFile::create() {
  hdf5_ = create_disk_file(file_.hidden(), disk_);
  root_ = hdf5::open_group(hdf5_.id(), "/");
}

void NewFile::require_disk() const {
  if (disk_.error != 0) throw ResultsError::of_call(path(), disk_.error);
}

void NewFile::close() {
  root_ = {};
  hdf5_.close("close the file");
  require_disk();
  seal();
}

void NewFile::seal() const {
  try {
    write_seal(file_.hidden());
  } catch (const ResultsError& error) {  // by the name that is known
    throw ResultsError(path(), error.reason(), error.fault());
  }
}

void NewFile::publish(const std::filesystem::path& other) {
  file_.publish(other);
  usable_ = false;
}

void NewFile::fail(const std::exception& error) const {
  throw ResultsError(path(), error.what());
}

}  // namespace truce::results
