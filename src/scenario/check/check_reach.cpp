#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include "scenario/check/checker.hpp"
#include "scenario/constructs/walk.hpp"

namespace truce::scenario {

namespace {

bool always_acts(const Rule& rule) {
  return !rule.condition && !rule.chance;
}

/// Whether the phase can come to its end by itself.
bool ends(const Phase& phase) {
  return phase.lasts || phase.ends_when;
}

/// Whether the phase's end can lead to the next one in the file, for want of a rule that acts.
bool goes_on(const Phase& phase) {
  return ends(phase) && (!phase.then || std::ranges::none_of(*phase.then, always_acts));
}

bool falls_due(const Phase& phase) {
  return std::ranges::any_of(phase.obligations,
                             [](const Obligation& o) { return o.due_position.has_value(); });
}

}  // namespace

void Checker::check_reach() {
  const auto& phases = scenario_.phases;
  std::unordered_set<std::string> reached;
  // An `advance` anywhere counts: whether its trigger can fire is beyond a check.
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == model::EffectKind::advance) reached.insert(effect.target.text);
  });
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const std::string& name = phases[i].name.text;
    const bool first = i == 0 && !scenario_.begin;
    const bool by_default =
        i > 0 && reached.contains(phases[i - 1].name.text) && goes_on(phases[i - 1]);
    if (first || by_default) reached.insert(name);
    if (!reached.contains(name)) {
      error(phases[i].name, fmt::format("nothing reaches the phase '{}'", name),
            i == 0 ? "'begin' does not advance to it"
                   : "no effect advances to it, and the phase before it never ends by default");
    }
  }
}

// Only what the ends of phases lead to: whether a trigger can lead back is beyond a check.
void Checker::check_reentry() {
  const auto& phases = scenario_.phases;
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < phases.size(); ++i) index.emplace(phases[i].name.text, i);
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(phases.size());
  std::vector<bool> again(phases.size(), false);
  for (std::size_t i = 0; i < phases.size(); ++i) {
    if (i + 1 < phases.size() && goes_on(phases[i])) boost::add_edge(i, i + 1, graph);
    if (!phases[i].then || !ends(phases[i])) continue;
    for (const Rule& rule : *phases[i].then) {
      for (const Effect& effect : rule.effects) {
        const auto to = index.find(effect.target.text);
        if (effect.kind != model::EffectKind::advance || to == index.end()) continue;
        boost::add_edge(i, to->second, graph);
        again[i] = again[i] || to->second == i;
      }
    }
  }
  std::vector<std::size_t> component(phases.size());
  std::vector<std::size_t> size(phases.size(), 0);
  boost::strong_components(graph, component.data());
  for (const std::size_t of : component) ++size[of];
  for (std::size_t i = 0; i < phases.size(); ++i) {
    if ((again[i] || size[component[i]] > 1) && falls_due(phases[i])) {
      warn(phases[i].name,
           fmt::format("the phase '{}' can begin again while its old tranches run",
                       phases[i].name.text),
           "tranches outlive their phase, and a phase entered again schedules its own anew");
    }
  }
}

void Checker::check_rules() {
  for (const Phase& phase : scenario_.phases) {
    if (!phase.then) continue;
    if (!ends(phase)) {
      warn(phase.name, fmt::format("the rules 'then' of '{}' never act", phase.name.text),
           "the phase has neither 'lasts' nor 'ends_when'");
      continue;
    }
    const auto last = std::ranges::find_if(*phase.then, always_acts);
    if (last == phase.then->end() || last + 1 == phase.then->end()) continue;
    diagnostics_.error((last + 1)->position,
                       fmt::format("this rule of '{}' never acts", phase.name.text),
                       "the one before it has neither 'if' nor 'chance', so always acts");
  }
}

}  // namespace truce::scenario
