#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/ends.hpp"
#include "base/limits.hpp"
#include "cli/draw_text.hpp"
#include "cli/report.hpp"
#include "cli/scenario_options.hpp"
#include "cli/verbs.hpp"
#include "cli/whole_option.hpp"
#include "model/simulator.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using nlohmann::json;

struct TraceItem {
  double time;
  std::string what, who, why;
  double amount;
  std::vector<KeptDraw> draws;  ///< that led to it
  std::vector<KeptDraw> later;  ///< made afterwards at that time, for what is to come
};

json number_or_null(double x) {
  return std::isfinite(x) ? json(x) : json(nullptr);
}

json json_of(const std::vector<KeptDraw>& draws) {
  json all = json::array();
  for (const KeptDraw& kept : draws) {
    const model::Draw& draw = kept.draw;
    json& entry = all.emplace_back();
    entry = {{"place", kept.stream}, {"number", draw.number}, {"u", draw.u}};
    if (draw.held == model::Held::nothing) continue;
    entry["probability"] = draw.probability;
    if (draw.held == model::Held::chance) {
      entry["yes"] = draw.u < draw.probability;
    } else {
      entry["from"] = draw.from;
      entry["choice"] = draw.chosen + 1;
    }
    for (const auto& [name, value] : kept.formulas) {
      entry["formulas"][name] = number_or_null(value);
    }
  }
  return all;
}

/// What happens in a trial. All the events of one that runs away would take gigabytes.
using Told = base::Ends<TraceItem>;

/// Keeps what happens, with the draws that led to it.
class TraceRecorder : public model::TraceSink {
 public:
  void on_event(const model::TraceEvent& h) override {
    if (h.time > drawn_at_ && !told_.empty()) {
      told_.back().later = std::exchange(draws_, {});
    }
    told_.push_back({h.time,
                     std::string(h.what),
                     std::string(h.who),
                     std::string(h.why),
                     h.amount,
                     std::exchange(draws_, {}),
                     {}});
  }
  void on_draw(const model::Draw& draw) override {
    if (draw.time > drawn_at_ && !draws_.empty() && !told_.empty()) {
      told_.back().later = std::exchange(draws_, {});
    }
    drawn_at_ = draw.time;
    KeptDraw& kept = draws_.emplace_back(KeptDraw{std::string(draw.stream), draw, {}});
    for (const auto& [name, value] : draw.formulas) kept.formulas.emplace_back(name, value);
    kept.draw.stream = {};
    kept.draw.formulas = {};
  }
  [[nodiscard]] const Told& told() const { return told_; }

 private:
  Told told_;
  std::vector<KeptDraw> draws_;
  double drawn_at_ = 0;
};

std::string label_of(const model::Model& model, const model::Column& column, double x) {
  if (column.source == model::ColumnSource::ending) {
    return model.endings[model::EndingId{static_cast<std::size_t>(x)}];
  }
  if (column.source == model::ColumnSource::cause) {
    return model.causes[model::CauseId{static_cast<std::size_t>(x)}];
  }
  if (std::isnan(x)) return "missing";
  if (column.kind == model::Column::Kind::boolean) return x != 0 ? "yes" : "no";
  return fmt::format("{:.10g}", x + 0.0);
}

void tell(const model::Model& model, std::uint64_t trial, const Told& told,
          const model::TrialRecord& record, const std::string& failure) {
  fmt::print("trial {}\n\n", trial);
  results::TextTable events(
      {{"day"}, {"what", results::Align::left}, {"who", results::Align::left}, {"amount"}});
  for (const TraceItem& item : told.items()) {
    events.add({fmt::format("{:.4f}", item.time), item.what, item.who,
                std::isnan(item.amount) ? "" : fmt::format("{:.6g}", item.amount + 0.0)});
  }
  std::istringstream lines(events.text(std::numeric_limits<std::size_t>::max()));
  std::string line;
  std::getline(lines, line);
  fmt::print("{}\n", fitted(line));
  const std::string margin(12, ' ');
  const auto below = [&](const std::string& text) {
    fmt::print("{}\n", results::wrapped(margin + text, margin.size() + 2, screen_columns()));
  };
  for (const TraceItem& item : told.items()) {
    if (told.left_out() > 0 && &item == &told.items()[Told::at_first]) {
      fmt::print("\n{} events are left out\n\n", told.left_out());
    }
    std::getline(lines, line);
    fmt::print("{}\n", fitted(line));
    if (!item.why.empty()) below("because: " + item.why);
    for (const KeptDraw& draw : item.draws) below(text_of(draw));
    for (const KeptDraw& draw : item.later) below("for later, " + text_of(draw));
  }
  if (!failure.empty()) return;
  fmt::print("\nrow {} of /trials\n", trial);
  results::TextTable row(
      {{"outcome", results::Align::left}, {"value"}, {"", results::Align::left}});
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const model::Column& column = model.columns[i];
    row.add({column.name, label_of(model, column, record.columns[i]),
             column.unit == "1" ? "" : column.unit});
  }
  fmt::print("{}", row.text(screen_columns()));
  fmt::print("\n{}\n", results::disclaimer);
}

void tell_json(const model::Model& model, std::uint64_t trial, const Told& told,
               const model::TrialRecord& record, const std::string& failure) {
  json events = json::array();
  for (const TraceItem& item : told.items()) {
    events.push_back({{"time", item.time},
                      {"what", item.what},
                      {"who", item.who},
                      {"amount", number_or_null(item.amount)},
                      {"why", item.why},
                      {"draws", json_of(item.draws)},
                      {"later_draws", json_of(item.later)}});
  }
  json row = json::object();
  for (std::size_t i = 0; failure.empty() && i < model.columns.size(); ++i) {
    const model::Column& column = model.columns[i];
    row[column.name] = column.kind == model::Column::Kind::category
                           ? json(label_of(model, column, record.columns[i]))
                           : number_or_null(record.columns[i]);
  }
  json report = {
      {"trial", trial}, {"events", events}, {"row", row}, {"disclaimer", results::disclaimer}};
  if (told.left_out() > 0) {
    report["left_out"] = {{"at", Told::at_first}, {"events", told.left_out()}};
  }
  if (!failure.empty()) report["failure"] = failure;
  fmt::print("{}\n", report.dump(2));
}

}  // namespace

void add_trace(CLI::App& app, ExitCode& exit) {
  struct Options {
    ScenarioOptions scenario;
    std::uint64_t trial = 0;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("trace", "replay one trial of a run, event by event");
  options->scenario.add_to(*verb);
  add_whole_option(*verb, "-t,--trial", options->trial, "number of the trial, counted from 0", 0,
                   base::trial_numbers - 1)
      ->required();
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce trace scenarios/cairo-three-phase.yaml --trial 17\n"
      "Use the seed, --set and --uncertain of the run to be explained.\n"
      "Of 150000 events and more, some in the middle are left out.");
  verb->callback([options, &exit] {
    const auto loaded = options->scenario.load();
    const auto settings = options->scenario.simulator();
    if (!loaded || !settings) {
      exit = ExitCode::wrong_input;
      return;
    }
    TraceRecorder recorder;
    model::TrialRecord record;
    std::string failure;
    try {
      model::Simulator(loaded->model, *settings).run(options->trial, record, &recorder);
    } catch (const model::TrialError& error) {
      failure = error.what();
      exit = ExitCode::failed;
    }
    (options->json ? tell_json : tell)(loaded->model, options->trial, recorder.told(), record,
                                       failure);
    if (!failure.empty()) print_error(fmt::format("trial {}: {}", options->trial, failure));
  });
}

}  // namespace truce::cli
