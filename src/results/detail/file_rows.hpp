#pragma once

#include <string>
#include <vector>

#include "results/file_table.hpp"

/// Rows that several groups of the table of the file have, and the groups of statistics.
namespace truce::results::file_rows {

using Attributes = std::vector<FileAttribute>;
using Variables = std::vector<FileVariable>;

/// The attribute `units`; always the same one where a value is given.
FileAttribute units(const std::string& value = {});
FileAttribute long_name();
/// What holds the values along an axis.
FileVariable coordinate(const std::string& axis, StoredType type, Attributes attributes = {});
/// The coordinate `point`, of studies.
FileVariable points();

/// The attributes of the root, as `write_run` and `write_outcome_of_run` write them.
FileGroup root();
/// /provenance with what is below it.
std::vector<FileGroup> provenance();
/// /summary, /distributions, /endings, /causes, /precision and /timelines with what is below them.
std::vector<FileGroup> statistics();
/// The attributes of /precision, as `write_precision_goal` writes them.
Attributes precision_goal();
/// /failures, as `write_failures` writes it.
FileGroup failures();
/// /chronicle, as `ChronicleWriter` writes it.
FileGroup chronicle();
/// /turning_points, as `write_turning_points` writes it.
FileGroup turning_points();
/// /evidence and /posterior, as `write_conditioned` writes them.
std::vector<FileGroup> conditioned();

}  // namespace truce::results::file_rows
