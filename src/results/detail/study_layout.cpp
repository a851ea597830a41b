#include "results/detail/study_layout.hpp"

#include <numeric>

#include "results/detail/group_summary.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

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
    : points_(schema.contained.begin(), schema.contained.end()) {
  add_trials(root, schema.common);
  add_summary(root, schema.common);
  add_shares(root, schema.common, "ending");
  add_shares(root, schema.common, "cause");
  add_timelines(root, schema.common);
  if (schema.precision) add_precision(root, *schema.precision);
}

netcdf::Group& StudyLayout::group(hid_t root, const std::string& name) {
  group_name_ = name;
  netcdf::Group& made = groups_.emplace_back(root, name);
  made.coordinate<std::int32_t>("point", points_);
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

void StudyLayout::add_trials(hid_t root, const Schema& schema) {
  netcdf::Group& in = group(root, "trials");
  trial_ = std::make_unique<netcdf::Variable>(
      in.growing_coordinate<std::int64_t>("trial", schema.trials));
  const std::vector<std::string> axes = {"point", "trial"};
  for (const Column& column : schema.columns) {
    if (column.kind == ColumnKind::real) {
      describe_column(add<double>(column.name, axes, nan), column);
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
  const std::vector<std::string> axes = {"point", "outcome"};
  for (const SummaryField& field : summary_fields()) add<double>(field.name, axes, nan);
  add<std::int64_t>("count", axes, 0);
  add<std::int64_t>("missing", axes, 0);
  for (const char* name : {"quantiles", "quantiles_low", "quantiles_high"}) {
    add<double>(name, {"point", "outcome", "quantile"}, nan, quantile_count);
  }
}

void StudyLayout::add_shares(hid_t root, const Schema& schema, const std::string& dimension) {
  netcdf::Group& in = group(root, dimension + "s");
  in.coordinate<std::string>(dimension, schema.columns[column_index(schema, dimension)].labels);
  netcdf::add_days(in, days_of(schema));
  const std::vector<std::string> axes = {"point", dimension};
  add<std::int64_t>("count", axes, 0);
  for (const char* name : {"probability", "ci_low", "ci_high"}) add<double>(name, axes, nan);
  add<double>("cumulative_incidence", {"point", dimension, "day"}, nan, days_of(schema));
}

void StudyLayout::add_timelines(hid_t root, const Schema& schema) {
  netcdf::Group& in = group(root, "timelines");
  netcdf::add_days(in, days_of(schema));
  netcdf::add_quantiles(in);
  add_dates(in, schema);
  for (const Timeline& timeline : schema.timelines) {
    const auto mean = add<double>(timeline.name + ".mean", {"point", "day"}, nan);
    describe_timeline(mean, timeline, "mean");
    mean.attribute("values", timeline.integer ? "whole" : "real");
    describe_timeline(add<double>(timeline.name + ".sd", {"point", "day"}, nan), timeline, "sd");
    describe_timeline(add<double>(timeline.name + ".quantiles", {"point", "day", "quantile"}, nan,
                                  quantile_count),
                      timeline, "quantiles");
  }
}

void StudyLayout::require_fit(const std::vector<RowValues>& rows, std::uint64_t trials) const {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const std::size_t length = i < trial_variables_ ? trials : row_sizes_[i];
    std::visit(
        [&]<class T>(const RowVariable<T>&) {
          const auto* row = std::get_if<std::vector<T>>(&rows.at(i));
          if (row == nullptr) throw hdf5::Error("'" + names_[i] + "' is of an unexpected type");
          if (row->size() != length)
            throw hdf5::Error("'" + names_[i] + "' has an unexpected shape");
        },
        variables_[i]);
  }
}

void StudyLayout::add_precision(hid_t root, const PrecisionGoal& goal) {
  write_precision_goal(group(root, "precision"), goal);
  const std::vector<std::string> axis = {"point"};
  add<std::int64_t>("count", axis, 0);
  for (const char* name : {"value", "ci_low", "ci_high"}) add<double>(name, axis, nan);
  add<std::int8_t>("reached", axis, 0).attribute("dtype", "bool");
}

void StudyLayout::append(const std::vector<RowValues>& rows) {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    std::visit(
        [&]<class T>(RowVariable<T>& variable) {
          variable.append(std::get<std::vector<T>>(rows.at(i)));
        },
        variables_[i]);
  }
}

void StudyLayout::finish(std::uint64_t trials) {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    std::visit(
        [&](auto& variable) {
          variable.flush();
          if (i < trial_variables_) variable.grow(trials);
        },
        variables_[i]);
  }
  std::vector<std::int64_t> numbers(trials);
  std::iota(numbers.begin(), numbers.end(), 0);
  trial_->append<std::int64_t>(numbers);
}

std::vector<RowValues> rows_of(const PointResults::Data& point) {
  std::vector<RowValues> rows;
  for (const StoredValues& column : point.columns) {
    std::visit([&](const auto& values) { rows.emplace_back(values); }, column);
  }
  rows.emplace_back(point.status);
  const RunResults& results = point.results;
  for (const SummaryField& field : summary_fields()) {
    std::vector<double> values;
    for (ColumnResult outcome : results.outcomes) values.push_back(field.of(outcome.summary));
    rows.emplace_back(std::move(values));
  }
  std::vector<std::int64_t> counts;
  std::vector<std::int64_t> missing;
  std::vector<double> quantiles, quantiles_low, quantiles_high;
  for (const ColumnResult& outcome : results.outcomes) {
    counts.push_back(static_cast<std::int64_t>(outcome.summary.count));
    missing.push_back(static_cast<std::int64_t>(outcome.summary.missing));
    const auto append = [](std::vector<double>& all, const Quantiles& own) {
      all.insert(all.end(), own.begin(), own.end());
    };
    append(quantiles, outcome.summary.quantiles);
    append(quantiles_low, outcome.summary.quantile_intervals.low);
    append(quantiles_high, outcome.summary.quantile_intervals.high);
  }
  rows.emplace_back(std::move(counts));
  rows.emplace_back(std::move(missing));
  for (auto* values : {&quantiles, &quantiles_low, &quantiles_high}) {
    rows.emplace_back(std::move(*values));
  }
  for (const auto* shares : {&results.endings, &results.causes}) {
    std::vector<std::int64_t> count;
    std::vector<double> probability, low, high, incidence;
    for (const Share& share : *shares) {
      count.push_back(static_cast<std::int64_t>(share.count));
      probability.push_back(share.probability);
      low.push_back(share.ci.low);
      high.push_back(share.ci.high);
      const auto& days = share.cumulative_incidence;
      incidence.insert(incidence.end(), days.begin(), days.end());
    }
    rows.emplace_back(std::move(count));
    for (auto* values : {&probability, &low, &high, &incidence}) {
      rows.emplace_back(std::move(*values));
    }
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
  if (const auto& reached = point.reached) {
    rows.emplace_back(std::vector<std::int64_t>{static_cast<std::int64_t>(reached->count)});
    for (const double x : {reached->value, reached->ci.low, reached->ci.high}) {
      rows.emplace_back(std::vector<double>{x});
    }
    rows.emplace_back(std::vector<std::int8_t>{static_cast<std::int8_t>(reached->reached)});
  }
  return rows;
}

}  // namespace truce::results
