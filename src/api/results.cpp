#include "truce/results.hpp"

#include <optional>

#include "api/errors.hpp"
#include "api/estimate.hpp"
#include "api/scenario_state.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"

namespace truce {

struct Results::State {
  std::optional<results::RunReader> run;  ///< one of the two is
  std::optional<results::StudyReader> study;
  std::vector<Point> points;

  [[nodiscard]] const results::Schema& schema() const {
    return run ? run->schema() : study->schema().common;
  }
  [[nodiscard]] const results::Column& column(const std::string& outcome) const {
    return schema().columns[api::column_index(schema().columns, outcome)];
  }
};

namespace {

std::vector<Point> points_of(const results::RunReader& run) {
  Point point{.variant = {}, .settings = {}, .trials = run.summary().trials};
  for (const results::RunParameter& parameter : run.schema().parameters) {
    point.settings.push_back(
        {parameter.name, parameter.value, parameter.origin == results::Origin::drawn});
  }
  return {point};
}

std::vector<Point> points_of(const results::StudyReader& study) {
  const results::StudySchema& schema = study.schema();
  std::vector<Point> points;
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    const results::StudyPoint& written = schema.points[schema.contained[row]];
    Point point{
        .variant = schema.variants[written.variant], .settings = {}, .trials = study.trials(row)};
    for (std::size_t i = 0; i < schema.parameters.size(); ++i) {
      point.settings.push_back({schema.parameters[i], written.values[i], false});
    }
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace

Results::Results(std::unique_ptr<State> state) : state_(std::move(state)) {}
Results::Results(Results&&) noexcept = default;
Results& Results::operator=(Results&&) noexcept = default;
Results::~Results() = default;

Results Results::open(const std::filesystem::path& path) {
  return api::with_public_errors([&] {
    auto state = std::make_unique<State>();
    if (results::is_study(path)) {
      state->points = points_of(state->study.emplace(path));
    } else {
      state->points = points_of(state->run.emplace(path));
    }
    return Results(std::move(state));
  });
}

std::string Results::title() const {
  return state_->schema().title;
}

bool Results::is_study() const {
  return state_->study.has_value();
}

std::vector<Outcome> Results::outcomes() const {
  std::vector<Outcome> all;
  for (const results::Column& column : state_->schema().columns) {
    all.push_back(api::outcome_of(column));
  }
  return all;
}

const std::vector<Point>& Results::points() const {
  return state_->points;
}

std::vector<double> Results::column(const std::string& outcome, std::size_t point) const {
  std::ignore = state_->points.at(point);
  std::ignore = state_->column(outcome);
  return api::with_public_errors([&] {
    return state_->run ? state_->run->column(outcome) : state_->study->column(outcome, point);
  });
}

std::vector<std::string> Results::labels(const std::string& outcome) const {
  return api::labels_of(state_->column(outcome));
}

Estimate Results::estimate(const std::string& outcome, std::size_t point) const {
  std::ignore = state_->points.at(point);
  const results::Column& column = state_->column(outcome);
  api::require_number(column);
  return api::with_public_errors([&] {
    results::OutcomeSummary summary;
    if (state_->study) {
      summary = state_->study->summary(outcome)[point];
    } else {
      for (const auto& one : state_->run->summary().outcomes) {
        if (one.name == outcome) summary = one;
      }
    }
    summary.name = outcome;
    summary.unit = column.unit;
    return api::estimate_of(summary);
  });
}

}  // namespace truce
