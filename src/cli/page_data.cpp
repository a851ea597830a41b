#include "cli/page_data.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "cli/comparison.hpp"
#include "cli/json.hpp"
#include "cli/page_parts.hpp"
#include "cli/page_scenario.hpp"
#include "cli/report.hpp"
#include "cli/study_points.hpp"
#include "cli/study_report.hpp"
#include "results/study_course.hpp"
#include "results/study_reader.hpp"
#include "results/summary_text.hpp"

namespace truce::cli {

namespace {

/// Points of which the course in time is told, and pairs that are compared one by one.
constexpr std::size_t most_courses = 60;
constexpr std::size_t most_pairs = 200;

/// Lines as sentences of their own, without marks of where the terminal broke them.
void add_note(Json& notes, const std::string& text) {
  std::string line;
  for (const char c : text + "\n") {
    if (c != '\n') {
      line += c;
    } else if (!line.empty()) {
      notes.push_back(std::exchange(line, {}));
    }
  }
}

std::string without_breaks(std::string text) {
  for (std::size_t at = 0; (at = text.find("\n  ", at)) != std::string::npos;) {
    text.replace(at, 3, " ");
  }
  return text;
}

/// What `truce show` says beside its table.
void add_notes(Json& notes, const results::RunSummary& run, const std::string& whose) {
  add_note(notes, without_breaks(results::failures_text(results::failures_of(run), whose)));
  const std::string of = whose.empty() ? "" : whose + ": ";
  if (run.completion != results::Completion::complete) {
    notes.push_back(fmt::format("{}{} trials, {} before the {} planned", of, run.trials,
                                results::name_of(run.completion), run.schema.trials));
  }
  std::vector<const results::OutcomeSummary*> told;
  for (const results::OutcomeSummary& outcome : run.outcomes) {
    if (is_told(outcome.name)) told.push_back(&outcome);
  }
  add_note(notes, results::few_text(told));
  if (const auto text = results::missing_text(told); !text.empty()) add_note(notes, of + text);
  if (const auto text = results::parameters_text(run.schema.parameters, false); !text.empty()) {
    add_note(notes, of + text);
  }
}

std::string name_of_file(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

std::string command_of(const std::string& verb, const std::vector<std::string>& files,
                       const std::string& rest) {
  return fmt::format("truce {} {}{} --json", verb, fmt::join(files, " "), rest);
}

void add_comparison(Json& data, const std::string& key, const CompareOptions& options) {
  data[key] = compared_json(compared(options), {});
  std::string rest = options.by_point ? " --by-point" : "";
  for (const std::string& ending : options.endings) rest += " --ending " + ending;
  data["commands"].push_back(command_of("compare", options.files, rest));
}

Json of_runs(const std::vector<std::string>& files) {
  std::vector<results::RunReader> runs;
  for (const std::string& file : files) runs.emplace_back(file);
  const PageDays days(runs[0].schema(), runs.size());
  Json data = common_json(runs[0].schema(), days);
  data["graph"] = graph_json(runs[0].schema());
  std::string without_agreed;
  data["agreed"] = agreed_json(files[0], runs[0].schema(), days, without_agreed);
  data["turning_points"] = turning_points_json(files[0]);
  data["kind"] = runs.size() == 1 ? "run" : "runs";
  data["names"] = Json::array();
  data["notes"] = Json::array();
  add_note(data["notes"], without_agreed);
  data["commands"] = Json::array();
  data["shows"] = Json::array();
  data["cases"] = Json::array();
  std::uint64_t trials = 0, failed = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const results::RunSummary& run = runs[i].summary();
    const std::string name = runs.size() == 1 ? "" : name_of_file(files[i]);
    const auto told = told_outcomes(run.schema);
    data["names"].push_back(name);
    data["shows"].push_back(summary_report(runs[i], told));
    data["commands"].push_back(
        command_of("show", {files[i]}, fmt::format(" {}", fmt::join(told, " "))));
    Json timelines = Json::object();
    // Days are those of the first run; a course of other days is not laid over it.
    const bool same = results::days_of(run.schema) == results::days_of(runs[0].schema());
    for (const results::Timeline& timeline : run.schema.timelines) {
      if (same) timelines[timeline.name] = timeline_json(runs[i].timeline(timeline.name), days);
    }
    Json of = {{"timelines", std::move(timelines)}};
    if (same) of["incidence"] = incidence_json(run.endings, days);
    data["cases"].push_back(std::move(of));
    add_notes(data["notes"], run, name);
    trials += run.trials;
    failed += run.failed;
  }
  data["provenance"]["trials"] = trials;
  data["provenance"]["failed"] = failed;
  if (runs.size() == 2) {
    add_comparison(data, "comparison", {.files = files});
    add_comparison(data, "by_ending",
                   {.files = files, .endings = results::endings_of(runs[0].schema())});
    data["provenance"]["command_line"] =
        fmt::format("{}; {}", runs[0].schema().command_line, runs[1].schema().command_line);
  }
  return data;
}

Json of_study(const std::string& file) {
  const results::StudyReader study(file);
  const results::StudySchema& schema = study.schema();
  require_whole(schema);
  const std::size_t points = schema.contained.size();
  const std::size_t rows = points / schema.variants.size();
  const PageDays days(schema.common, std::min(points, most_courses));
  Json data = common_json(schema.common, days);
  data["kind"] = "study";
  data["graph"] = graph_json(schema.common);
  std::string without_agreed;
  data["agreed"] = agreed_json(file, schema.common, days, without_agreed);
  const auto& asked = schema.compared;
  data["drivers"] = drivers_json(study, asked.empty() ? told_outcomes(schema.common) : asked);
  data["design"] = schema.design;
  data["variants"] = schema.variants;
  data["against"] = schema.against;
  data["compared"] = schema.compared;
  data["varied"] = schema.parameters;
  const auto told = told_outcomes(schema.common);
  data["show"] = study_json(study, told);
  data["commands"] =
      Json::array({command_of("show", {file}, fmt::format(" {}", fmt::join(told, " ")))});
  data["cases"] = Json::array();
  data["point_names"] = Json::array();
  for (std::size_t row = 0; row < points; ++row) {
    const results::PointCourse course = results::course_of(study, row);
    Json of = {{"endings", shares_of(course.endings)}};
    // Of many points, the first rows of every variant.
    if (row % rows < std::max<std::size_t>(1, most_courses / schema.variants.size())) {
      of["incidence"] = incidence_json(course.endings, days);
      for (std::size_t i = 0; i < course.timelines.size(); ++i) {
        of["timelines"][schema.common.timelines[i].name] = timeline_json(course.timelines[i], days);
      }
    }
    data["cases"].push_back(std::move(of));
    data["point_names"].push_back(point_name(schema, row, true));
  }
  Json notes = Json::array();
  add_note(notes, without_agreed);
  const results::FailureReport failures = results::failures_of(study);
  add_note(notes, without_breaks(results::failures_text(failures)));
  data["notes"] = std::move(notes);
  data["provenance"]["trials"] = study.trials();
  data["provenance"]["failed"] = failures.failed;
  const std::size_t pairs = schema.variants.size() > 1 ? schema.variants.size() - 1 : rows - 1;
  if (pairs == 0 || pairs > most_pairs) return data;
  add_comparison(data, "comparison", {.files = {file}});
  add_comparison(data, "by_ending",
                 {.files = {file}, .endings = results::endings_of(schema.common)});
  if (schema.variants.size() > 1 && rows > 1 && pairs * rows <= most_pairs) {
    add_comparison(data, "by_point", {.files = {file}, .by_point = true});
  }
  return data;
}

}  // namespace

Json page_data(const std::vector<std::string>& files, bool explore) {
  if (files.size() == 2) {
    for (const std::string& file : files) {
      if (!results::is_study(file)) continue;
      throw std::invalid_argument(file + ": is of a study; give it alone, or two of runs");
    }
  }
  Json data =
      files.size() == 1 && results::is_study(files[0]) ? of_study(files[0]) : of_runs(files);
  if (explore) {
    if (data["kind"] != "study" || data["varied"].empty()) {
      throw std::invalid_argument(fmt::format(
          "{}: --explore needs the results of a study that varies parameters", files[0]));
    }
    data["explore"] = true;
  }
  data["format"] = 1;
  data["files"] = Json::array();
  for (const std::string& file : files) data["files"].push_back(name_of_file(file));
  return data;
}

}  // namespace truce::cli
