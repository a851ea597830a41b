#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "results/detail/field.hpp"
#include "results/detail/hdf5.hpp"
#include "results/precision.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// The variables of /summary, of /endings and /causes, and of /precision, in the order of the file.
/// A statistic more of every outcome is a row more.
std::span<const Field<OutcomeSummary>> summary_fields();
std::span<const Field<Share>> share_fields();
std::span<const Field<PrecisionReached>> precision_fields();

// Files that have some of them; all others have none of these.
inline constexpr char with_keep[] = "with --keep";
inline constexpr char with_controls[] = "of runs with control variates: of 10,000 trials and more";

/// Those that a file of the schema has.
template <class Item>
std::vector<Field<Item>> fields_for(const Schema& schema, std::span<const Field<Item>> all) {
  std::vector<Field<Item>> fields;
  std::ranges::copy_if(all, std::back_inserter(fields), [&](const Field<Item>& field) {
    if (field.when == with_keep) return schema.keep.has_value();
    return field.when != with_controls || schema.controls.has_value();
  });
  return fields;
}

/// The group /summary.
void write_summary(hid_t root, const Schema& schema, std::vector<OutcomeSummary> outcomes);
/// Kinds are those of the columns of the same names.
std::vector<OutcomeSummary> read_summary(hid_t root, const std::vector<Column>& columns);

/// The groups /endings and /causes: `dimension` is "ending" or "cause".
void write_shares(hid_t root, const Schema& schema, const std::string& dimension,
                  std::vector<Share> shares);
std::vector<Share> read_shares(hid_t root, const std::string& dimension, std::size_t days);

/// The group /distributions/OUTCOME.
void write_distribution(hid_t distributions, const OutcomeSummary& outcome,
                        const Distribution& distribution);
Distribution read_distribution(hid_t distributions, const OutcomeSummary& outcome);

}  // namespace truce::results
