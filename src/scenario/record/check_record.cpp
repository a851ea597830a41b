#include "scenario/record/check_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/limits.hpp"
#include "scenario/expressions/folding.hpp"

namespace truce::scenario {

namespace {

constexpr std::size_t most_facts = 1000;
constexpr double most_occurrences = 1e9;

std::optional<double> day_in(const std::optional<Expression>& written, std::string_view key,
                             Diagnostics& diagnostics) {
  if (!written) return std::nullopt;
  const auto day = constant_in(*written, key, diagnostics);
  if (!day) return std::nullopt;
  if (*day < 0 || *day > base::longest_horizon) {
    diagnostics.error(written->position, fmt::format("'{}' is day {}", key, *day),
                      *day < 0 ? "trials begin on day 0" : "no scenario is as long");
    return std::nullopt;
  }
  return day;
}

void read_between(MappingReader& in, Fact& fact) {
  const Node* between = in.get("between");
  if (between == nullptr) return;
  if (!between->is_sequence() || between->items.size() != 2) {
    in.diagnostics().error(between->position, "'between' is no list of two days", {},
                           "write [6.5 days, 8 days]");
    return;
  }
  std::array<std::optional<double>, 2> days;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::size_t before = in.diagnostics().errors();
    const Expression day =
        read_expression(between->items[i], Purpose::duration, "'between'", in.diagnostics());
    if (in.diagnostics().errors() == before) days.at(i) = day_in(day, "between", in.diagnostics());
  }
  if (!days[0] || !days[1]) return;
  fact.begin = *days[0];
  fact.end = *days[1];
  if (fact.begin > fact.end) {
    in.diagnostics().error(between->position, "'between' ends before it begins", {},
                           fmt::format("write [{}, {}]", fact.end, fact.begin));
  }
}

void read_number(MappingReader& in, Fact& fact) {
  if (!fact.number) return;
  const auto number = constant_in(*fact.number, "number", in.diagnostics());
  if (!number) return;
  if (!(*number >= 1 && *number <= most_occurrences) || *number != std::floor(*number)) {
    in.diagnostics().error(fact.number->position, fmt::format("'number' is {}", *number),
                           "it is a whole number, and the first one is 1");
    return;
  }
  fact.which = static_cast<std::uint32_t>(*number);
}

void read_measurement(MappingReader& in, Fact& fact) {
  if (fact.is) fact.measured = constant_in(*fact.is, "is", in.diagnostics()).value_or(0);
  if (!fact.sd) return;
  const auto sd = constant_in(*fact.sd, "sd", in.diagnostics());
  if (!sd) return;
  fact.error = *sd;
  if (!(*sd > 0)) {
    in.diagnostics().error(
        fact.sd->position, fmt::format("'sd' is {}", *sd), "the error of a measurement is above 0",
        "what is known exactly is a condition: {at: DAY, that: VALUE == NUMBER}");
  }
}

void check_draws(const Record& record, Diagnostics& diagnostics) {
  for (auto fact = record.known.begin(); fact != record.known.end(); ++fact) {
    if (fact->kind != FactKind::draw) continue;
    const auto same = std::find_if(record.known.begin(), fact, [&](const Fact& other) {
      return other.kind == FactKind::draw && other.draw->text == fact->draw->text &&
             other.which == fact->which;
    });
    if (same == fact) continue;
    diagnostics.error(fact->position,
                      fmt::format("draw {} of '{}' is known twice", fact->which, fact->draw->text),
                      fmt::format("it is on {} too", line_of(same->position)),
                      "remove one of them");
  }
}

}  // namespace

std::string line_of(const Position& position) {
  return fmt::format("line {}", position.line);
}

std::optional<double> constant_in(const Expression& expression, std::string_view key,
                                  Diagnostics& diagnostics) {
  const auto value = constant_value(expression);
  if (value && std::isfinite(*value)) return value;
  // What could not be read has been reported, and something else stands in its place.
  const auto here = [&](const Diagnostic& found) {
    return found.position.file == expression.position.file &&
           found.position.line == expression.position.line &&
           found.position.column == expression.position.column;
  };
  if (std::ranges::any_of(diagnostics.all(), here)) return std::nullopt;
  diagnostics.error(
      expression.position,
      value ? fmt::format("'{}' is {}", key, *value) : fmt::format("'{}' is no plain number", key),
      value ? "not a finite number" : "what is on record does not depend on a trial");
  return std::nullopt;
}

void read_days(MappingReader& in, Fact& fact) {
  Diagnostics& diagnostics = in.diagnostics();
  switch (fact.kind) {
    case FactKind::condition:
    case FactKind::measurement:
      fact.begin = fact.end = day_in(fact.at, "at", diagnostics).value_or(0);
      if (fact.kind == FactKind::measurement) read_measurement(in, fact);
      break;
    case FactKind::throughout:
      fact.begin = day_in(fact.from, "from", diagnostics).value_or(0);
      fact.end = day_in(fact.to, "to", diagnostics).value_or(fact.begin);
      if (fact.begin > fact.end) {
        diagnostics.error(fact.to->position,
                          fmt::format("'to' is day {}, before 'from'", fact.end));
      }
      break;
    case FactKind::event:
      read_between(in, fact);
      read_number(in, fact);
      break;
    case FactKind::draw:
      fact.dated = fact.by.has_value();
      fact.end = day_in(fact.by, "by", diagnostics).value_or(0);
      read_number(in, fact);
      break;
  }
}

void check_facts(const Record& record, Diagnostics& diagnostics) {
  if (diagnostics.has_errors()) return;
  if (record.known.size() > most_facts) {
    diagnostics.error(record.known[most_facts].position,
                      fmt::format("more than {} facts", most_facts));
    return;
  }
  check_draws(record, diagnostics);
  check_contradictions(record, diagnostics);
}

}  // namespace truce::scenario
