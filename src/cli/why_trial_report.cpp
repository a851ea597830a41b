#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "cli/draw_text.hpp"
#include "cli/json.hpp"
#include "cli/why_report.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using analysis::Alternative;
using analysis::TurningPoint;
using results::Align;
using results::short_number;
using results::TextTable;

/// Whether a stream draws the budgets of a timer: of what comes by a rate.
bool is_timer(const model::Model& model, model::StreamId stream) {
  return std::ranges::find(model.incidents, stream, &model::Incident::stream) !=
             model.incidents.end() ||
         std::ranges::find(model.triggers, stream, &model::Trigger::rate_stream) !=
             model.triggers.end() ||
         std::ranges::find(model.cohorts, stream, &model::Cohort::mortality_stream) !=
             model.cohorts.end();
}

/// The words for one trial's draws.
class Words {
 public:
  Words(const model::Model& model, const analysis::Watched& watched)
      : model_(model),
        column_(model.columns[watched.column]),
        results_(analysis::results_of(model, watched)) {}

  [[nodiscard]] const std::string& stream(const TurningPoint& point) const {
    return model_.streams[point.address.stream].name;
  }
  [[nodiscard]] const char* kind(const TurningPoint& point) const {
    switch (point.use) {
      case model::DrawUse::chance:
        return "chance";
      case model::DrawUse::choice:
        return "choice";
      case model::DrawUse::position:
        return "position";
      case model::DrawUse::value:
        return is_timer(model_, point.address.stream) ? "budget" : "value";
    }
    return "";
  }
  /// What the draw came to.
  [[nodiscard]] std::string drawn(const TurningPoint& point) const {
    if (is_decision(point)) return decided(point, point.outcome);
    return prefix(point) + short_number(point.value);
  }
  [[nodiscard]] std::string instead(const TurningPoint& point, const Alternative& other) const {
    if (is_decision(point)) return decided(point, other.outcome);
    const std::string low = short_number(other.low);
    const std::string high = short_number(other.high);
    return prefix(point) + (low == high ? low : low + " to " + high);
  }
  [[nodiscard]] std::string result(const Alternative& other) const {
    if (std::isnan(other.value_low) || !is_number()) return results_[other.result];
    const std::string low = short_number(other.value_low);
    const std::string high = short_number(other.value_high);
    return low == high ? low : low + " to " + high;
  }
  [[nodiscard]] const std::string& result_name(const Alternative& other) const {
    return results_[other.result];
  }
  [[nodiscard]] std::string result(double x) const {
    if (std::isnan(x)) return "missing";
    return is_number() ? short_number(x) : results_[static_cast<std::size_t>(x)];
  }
  [[nodiscard]] bool is_number() const {
    return column_.kind == model::Column::Kind::real ||
           column_.kind == model::Column::Kind::integer;
  }
  static bool is_decision(const TurningPoint& point) {
    return point.use == model::DrawUse::chance || point.use == model::DrawUse::choice;
  }

 private:
  [[nodiscard]] std::string decided(const TurningPoint& point, std::size_t outcome) const {
    return point.use == model::DrawUse::chance ? chance_text(stream(point), outcome == 0)
                                               : choice_text(outcome);
  }
  [[nodiscard]] std::string prefix(const TurningPoint& point) const {
    const std::string what = kind(point);
    return what == "value" ? "" : what + " ";
  }

  const model::Model& model_;
  const model::Column& column_;
  std::vector<std::string> results_;
};

std::uint64_t draws_of(const analysis::ExplainedTrial& told) {
  return std::accumulate(told.draws_of_stream.begin(), told.draws_of_stream.end(),
                         std::uint64_t{0});
}

void print_text(const model::Model& model, const analysis::Watched& watched,
                const analysis::ExplainedTrial& told) {
  const Words words(model, watched);
  const std::string& outcome = model.columns[watched.column].name;
  fmt::print("trial {}: {} {}\n\n", told.trial, outcome,
             words.result(told.record.columns[watched.column]));
  const std::uint64_t draws = draws_of(told);
  const std::size_t points = told.points.size();
  const std::string by =
      words.is_number() ? fmt::format(" by {} or more", short_number(watched.by)) : "";
  const std::string said =
      points == 0
          ? fmt::format("In this model, none of its {} draws alone could have changed {}{}.", draws,
                        outcome, by)
          : fmt::format("In this model, {} of its {} draws could each alone have changed {}{}:",
                        points, draws, outcome, by);
  fmt::print("{}\n", fitted(said));
  if (points > 0) {
    TextTable table({{"day"},
                     {"draw", Align::left},
                     {"came to", Align::left},
                     {"instead", Align::left},
                     {"probability"},
                     {outcome, Align::left}},
                    2);
    for (const TurningPoint& point : told.points) {
      for (const Alternative& other : point.alternatives) {
        table.add({fmt::format("{:.4f}", point.time),
                   address_text(words.stream(point), point.address.number), words.drawn(point),
                   words.instead(point, other), short_number(other.probability),
                   words.result(other)});
      }
    }
    fmt::print("\n{}", table.text(screen_columns()));
  }
  fmt::print("\n{}\n\n{}\n", fitted(how_draws_are_replaced), results::disclaimer);
}

Json json_of(const Words& words, const TurningPoint& point) {
  Json alternatives = Json::array();
  for (const Alternative& other : point.alternatives) {
    Json& entry = alternatives.emplace_back();
    if (Words::is_decision(point)) {
      entry["instead"] = words.instead(point, other);
    } else {
      entry["low"] = number(other.low);
      entry["high"] = number(other.high);
    }
    entry["probability"] = other.probability;
    entry["result"] = words.result_name(other);
    if (words.is_number()) {
      entry["result_low"] = number(other.value_low);
      entry["result_high"] = number(other.value_high);
    }
  }
  Json json = {{"day", point.time},
               {"stream", words.stream(point)},
               {"number", point.address.number},
               {"kind", words.kind(point)},
               {"u", point.u}};
  if (Words::is_decision(point)) {
    json["came_to"] = words.drawn(point);
  } else {
    json["came_to"] = number(point.value);
  }
  json["probability_of_change"] = point.decisiveness();
  json["alternatives"] = std::move(alternatives);
  return json;
}

void print_json(const model::Model& model, const analysis::Watched& watched,
                const analysis::ExplainedTrial& told) {
  const Words words(model, watched);
  const double value = told.record.columns[watched.column];
  Json points = Json::array();
  for (const TurningPoint& point : told.points) points.push_back(json_of(words, point));
  Json report = {{"trial", told.trial}, {"outcome", model.columns[watched.column].name}};
  if (words.is_number()) report["by"] = watched.by;
  report["result"] = words.is_number() ? number(value) : Json(words.result(value));
  report["draws"] = draws_of(told);
  report["turning_points"] = std::move(points);
  report["disclaimer"] = results::disclaimer;
  fmt::print("{}\n", report.dump(2));
}

}  // namespace

void print_why(const model::Model& model, const analysis::Watched& watched,
               const analysis::ExplainedTrial& told, Format format) {
  if (format == Format::json) return print_json(model, watched, told);
  print_text(model, watched, told);
}

}  // namespace truce::cli
