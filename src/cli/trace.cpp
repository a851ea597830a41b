#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenario_options.hpp"
#include "truce/model/simulator.hpp"
#include "truce/results/disclaimer.hpp"
#include "verbs.hpp"
#include "whole_option.hpp"

namespace truce::cli {

namespace {

using nlohmann::json;

struct Told {
  double time;
  std::string what, who, why;
  double amount;
  std::vector<std::string> draws;  ///< that led to it
  std::vector<std::string> later;  ///< made afterwards at that time, for what is to come
};

/// Keeps what happens, with the draws that led to it.
class Teller : public model::ChronicleSink {
 public:
  void happened(const model::Happening& h) override {
    if (h.time > drawn_at_ && !told_.empty()) told_.back().later = std::exchange(draws_, {});
    told_.push_back({h.time,
                     std::string(h.what),
                     std::string(h.who),
                     std::string(h.why),
                     h.amount,
                     std::exchange(draws_, {}),
                     {}});
  }
  void drew(const model::Draw& draw) override {
    if (draw.time > drawn_at_ && !draws_.empty() && !told_.empty()) {
      told_.back().later = std::exchange(draws_, {});
    }
    drawn_at_ = draw.time;
    draws_.push_back(fmt::format("{}[{}] = {:.6f}", draw.place, draw.number, draw.u));
  }
  [[nodiscard]] const std::vector<Told>& told() const { return told_; }

 private:
  std::vector<Told> told_;
  std::vector<std::string> draws_;
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
  return fmt::format("{:.10g}", x);
}

void tell(const model::Model& model, std::uint64_t trial, const std::vector<Told>& told,
          const model::TrialRecord& record, const std::string& failure) {
  fmt::print("trial {}\n\n{:>10}  {:<38} {:<12} {:>10}  {}\n", trial, "day", "what", "who",
             "amount", "why [draws that led to it] then [draws for later]");
  for (const Told& item : told) {
    const std::string amount = std::isnan(item.amount) ? "" : fmt::format("{:.6g}", item.amount);
    fmt::print("{:>10.4f}  {:<38} {:<12} {:>10}  {}", item.time, item.what, item.who, amount,
               item.why);
    for (const std::string& draw : item.draws) fmt::print("  [{}]", draw);
    if (!item.later.empty()) fmt::print("  then [{}]", fmt::join(item.later, "] ["));
    fmt::print("\n");
  }
  if (!failure.empty()) return;
  fmt::print("\nrow {} of /trials\n", trial);
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const model::Column& column = model.columns[i];
    fmt::print("  {:<40} {:>14} {}\n", column.name, label_of(model, column, record.columns[i]),
               column.unit == "1" ? "" : column.unit);
  }
  fmt::print("\n{}\n", results::disclaimer);
}

json number_or_null(double x) {
  return std::isfinite(x) ? json(x) : json(nullptr);
}

void tell_json(const model::Model& model, std::uint64_t trial, const std::vector<Told>& told,
               const model::TrialRecord& record, const std::string& failure) {
  json events = json::array();
  for (const Told& item : told) {
    events.push_back({{"time", item.time},
                      {"what", item.what},
                      {"who", item.who},
                      {"amount", number_or_null(item.amount)},
                      {"why", item.why},
                      {"draws", item.draws},
                      {"later_draws", item.later}});
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
                   (std::uint64_t{1} << 48U) - 1)
      ->required();
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce trace scenarios/cairo-three-phase.yaml --trial 17\n"
      "Use the seed, --set and --uncertain of the run to be explained.");
  verb->callback([options, &exit] {
    const auto loaded = options->scenario.load();
    const auto settings = options->scenario.simulator();
    if (!loaded || !settings) {
      exit = ExitCode::wrong_input;
      return;
    }
    Teller teller;
    model::TrialRecord record;
    std::string failure;
    try {
      model::Simulator(loaded->model, *settings).run(options->trial, record, &teller);
    } catch (const model::TrialError& error) {
      failure = error.what();
      exit = ExitCode::failed;
    }
    (options->json ? tell_json : tell)(loaded->model, options->trial, teller.told(), record,
                                       failure);
    if (!failure.empty()) print_error(fmt::format("trial {}: {}", options->trial, failure));
  });
}

}  // namespace truce::cli
