#pragma once

#include <optional>

#include "results/block.hpp"
#include "results/detail/netcdf.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// The group /design of a run.
void write_run_design(hid_t root, const std::vector<RunParameter>& parameters);
/// Reads it. Throws hdf5::Error.
std::vector<RunParameter> read_run_design(hid_t root);

/// The group /parameters: a growing variable for each parameter that is drawn, written by whole
/// chunks. There is none where none is drawn.
class DrawnParameters {
 public:
  DrawnParameters(hid_t root, const Schema& schema);

  /// Adds the same trials to every variable.
  void append(const Block& block);
  /// Writes what waits for a chunk to be full.
  void flush();

 private:
  struct Column {
    netcdf::Variable variable;
    std::vector<double> waiting;
  };

  void write(std::size_t count);

  std::optional<netcdf::Group> group_;
  std::optional<netcdf::Variable> trial_;
  std::int64_t trials_ = 0;  ///< written
  std::vector<Column> columns_;
};

}  // namespace truce::results
