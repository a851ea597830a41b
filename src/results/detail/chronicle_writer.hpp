#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "results/block.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

/// The group /chronicle, made when there is a first row: a flat table, one growing variable per
/// column. Its rows wait until they are released: where in the file they come to stand must not
/// depend on how far the threads are that write the columns of /trials.
class ChronicleWriter {
 public:
  explicit ChronicleWriter(hid_t root) : root_(root) {}

  void append(const std::vector<ChronicleRow>& rows);
  /// Writes whole chunks of what waits of the trials before `trial`.
  void release(std::uint64_t trial);
  /// Writes all that waits.
  void flush();

 private:
  struct Table;
  struct Close {
    void operator()(Table* table) const;
  };

  void write(std::size_t count);

  hid_t root_;
  std::deque<ChronicleRow> waiting_;  ///< by trial
  std::unique_ptr<Table, Close> table_;
};

/// The rows of a file's /chronicle. Throws hdf5::Error.
std::vector<ChronicleRow> read_chronicle(hid_t root);

}  // namespace truce::results
