#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "results/detail/field.hpp"
#include "results/detail/netcdf.hpp"
#include "results/detail/point_data.hpp"
#include "results/detail/row_variable.hpp"
#include "results/study_schema.hpp"

namespace truce::results {

/// What a variable of a study's file holds for one point, or, for variables with the axis `trial`,
/// its chunk as it is stored.
using RowValues =
    std::variant<std::vector<double>, std::vector<std::int32_t>, std::vector<std::int8_t>,
                 std::vector<std::int64_t>, netcdf::StoredRows>;

/// The groups of a study's file whose variables have the axis `point`, in a fixed order, so that
/// rows can be written from results or from other files alike.
class StudyLayout {
 public:
  StudyLayout(hid_t root, const StudySchema& schema);

  /// Throws hdf5::Error where a point's values, of which so many trials keep their rows, have other
  /// types or lengths than the variables, in the order of `names`.
  void require_fit(const std::vector<RowValues>& values, std::uint64_t rows) const;
  /// Adds the next point's rows, in the order of `names`.
  void append(const std::vector<RowValues>& rows);
  /// Writes what is kept; `rows` is the most of trials that a point has.
  void finish(std::uint64_t rows);

  /// How many variables have the axis `trial`; they are the first ones.
  [[nodiscard]] std::size_t trial_variables() const { return trial_variables_; }
  /// Points in a chunk of these.
  [[nodiscard]] std::size_t rows_per_chunk() const { return rows_per_chunk_; }
  [[nodiscard]] hid_t id(std::size_t variable) const;
  /// Paths of the variables, e.g. "trials/duration".
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  using AnyRow = std::variant<RowVariable<double>, RowVariable<std::int32_t>,
                              RowVariable<std::int8_t>, RowVariable<std::int64_t>>;

  netcdf::Group& group(hid_t root, const std::string& name, hsize_t most_points = 0);
  template <class T>
  netcdf::Variable add(const std::string& name, const std::vector<std::string>& axes, T fill,
                       hsize_t last_axis = 0);
  /// A field of items along `axis`, with `inner` values along its own.
  template <class Item>
  void add(const Field<Item>& field, const std::string& axis, hsize_t inner);
  void add_trials(hid_t root, const StudySchema& study);
  void add_summary(hid_t root, const Schema& schema);

  void add_shares(hid_t root, const Schema& schema, const std::string& dimension);
  void add_timelines(hid_t root, const Schema& schema);
  void add_precision(hid_t root, const PrecisionGoal& goal);

  std::vector<std::int32_t> points_;
  std::int64_t first_trial_;
  std::vector<netcdf::Group> groups_;
  std::string group_name_;
  std::vector<AnyRow> variables_;
  std::vector<std::string> names_;
  std::vector<hsize_t> row_sizes_;  ///< values of a point; of those with the axis `trial`: 0
  std::size_t trial_variables_ = 0;
  std::size_t rows_per_chunk_ = 1;
  std::unique_ptr<netcdf::Variable> trial_;
};

/// The rows of a point in the order of StudyLayout.
std::vector<RowValues> rows_of(const PointResults::Data& point);

/// The groups /design and /provenance/variants of a study.
void write_study_design(hid_t root, const StudySchema& schema);
/// Attributes of the group /precision.
void write_precision_goal(const netcdf::Group& group, const PrecisionGoal& goal);
/// Its content, with `common` left as it is. Throws hdf5::Error.
void read_study_design(hid_t root, StudySchema& schema);

}  // namespace truce::results
