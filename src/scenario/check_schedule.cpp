#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "checker.hpp"

namespace truce::scenario {

namespace {

/// The value of an expression of plain numbers; nothing where it reads names or draws.
std::optional<double> plain(const std::optional<Expression>& e) {
  if (!e) return 0;
  if (e->kind == Expression::Kind::number) return e->value;
  if (e->kind != Expression::Kind::binary) return std::nullopt;
  const auto left = plain(e->children[0]);
  const auto right = plain(e->children[1]);
  if (!left || !right) return std::nullopt;
  if (e->text == "+") return *left + *right;
  if (e->text == "-") return *left - *right;
  if (e->text == "*") return *left * *right;
  if (e->text == "/") return *left / *right;
  return std::nullopt;
}

}  // namespace

void Checker::check_schedule() {
  constexpr double most_tranches = 100'000;
  for (const Phase& phase : scenario_.phases) {
    const auto lasts = phase.lasts ? plain(phase.lasts) : std::nullopt;
    for (const Obligation& o : phase.obligations) {
      for (const DueEntry& entry : o.due) {
        const auto every = plain(entry.every);
        const auto last =
            entry.every ? (entry.to ? plain(entry.to) : std::nullopt) : plain(entry.day);
        if (entry.every && every && !(*every > 0)) {
          diagnostics_.error(entry.position,
                             fmt::format("'every' of '{}' is {}", o.name.text, *every),
                             "a series takes time");
          continue;
        }
        const auto from = entry.from ? plain(entry.from) : every;
        if (entry.every && every && last && from && (*last - *from) / *every > most_tranches) {
          diagnostics_.error(entry.position,
                             fmt::format("a due entry of '{}' makes more than {} tranches",
                                         o.name.text, most_tranches));
        }
        const auto takes = plain(o.takes);
        if (lasts && last && takes && *last + *takes > *lasts) {
          diagnostics_.warning(entry.position,
                               fmt::format("a tranche of '{}' is performed on day {}, after the "
                                           "phase '{}' has ended",
                                           o.name.text, *last + *takes, phase.name.text),
                               fmt::format("it lasts {} days", *lasts));
        }
      }
    }
  }
}

void Checker::check() {
  collect_names();
  check_references();
  check_obligations();
  check_responses();
  check_reach();
  check_unused();
  check_schedule();
}

void check_structure(const Scenario& scenario, Diagnostics& diagnostics) {
  Checker(scenario, diagnostics).check();
}

}  // namespace truce::scenario
