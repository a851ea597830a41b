#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/dossier_texts.hpp"
#include "cli/markup.hpp"
#include "model/model.hpp"
#include "results/disclaimer.hpp"

namespace truce::cli {

namespace {

using scenario::Node;

/// "- `name`: summary" for each of a section; without any, "none".
std::string listed(const Node& document, std::string_view section) {
  const Node* const all = document.find(section);
  if (all == nullptr || !all->is_mapping() || all->entries.empty()) return "none\n";
  std::string text;
  for (const Node::Entry& entry : all->entries) {
    const std::string summary = entry.value.text_at("summary");
    text +=
        fmt::format("- `{}`{}\n", entry.key, summary.empty() ? "" : ": " + in_markdown(summary));
  }
  return text;
}

std::string names(const Node& document, std::string_view section) {
  const Node* const all = document.find(section);
  if (all == nullptr || !all->is_mapping() || all->entries.empty()) return "none";
  std::vector<std::string> names;
  for (const Node::Entry& entry : all->entries) names.push_back("`" + entry.key + "`");
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string obligations(const Node& document) {
  const Node* const phases = document.find("phases");
  if (phases == nullptr || !phases->is_mapping()) return "none\n";
  std::string text;
  for (const Node::Entry& phase : phases->entries) {
    text += fmt::format("- phase `{}`", phase.key);
    const Node* const all = phase.value.find("obligations");
    if (all != nullptr && all->is_mapping()) {
      std::vector<std::string> keys;
      for (const Node::Entry& entry : all->entries) keys.push_back("`" + entry.key + "`");
      text += fmt::format(": obligations {}", fmt::join(keys, ", "));
    }
    text += "\n";
  }
  return text;
}

std::string concepts(const Node& document) {
  const bool answers = document.find("responses") != nullptr;
  const bool levels = document.find("levels") != nullptr;
  const bool verified = document.find("verification") != nullptr;
  std::string text;
  const auto add = [&](const char* concept_name, const std::string& said) {
    text += fmt::format("- **{}.** {}\n", concept_name, said);
  };
  add("Basic principles",
      "An agreement in phases, in which what one side gives is due in tranches, may be given late, "
      "in part or not, is seen with some probability, and is answered. The sources of the scenario "
      "are below.");
  add("Emergence",
      "Endings, their causes and times, and all outcomes emerge from the chances, rates and rules "
      "of the parts; none is imposed.");
  add("Adaptation", answers || levels
                        ? "Sides follow stated rules: " + names(document, "responses") +
                              " answer breaches, and levels (" + names(document, "levels") +
                              ") move chances and rates. No side optimizes."
                        : "None: sides do not change what they do.");
  add("Objectives, learning, prediction",
      "None is modelled unless a formula of the scenario stands for it: " +
          names(document, "formulas") + ".");
  add("Sensing", verified ? "A breach is acted upon once it is seen: " +
                                names(document, "verification") + " check performance."
                          : "Parties see what is performed without error.");
  add("Interaction", "By obligations that answer others, disputes, incidents and talks (" +
                         names(document, "talks") + ").");
  add("Stochasticity",
      "Chances, choices, durations and the times of incidents are drawn; draw k of stream s "
      "in trial i depends on seed, i, s and k alone (Philox4x32-10), so that variants share them.");
  add("Collectives", "Persons are counted in cohorts (" + names(document, "cohorts") +
                         "); nobody is represented as an individual.");
  add("Observation", "Outcomes and timelines are read in each trial, " +
                         (document.text_at("observe") == "ending"
                              ? std::string("until its ending")
                              : std::string("to the horizon, also after an ending")) +
                         ".");
  return text;
}

}  // namespace

std::string odd_text(const DossierData& data) {
  const Node& document = data.scenario.document;
  const std::string title = data.scenario.name.empty() ? data.file : data.scenario.name;
  std::string text = fmt::format(
      "# {}\n\nA description after the ODD protocol (Grimm et al. 2020), made by truce from the "
      "scenario. {}\n\n## Overview\n\n### 1. Purpose and patterns\n\n{}\n\n",
      in_markdown(title), results::disclaimer, in_markdown(data.scenario.summary));
  text +=
      "The model compares assumptions: the patterns that it is to reproduce are differences "
      "between variants, not levels.\n\n### 2. Entities, state variables and scales\n\n";
  for (const auto& [section, what] : std::initializer_list<std::pair<const char*, const char*>>{
           {"parties", "Parties"}, {"cohorts", "Cohorts of people held"}, {"levels", "Levels"}}) {
    text += fmt::format("{}:\n\n{}\n", what, listed(document, section));
  }
  text += fmt::format(
      "Time is continuous, in days from {} to {}. There is no space but what the scenario "
      "names.\n\n",
      data.scenario.start.empty() ? "day 0" : data.scenario.start + " (day 0)",
      document.text_at("horizon"));
  text +=
      "### 3. Process overview and scheduling\n\n"
      "Discrete events: the pending event that is first acts, then triggers of what it has "
      "raised, in order, then conditions whose inputs have changed, until nothing changes; then "
      "rates are read again.\n\n" +
      obligations(document) + "\nTalks: " + names(document, "talks") +
      ". Incidents: " + names(document, "incidents") +
      ". Triggers: " + names(document, "triggers") + ".\n\n";
  text += "## Design concepts\n\n### 4. Design concepts\n\n" + concepts(document);
  text +=
      "\n## Details\n\n### 5. Initialization\n\nEach trial begins on day 0 with the levels, "
      "cohorts and parameters below, and with what stands under `begin`.\n\n";
  text += "### 6. Input data\n\n";
  if (data.files.size() > 1) {
    text += "The scenario is read from:\n\n";
    for (const DossierFile& file : data.files) text += fmt::format("- `{}`\n", file.name);
  } else {
    text += "None but the scenario's own file.\n";
  }
  text +=
      "\n### 7. Submodels\n\nThe language's page of truce (`scenarios/README.md`) says what each "
      "construct does; those used here, and the tests that hold each to an exact answer, are in "
      "[trace.md](trace.md). Formulas:\n\n" +
      listed(document, "formulas") + "\nOutcomes:\n\n" + listed(document, "outcomes");
  text += "\n## Numbers, with their sources\n\n" + assumptions_table(data.assumptions);
  if (!data.scenario.sources.empty()) {
    text += "\n## Sources\n\n";
    for (const std::string& source : data.scenario.sources) {
      text += "- " + in_markdown(source) + "\n";
    }
  }
  return text;
}

}  // namespace truce::cli
