#include "results/detail/study_layout.hpp"

#include <algorithm>
#include <numeric>

#include "base/number.hpp"
#include "results/detail/group_summary.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/detail/trial_columns.hpp"
#include "results/schema_check.hpp"
#include "results/study_writer.hpp"

namespace truce::results {

namespace {

/// Of a part that is the study's last chunk all of the study, as only then its chunk has the shape
/// of those before it, with which it is joined; else those that are here.
hsize_t most_points(const StudySchema& schema) {
  const auto& here = schema.contained;
  const bool last = !here.empty() && here.front() + here.size() == schema.points.size();
  const bool chunk = last && here.front() % points_per_chunk(most_rows_kept(schema.common)) == 0;
  return chunk ? schema.points.size() : here.size();
}

/// Columns that have numbers.
std::vector<const Column*> outcomes_of(const Schema& schema) {
  std::vector<const Column*> all;
  for (const Column& column : schema.columns) {
    if (column.kind != ColumnKind::category) all.push_back(&column);
  }
  return all;
}

}  // namespace

StudyLayout::StudyLayout(hid_t root, const StudySchema& schema)
    : points_(schema.contained.begin(), schema.contained.end()),
      first_trial_(static_cast<std::int64_t>(schema.first_trial())) {
  add_trials(root, schema);
  add_summary(root, schema.common);
  add_shares(root, schema.common, "ending");
  add_shares(root, schema.common, "cause");
  add_timelines(root, schema.common);
  if (schema.precision) add_precision(root, *schema.precision);
}

netcdf::Group& StudyLayout::group(hid_t root, const std::string& name, hsize_t most_points) {
  group_name_ = name;
  netcdf::Group& made = groups_.emplace_back(root, name);
  made.coordinate<std::int32_t>("point", points_, most_points);
  return made;
}

template <class T>
netcdf::Variable StudyLayout::add(const std::string& name, const std::vector<std::string>& axes,
                                  T fill, hsize_t last_axis) {
  const netcdf::Group& in = groups_.back();
  netcdf::Variable variable = in.variable_filled_with<T>(fill, name, axes);
  RowVariable<T> row(variable, in.rows_per_chunk(axes), fill);
  row.set_last_axis(last_axis);
  variables_.emplace_back(std::move(row));
  names_.push_back(group_name_ + "/" + name);
  row_sizes_.push_back(in.row_size(axes));
  return variable;
}

template <class Item>
void StudyLayout::add(const Field<Item>& field, const std::string& axis, hsize_t inner) {
  std::vector<std::string> axes = {"point"};
  if (!axis.empty()) axes.push_back(axis);
  if (field.inner != nullptr) axes.emplace_back(field.inner);
  const hsize_t last = field.inner != nullptr ? inner : 0;
  std::visit(
      [&]<class T>(T& (*)(Item&)) {
        if constexpr (std::is_same_v<Stored<T>, double>) {
          add<double>(field.name, axes, base::not_a_number, last);
        } else {
          const auto variable = add<Stored<T>>(field.name, axes, 0, last);
          if constexpr (std::is_same_v<T, bool>) variable.attribute("dtype", "bool");
        }
      },
      field.of);
}

void StudyLayout::add_trials(hid_t root, const StudySchema& study) {
  const Schema& schema = study.common;
  netcdf::Group& in = group(root, "trials", most_points(study));
  trial_ = std::make_unique<netcdf::Variable>(in.growing_coordinate<std::int64_t>(
      "trial", std::max<std::uint64_t>(most_rows_kept(schema), 1)));
  const std::vector<std::string> axes = {"point", "trial"};
  rows_per_chunk_ = in.rows_per_chunk(axes);
  for (const Column& column : schema.columns) {
    if (column.kind == ColumnKind::real) {
      describe_column(add<double>(column.name, axes, base::not_a_number), column);
    } else if (column.kind == ColumnKind::integer) {
      describe_column(add<std::int32_t>(column.name, axes, failed_integer), column);
    } else {
      describe_column(add<std::int8_t>(column.name, axes, failed_code), column);
    }
  }
  const netcdf::Variable status = add<std::int8_t>("status", axes, failed_code);
  status.attribute("units", "1");
  name_codes(status, failed_code, {"absent", "completed", "failed"});
  trial_variables_ = variables_.size();
}

void StudyLayout::add_summary(hid_t root, const Schema& schema) {
  netcdf::Group& in = group(root, "summary");
  std::vector<std::string> names;
  std::vector<std::string> units;
  for (const Column* outcome : outcomes_of(schema)) {
    names.push_back(outcome->name);
    units.push_back(stored_unit(outcome->unit));
  }
  in.coordinate<std::string>("outcome", names);
  netcdf::add_quantiles(in);
  in.variable<std::string>("unit", {"outcome"}, units);
  for (const auto& field : fields_for(schema, summary_fields()))
    add(field, "outcome", quantile_count);
  if (!schema.keep) return;
  for (const char* name : {"trials", "trials_failed"}) add<std::int64_t>(name, {"point"}, 0);
}

void StudyLayout::add_shares(hid_t root, const Schema& schema, const std::string& dimension) {
  netcdf::Group& in = group(root, dimension + "s");
  in.coordinate<std::string>(dimension, schema.columns[column_index(schema, dimension)].labels);
  netcdf::add_days(in, days_of(schema));
  for (const auto& field : fields_for(schema, share_fields()))
    add(field, dimension, days_of(schema));
}

void StudyLayout::add_timelines(hid_t root, const Schema& schema) {
  netcdf::Group& in = group(root, "timelines");
  netcdf::add_days(in, days_of(schema));
  netcdf::add_quantiles(in);
  add_dates(in, schema);
  for (const Timeline& timeline : schema.timelines) {
    const auto mean = add<double>(timeline.name + ".mean", {"point", "day"}, base::not_a_number);
    describe_timeline(mean, timeline, "mean");
    mean.attribute("values", timeline.integer ? "whole" : "real");
    describe_timeline(add<double>(timeline.name + ".sd", {"point", "day"}, base::not_a_number),
                      timeline, "sd");
    describe_timeline(add<double>(timeline.name + ".quantiles", {"point", "day", "quantile"},
                                  base::not_a_number, quantile_count),
                      timeline, "quantiles");
  }
}

void StudyLayout::require_fit(const std::vector<RowValues>& values, std::uint64_t rows) const {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const std::size_t length = i < trial_variables_ ? rows : row_sizes_[i];
    std::visit(
        [&]<class T>(const RowVariable<T>&) {
          if (i < trial_variables_ && std::holds_alternative<netcdf::StoredRows>(values.at(i)))
            return;
          const auto* row = std::get_if<std::vector<T>>(&values.at(i));
          if (row == nullptr) throw hdf5::Error("'" + names_[i] + "' is of an unexpected type");
          if (row->size() != length)
            throw hdf5::Error("'" + names_[i] + "' has an unexpected shape");
        },
        variables_[i]);
  }
}

