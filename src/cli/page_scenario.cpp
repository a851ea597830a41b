#include "cli/page_scenario.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>

#include "cli/json.hpp"
#include "cli/sensitivity_measures.hpp"
#include "results/turning_points_reader.hpp"
#include "scenario/compile.hpp"
#include "scenario/document.hpp"
#include "study/run.hpp"

namespace truce::cli {

namespace {

using scenario::Node;

const std::vector<Node::Entry>& entries_of(const Node& node, std::string_view key) {
  static const std::vector<Node::Entry> none;
  const Node* const value = node.find(key);
  return value != nullptr && value->is_mapping() ? value->entries : none;
}

/// "day 1: 3; every 7, 7 to 28: 4; day 35: rest".
std::string due_of(const Node& obligation) {
  const Node* const due = obligation.find("due");
  if (due == nullptr || !due->is_sequence()) return "";
  std::string text;
  for (const Node& entry : due->items) {
    std::string when = "day " + entry.text_at("day");
    if (entry.find("every") != nullptr) {
      const std::string to = entry.text_at("to");
      when = "every " + entry.text_at("every") + " days from " +
             (entry.find("from") != nullptr ? entry.text_at("from") : entry.text_at("every")) +
             (to.empty() ? "" : " to " + to);
    }
    const std::string count = entry.text_at("count");
    text += (text.empty() ? "" : "; ") + when + (count.empty() ? "" : ": " + count);
  }
  return text;
}

Json names_and_summaries(const Node& document, std::string_view section) {
  Json all = Json::array();
  for (const Node::Entry& entry : entries_of(document, section)) {
    all.push_back({{"name", entry.key}, {"summary", entry.value.text_at("summary")}});
  }
  return all;
}

/// Without what may keep it from being given in full, in time and seen.
void comply_with(Node& obligation) {
  constexpr std::array failures = {"comply", "otherwise",   "late_by", "partial_share",
                                   "share",  "verified_by", "breach"};
  std::erase_if(obligation.entries, [&](const Node::Entry& entry) {
    return std::ranges::find(failures, entry.key) != failures.end();
  });
}

void never(Node& incident) {
  for (Node::Entry& entry : incident.entries) {
    if (entry.key != "rate") continue;
    entry.value.text = "0 per day";
    entry.value.text_column = 0;
  }
}

Node as_agreed(Node document) {
  for (Node::Entry& section : document.entries) {
    for (Node::Entry& entry : section.value.entries) {
      if (section.key == "incidents") never(entry.value);
      if (section.key != "phases") continue;
      for (Node::Entry& part : entry.value.entries) {
        if (part.key != "obligations") continue;
        for (Node::Entry& obligation : part.value.entries) comply_with(obligation.value);
      }
    }
  }
  return document;
}

/// The timelines of some trials; none where a trial fails.
std::optional<std::vector<results::TimelineStatistics>> courses_of(const model::Model& model,
                                                                   const results::Schema& schema) {
  constexpr std::uint64_t trials = 101;
  std::vector<results::TimelineStatistics> courses;
  for (const results::Timeline& timeline : schema.timelines) {
    courses.emplace_back(
        results::days_of(schema),
        timeline.integer ? results::TimelineValues::whole : results::TimelineValues::real,
        schema.timelines.size());
  }
  study::Listener listener;
  std::uint64_t failed = 0;
  listener.block = [&](results::Block&& block) {
    std::size_t at = 0;
    for (std::size_t trial = 0; trial < block.segments_end.size(); ++trial) {
      failed += block.status[trial] == results::Status::failed ? 1 : 0;
      for (results::TimelineStatistics& course : courses) course.next_trial();
      for (; at < block.segments_end[trial]; ++at) {
        const results::TimelineSegment& segment = block.segments[at];
        courses.at(segment.timeline).change(segment.day, segment.value);
      }
    }
    return study::Verdict::go_on;
  };
  const std::atomic<bool> stop = false;
  try {
    study::run_trials(model, {.trials = trials, .simulator = {.seed = 1}, .threads = 1}, listener,
                      stop);
  } catch (const std::exception&) {  // a scenario that cannot be run so has no such course
    return std::nullopt;
  }
  if (failed > 0) return std::nullopt;
  return courses;
}

}  // namespace

Json graph_json(const results::Schema& schema) {
  scenario::Diagnostics diagnostics;
  const Node document = scenario::parse_document(schema.scenario_yaml, "scenario", diagnostics);
  if (!document.is_mapping()) return nullptr;
  const auto obligation_json = [](const Node::Entry& entry) {
    const Node& of = entry.value;
    return Json{{"name", entry.key},
                {"by", of.text_at("by")},
                {"gives", of.find("release") != nullptr ? of.text_at("release") : ""},
                {"against", of.text_at("against")},
                {"due", due_of(of)},
                {"breach", of.text_at("breach")}};
  };
  Json phases = Json::array();
  for (const Node::Entry& phase : entries_of(document, "phases")) {
    Json obligations = Json::array();
    for (const Node::Entry& entry : entries_of(phase.value, "obligations")) {
      obligations.push_back(obligation_json(entry));
    }
    phases.push_back({{"name", phase.key},
                      {"lasts", phase.value.text_at("lasts")},
                      {"obligations", std::move(obligations)}});
  }
  Json parties = Json::array();
  for (const Node::Entry& party : entries_of(document, "parties")) parties.push_back(party.key);
  return {{"parties", std::move(parties)},
          {"phases", std::move(phases)},
          {"talks", names_and_summaries(document, "talks")},
          {"incidents", names_and_summaries(document, "incidents")},
          {"triggers", names_and_summaries(document, "triggers")}};
}

Json agreed_json(const std::string& file, const results::Schema& schema, const PageDays& days,
                 std::string& note) {
  scenario::Diagnostics diagnostics;
  Node document = scenario::parse_document(schema.scenario_yaml, file, diagnostics);
  scenario::Overrides set;
  for (const results::RunParameter& parameter : schema.parameters) {
    if (parameter.origin == results::Origin::set) set.emplace_back(parameter.name, parameter.value);
  }
  const auto loaded = scenario::load_merged(as_agreed(std::move(document)), set, diagnostics);
  const bool same_tables =
      loaded ? std::ranges::all_of(study::schema_of(*loaded, {}, "").inputs,
                                   [&](const results::Input& input) {
                                     return std::ranges::find(schema.inputs, input) !=
                                            schema.inputs.end();
                                   })
             : schema.inputs.empty();
  if (!same_tables) {
    note = "the course as agreed is not drawn: beside " + file +
           " there are not the tables that it was run with";
    return nullptr;
  }
  if (!loaded || loaded->model.timelines.size() != schema.timelines.size()) return nullptr;
  const auto courses = courses_of(loaded->model, schema);
  if (!courses) return nullptr;
  Json all = Json::object();
  for (std::size_t i = 0; i < courses->size(); ++i) {
    std::vector<double> middle;
    for (const results::Quantiles& day : (*courses)[i].summary().quantiles) {
      middle.push_back(day[results::median]);
    }
    all[schema.timelines[i].name] = days.thinned(middle);
  }
  return all;
}

Json drivers_json(const results::StudyReader& study, const std::vector<std::string>& outcomes) {
  const results::StudySchema& schema = study.schema();
  const auto at = std::ranges::find(schema.variants, schema.against);
  const auto variant = at == schema.variants.end()
                           ? std::size_t{0}
                           : static_cast<std::size_t>(at - schema.variants.begin());
  Json all = Json::array();
  for (const std::string& outcome : outcomes) {
    try {
      const auto table = analysis::study_table(study, variant, {.outcome = outcome});
      if (!table.varies) continue;
      const Sensitivity found = sensitivity_of(schema, table, {});
      if (found.measures.empty()) continue;
      Json bars = Json::array();
      for (std::size_t j = 0; j < table.parameters.size(); ++j) {
        const analysis::Estimate& estimate = found.measures.front().of[j];
        bars.push_back({{"parameter", table.parameters[j]},
                        {"value", number(estimate.value)},
                        {"low", number(estimate.interval.low)},
                        {"high", number(estimate.interval.high)}});
      }
      all.push_back({{"outcome", outcome},
                     {"variant", schema.variants[variant]},
                     {"measure", found.measures.front().name},
                     {"bars", std::move(bars)},
                     {"notes", found.notes},
                     {"warnings", found.warnings}});
    } catch (const std::invalid_argument&) {  // no sample, or too small a one
    } catch (const results::ResultsError&) {  // trials that keep no rows
    }
  }
  return all;
}

Json turning_points_json(const std::string& file) {
  const auto points = results::turning_points_in(file);
  if (!points) return nullptr;
  Json streams = Json::array();
  for (std::size_t i = 0; i < points->streams.size(); ++i) {
    const results::StreamTurns& of = points->by_stream[i];
    streams.push_back({{"stream", points->streams[i]},
                       {"changes", number(of.changes)},
                       {"low", number(of.changes_ci.low)},
                       {"high", number(of.changes_ci.high)},
                       {"share", number(of.share)}});
  }
  return {{"outcome", points->outcome},
          {"trials", points->trials - points->failed},
          {"share", number(points->all.share)},
          {"streams", std::move(streams)}};
}

}  // namespace truce::cli
