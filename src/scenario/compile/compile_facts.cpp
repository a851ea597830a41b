#include <fmt/format.h>

#include "scenario/compile/choice_numbers.hpp"
#include "scenario/compile/compiler.hpp"
#include "scenario/expressions/folding.hpp"
#include "scenario/observed.hpp"

namespace truce::scenario {

namespace {

/// A chance comes out as yes or no: the first outcome, or the second.
std::optional<std::size_t> outcome_of_chance(const Expression& is) {
  if (is.kind == Expression::Kind::boolean) return is.value != 0 ? 0 : 1;
  if (is.kind != Expression::Kind::name) return std::nullopt;
  if (is.text == "yes" || is.text == "complies") return 0;
  if (is.text == "no" || is.text == "refused") return 1;
  return std::nullopt;
}

/// The text of a key of the fact, as it is written.
std::string text_at(const Node& document, const Fact& fact, std::string_view key) {
  const Node* known = document.find("known");
  if (known == nullptr) return {};
  for (const Node& item : known->items) {
    if (item.position.line != fact.position.line || item.position.column != fact.position.column ||
        item.position.file != fact.position.file) {
      continue;
    }
    const Node* value = item.find(key);
    return value == nullptr ? std::string() : value->text;
  }
  return {};
}

/// A line for tables.
std::string text_of(const Node& document, const Fact& fact) {
  switch (fact.kind) {
    case FactKind::condition:
      return fmt::format("{} on day {}", text_at(document, fact, "that"), fact.end);
    case FactKind::throughout:
      return fmt::format("{} from day {} to {}", text_at(document, fact, "that"), fact.begin,
                         fact.end);
    case FactKind::event:
      return fmt::format("{} no. {} on day {} to {}", fact.event->text, fact.which, fact.begin,
                         fact.end);
    case FactKind::measurement:
      return fmt::format("{} = {} (sd {}) on day {}", text_at(document, fact, "value"),
                         fact.measured, fact.error, fact.end);
    case FactKind::draw:
      return fmt::format("{} no. {}: {}", fact.draw->text, fact.which,
                         text_at(document, fact, "is"));
  }
  return {};
}

}  // namespace

void Compiler::compile_facts(Observed& observed) {
  const Record& record = *observed.record;
  for (const Fact& written : record.known) {
    KnownFact& fact = observed.facts.emplace_back();
    fact = {.kind = written.kind,
            .position = written.position,
            .text = text_of(record.document, written),
            .begin = written.begin,
            .end = written.end,
            .which = written.which,
            .measured = written.measured,
            .error = written.error};
    compile_fact(written, fact);
  }
  for (const Series& series : record.series) check_series(series);
}

void Compiler::compile_fact(const Fact& written, KnownFact& fact) {
  const std::string stream = fmt::format("known.{}", fact.position.line);
  if (written.that) {
    const Bound bound = binder_.bind(*written.that, Purpose::condition, stream, "that");
    fact.expression = bound.expr;
    if (bound.known && *bound.known == 0) {
      diagnostics_.error(written.that->position, "the condition never holds",
                         "it depends on nothing that happens in a trial", "correct or remove it");
    }
  } else if (written.value) {
    const Bound bound = binder_.bind(*written.value, Purpose::measured, stream, "value");
    fact.expression = bound.expr;
  } else if (written.event) {
    const model::EventId event = symbols_.event(written.event->text);
    if (event.valid()) {
      fact.count = model_.events[event].count;
    } else {
      diagnostics_.error(written.event->position,
                         fmt::format("unknown event {}", shown(written.event->text)), {},
                         did_you_mean(written.event->text, symbols_.event_names()));
    }
  } else if (written.draw) {
    compile_known_draw(written, fact);
  }
}

void Compiler::compile_known_draw(const Fact& written, KnownFact& fact) {
  const std::string& name = written.draw->text;
  std::vector<std::string> names;
  for (const model::StreamId id : model_.streams.ids()) {
    names.push_back(model_.streams[id].name);
    if (names.back() == name) fact.stream = id;
  }
  if (!fact.stream.valid()) {
    diagnostics_.error(written.draw->position, fmt::format("unknown stream {}", shown(name)),
                       "no draw has that name in this scenario", name_hint(name, names));
    return;
  }
  const auto timer = [&](const auto& entities, auto stream) {
    return std::ranges::find(entities, fact.stream, stream) != entities.end();
  };
  if (timer(model_.incidents, &model::Incident::stream) ||
      timer(model_.triggers, &model::Trigger::rate_stream) ||
      timer(model_.cohorts, &model::Cohort::mortality_stream)) {
    diagnostics_.error(written.draw->position,
                       fmt::format("'{}' draws the times of what comes by a rate", name), {},
                       "say when it came: {event: NAME.occurred, number: 1, between: [5, 6]}");
    return;
  }
  const Expression& is = *written.is;
  const auto choices = choices_of(fact.stream);
  const auto chosen = std::ranges::find(choices, is.text);
  if (is.kind == Expression::Kind::name && chosen != choices.end()) {
    fact.outcome = static_cast<std::size_t>(chosen - choices.begin());
  } else if (choices.empty() && outcome_of_chance(is)) {
    fact.outcome = outcome_of_chance(is);
  } else if (const auto number = constant_value(is); choices.empty() && number) {
    fact.drawn = *number;
  } else {
    diagnostics_.error(is.position, fmt::format("'is' is nothing that '{}' comes to", name), {},
                       choices.empty()
                           ? "write yes or no (of 'comply' complies or refused), or a whole number"
                           : fmt::format("it is one of {}", fmt::join(choices, ", ")));
  }
}

std::vector<std::string> Compiler::choices_of(model::StreamId stream) const {
  const auto of_policy = [&](model::PolicyId id) {
    std::vector<std::string> kinds;
    if (!id.valid()) return kinds;
    for (const model::Response& response : model_.policies[id].responses) {
      for (const ResponseForm& form : response_forms) {
        if (form.kind == response.kind) kinds.emplace_back(form.key.name);
      }
    }
    return kinds;
  };
  for (const model::Obligation& obligation : model_.obligations) {
    if (stream == obligation.otherwise_stream) return words_by_number<Failure>();
    if (stream == obligation.streams.unsettled) return words_by_number<model::Unsettled>();
    if (stream == obligation.streams.response) return of_policy(obligation.policy);
  }
  for (const model::Incident& incident : model_.incidents) {
    if (stream == incident.streams.unsettled) return words_by_number<model::Unsettled>();
    if (stream == incident.streams.response) return of_policy(incident.policy);
  }
  return {};
}

void Compiler::check_series(const Series& series) {
  for (const Timeline& timeline : scenario_.timelines) {
    if (timeline.name.text == series.name.text) return;
  }
  const Expression name{
      .kind = Expression::Kind::name, .position = series.name.position, .text = series.name.text};
  binder_.bind(name, Purpose::measured, "series", series.name.text);
}

}  // namespace truce::scenario
