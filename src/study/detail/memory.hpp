#pragma once

#include <cstddef>

#include "results/schema.hpp"

namespace truce::study {

/// Bytes that may be filled with trials: half of what the machine has, and of what this process may
/// have of it (ulimit -v, the group of a container or of a job of Slurm).
double memory_for_trials();

/// Bytes of a point's trials as they are kept until they are written.
inline double bytes_of_trials(const results::Schema& schema) {
  std::size_t of_trial = 1;  // its status
  for (const results::Column& column : schema.columns) {
    of_trial += column.kind == results::ColumnKind::real      ? 8
                : column.kind == results::ColumnKind::integer ? 4
                                                              : 1;
  }
  return static_cast<double>(of_trial) * static_cast<double>(results::most_rows_kept(schema));
}

/// Copies of a point while it is written.
inline constexpr double copies_in_writing = 4;

}  // namespace truce::study
