#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

constexpr double unknown = -std::numeric_limits<double>::infinity();

}  // namespace

// The last day of an answer is that of what it answers, and its own lag and work.
void Checker::check_answers() {
  for (const Phase& phase : scenario_.phases) {
    const auto lasts = phase.lasts ? fold_(*phase.lasts) : std::nullopt;
    if (!lasts) continue;
    std::unordered_map<std::string, const Obligation*> here;
    for (const Obligation& o : phase.obligations) here.emplace(o.name.text, &o);
    std::unordered_map<std::string, double> last;  // day of performance; unknown while being found
    for (const Obligation& start : phase.obligations) {
      std::vector<const Obligation*> chain;
      const Obligation* at = &start;
      while (at != nullptr && last.emplace(at->name.text, unknown).second) {
        chain.push_back(at);
        const auto next = at->against ? here.find(at->against->text) : here.end();
        at = next == here.end() ? nullptr : next->second;
      }
      for (; !chain.empty(); chain.pop_back()) {
        const Obligation& o = *chain.back();
        const auto takes = fold_(o.takes, 0);
        const auto lag = fold_(o.lag, 0);
        double day = unknown;
        for (const DueEntry& entry : o.due) day = std::max(day, last_day(entry).value_or(unknown));
        if (o.against && here.contains(o.against->text)) day = last.at(o.against->text);
        if (o.against && lag) day += *lag;
        day = takes && (lag || !o.against) ? day + *takes : unknown;
        last[o.name.text] = day;
        if (!o.against) continue;
        const double seen = day - takes.value_or(0) + seen_after(o);
        if (!(day > *lasts) && seen > *lasts) {
          warn(o.name,
               fmt::format(
                   "a tranche of '{}' can be open until day {:.6g}, after the phase '{}' has "
                   "ended",
                   o.name.text, seen, phase.name.text),
               fmt::format("it answers the last of '{}'; the phase lasts {:.6g} days",
                           o.against->text, *lasts));
        }
        if (!(day > *lasts)) continue;
        warn(o.name,
             fmt::format("a tranche of '{}' is performed on day {:.6g}, after the phase "
                         "'{}' has ended",
                         o.name.text, day, phase.name.text),
             fmt::format("it answers the last of '{}'; the phase lasts {:.6g} days",
                         o.against->text, *lasts));
      }
    }
  }
}

}  // namespace truce::scenario
