#include <fmt/format.h>

#include <algorithm>

#include "cli/dossier_texts.hpp"
#include "study/version.hpp"

namespace truce::cli {

namespace {

/// Share of the parameters for which that holds; 0 without any.
template <class Holds>
double share_of(const std::vector<Assumption>& all, Holds&& holds) {
  std::size_t parameters = 0;
  std::size_t held = 0;
  for (const Assumption& each : all) {
    if (!each.is_parameter()) continue;
    ++parameters;
    held += holds(each) ? 1 : 0;
  }
  return parameters == 0 ? 0 : static_cast<double>(held) / static_cast<double>(parameters);
}

Credibility input_pedigree(const DossierData& data) {
  const double share =
      share_of(data.assumptions, [](const Assumption& a) { return a.has_source(); });
  const int level = share >= 0.8 ? 2 : share > 0 ? 1 : 0;
  return {"Input pedigree", level,
          fmt::format("{:.0f} % of the parameters have a source that is told", 100 * share),
          level < 2 ? "sources of at least 80 % of the parameters"
                    : "inputs that agree with data of the problem itself"};
}

Credibility uncertainty(const DossierData& data) {
  if (!data.results) return {"Results uncertainty", 0, "no results are enclosed", "a run"};
  if (data.results->varied.empty()) {
    return {"Results uncertainty", 1,
            "chance within the model is told with intervals; the parameters are held fixed",
            "--uncertain, or a study, so that what is not known of the parameters shows"};
  }
  return {"Results uncertainty", 3, "parameters are drawn or swept, and chance is told apart",
          "an account of what the model itself may have wrong"};
}

Credibility robustness(const DossierData& data) {
  const std::size_t varied = data.results ? data.results->varied.size() : 0;
  const auto parameters =
      static_cast<std::size_t>(std::ranges::count_if(data.assumptions, &Assumption::is_parameter));
  const double share =
      parameters == 0 ? 0 : static_cast<double>(varied) / static_cast<double>(parameters);
  const int level = varied == 0 ? 0 : share >= 0.75 ? 4 : share >= 0.25 ? 3 : 2;
  return {"Results robustness", level,
          fmt::format("{} of {} parameters are varied in what is enclosed", varied, parameters),
          level == 4 ? "" : "a study of more of the parameters (truce sensitivity)"};
}

Credibility management() {
  const std::string revision = study::git_revision();
  const bool known = revision != "unknown" && !revision.ends_with("-modified");
  return {"Management", known ? 3 : 1,
          known ? "program and scenario are under version control; this revision of the program is "
                  "named"
                : "this build of the program is of no revision that can be found again",
          known ? "measured improvement of the process" : "a build of a committed revision"};
}

}  // namespace

std::vector<Credibility> credibility_of(const DossierData& data) {
  return {{"Verification", 3,
           fmt::format("{} constructs used, each held to an exact answer within the error of its "
                       "simulation",
                       data.constructs.size()),
           "a check of this scenario itself by an independent program"},
          {"Validation", data.scenario.sources.empty() ? 0 : 1,
           data.scenario.sources.empty()
               ? "neither sources nor observations are told"
               : fmt::format(
                     "the structure follows {} sources; no output is compared with observations",
                     data.scenario.sources.size()),
           "a backtest: predictions held against what was recorded"},
          input_pedigree(data),
          uncertainty(data),
          robustness(data),
          {"Use history", 0, "none is told", "an account of earlier uses, and how they turned out"},
          management(),
          {"People qualifications", 0, "nothing is told", "who made and reviewed the scenario"}};
}

std::string credibility_text(const DossierData& data) {
  std::string text =
      "# Credibility, a self-assessment\n\nAfter the scale of NASA-STD-7009 (2008), 0 (nothing "
      "told) "
      "to 4, made by truce from what the scenario and the results say. A person who knows more may "
      "raise a level, with the reason.\n\n| factor | level | stands on | the next asks for |\n"
      "| --- | --- | --- | --- |\n";
  std::string weak;
  int lowest = 4;
  for (const Credibility& each : credibility_of(data)) {
    text += fmt::format("| {} | {} | {} | {} |\n", each.factor, each.level, each.why, each.missing);
    lowest = std::min(lowest, each.level);
    if (each.level <= 1)
      weak += fmt::format("- **{}** ({}): {}.\n", each.factor, each.level, each.why);
  }
  text += fmt::format("\nThe standard takes the lowest level for the whole: {}.\n", lowest);
  text += "\n## Weak spots\n\n" + (weak.empty() ? "None at level 1 or below.\n" : weak);
  const auto bare = std::ranges::count_if(data.assumptions, [](const Assumption& each) {
    return each.is_parameter() && !each.has_source();
  });
  if (bare > 0) {
    text += fmt::format("\nParameters that are assumptions ({}):\n\n", bare);
    for (const Assumption& each : data.assumptions) {
      if (!each.is_parameter() || each.has_source()) continue;
      text += fmt::format("- `{}` = {}\n",
                          each.place.substr(std::string_view("parameters.").size()), each.value);
    }
  }
  return text;
}

}  // namespace truce::cli
