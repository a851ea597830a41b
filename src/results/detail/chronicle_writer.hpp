#pragma once

#include <memory>
#include <vector>

#include "results/block.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

/// The group /chronicle, made when there is a first row: a flat table, one growing variable per
/// column.
class ChronicleWriter {
 public:
  explicit ChronicleWriter(hid_t root) : root_(root) {}

  void append(const std::vector<ChronicleRow>& rows);
  /// Writes what waits for a chunk to be full.
  void flush();

 private:
  struct Table;
  struct Close {
    void operator()(Table* table) const;
  };

  void write(std::size_t count);

  hid_t root_;
  std::vector<ChronicleRow> waiting_;
  std::unique_ptr<Table, Close> table_;
};

/// The rows of a file's /chronicle. Throws hdf5::Error.
std::vector<ChronicleRow> read_chronicle(hid_t root);

}  // namespace truce::results
