#include <fmt/format.h>

#include <algorithm>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

// Each obligation answers at most one other: every walk ends, enters what has been walked, or
// closes a cycle.
void Checker::check_cycles() {
  std::unordered_map<std::string, const Obligation*> walk_of;  // to the walk's first obligation
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& start : phase.obligations) {
      std::vector<const Obligation*> chain;
      const Obligation* at = &start;
      while (at != nullptr && walk_of.emplace(at->name.text, &start).second) {
        chain.push_back(at);
        const auto next = at->against ? obligations_.find(at->against->text) : obligations_.end();
        at = next == obligations_.end() ? nullptr : next->second;
      }
      if (at == nullptr || walk_of.at(at->name.text) != &start) continue;
      const auto before = std::ranges::find(chain, at);
      if (before == chain.end()) continue;
      std::string cycle;
      for (auto step = before; step != chain.end(); ++step) {
        cycle += (*step)->name.text + " against ";
      }
      error(*at->against,
            fmt::format("obligations answer each other in a cycle: {}{}", cycle, at->name.text),
            "none of them would ever fall due");
    }
  }
}

}  // namespace truce::scenario