void StudyLayout::add_precision(hid_t root, const PrecisionGoal& goal) {
  write_precision_goal(group(root, "precision"), goal);
  for (const auto& field : precision_fields()) add(field, "", 0);
}

hid_t StudyLayout::id(std::size_t variable) const {
  return std::visit([](const auto& row) { return row.variable().id(); }, variables_.at(variable));
}

void StudyLayout::append(const std::vector<RowValues>& rows) {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    std::visit(
        [&]<class T>(RowVariable<T>& variable) {
          const auto* stored = std::get_if<netcdf::StoredRows>(&rows.at(i));
          if (stored != nullptr) {
            variable.append(*stored);
          } else {
            variable.append(std::get<std::vector<T>>(rows.at(i)));
          }
        },
        variables_[i]);
  }
}

void StudyLayout::finish(std::uint64_t rows) {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    std::visit(
        [&](auto& variable) {
          variable.flush();
          if (i < trial_variables_) variable.grow(rows);
        },
        variables_[i]);
  }
  std::vector<std::int64_t> numbers(rows);
  std::iota(numbers.begin(), numbers.end(), first_trial_);
  trial_->append<std::int64_t>(numbers);
}

namespace {

template <class Item>
void add_rows(std::vector<RowValues>& rows, std::span<const Field<Item>> fields,
              std::span<Item> items) {
  for (const Field<Item>& field : fields) {
    std::visit([&](auto&& values) { rows.emplace_back(std::forward<decltype(values)>(values)); },
               values_of(field, items));
  }
}

}  // namespace

std::vector<RowValues> rows_of(const PointResults::Data& point) {
  std::vector<RowValues> rows;
  for (const StoredValues& column : point.columns) {
    std::visit([&](const auto& values) { rows.emplace_back(values); }, column);
  }
  rows.emplace_back(point.status);
  const RunResults& results = point.results;
  std::vector<OutcomeSummary> outcomes;
  for (const ColumnResult& outcome : results.outcomes) outcomes.push_back(outcome.summary);
  add_rows<OutcomeSummary>(rows, fields_for(*point.schema, summary_fields()), outcomes);
  if (point.schema->keep) {
    for (const std::uint64_t count : {point.trials, point.failed}) {
      rows.emplace_back(std::vector{static_cast<std::int64_t>(count)});
    }
  }
  for (std::vector<Share> shares : {results.endings, results.causes}) {
    add_rows<Share>(rows, fields_for(*point.schema, share_fields()), shares);
  }
  for (const TimelineSummary& timeline : results.timelines) {
    rows.emplace_back(timeline.mean);
    rows.emplace_back(timeline.sd);
    std::vector<double> values;
    for (const Quantiles& day : timeline.quantiles) {
      values.insert(values.end(), day.begin(), day.end());
    }
    rows.emplace_back(std::move(values));
  }
  if (auto reached = point.reached) {
    add_rows<PrecisionReached>(rows, precision_fields(), std::span(&*reached, 1));
  }
  return rows;
}

}  // namespace truce::results
