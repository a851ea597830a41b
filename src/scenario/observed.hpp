#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/program.hpp"
#include "scenario/compile.hpp"
#include "scenario/record.hpp"

namespace truce::scenario {

/// A fact of a record, compiled into the model of a scenario.
struct KnownFact {
  FactKind kind = FactKind::condition;
  Position position;
  std::string text;  ///< as it is written, for tables
  double begin = 0;  ///< days, see Fact
  double end = 0;    ///< of a draw without `by`: that of the latest fact, else the horizon
  std::uint32_t which = 1;

  model::Expr expression;              ///< of condition, throughout and measurement
  model::VariableId count;             ///< of event: how often it has occurred
  double measured = 0;                 ///< of measurement
  double error = 0;                    ///< its standard deviation
  model::StreamId stream;              ///< of draw
  std::optional<std::size_t> outcome;  ///< of draw: its number in `model::outcomes_of`; else
  double drawn = 0;                    ///< the value that it came to
};

/// A record that a scenario is compiled with, and what comes of it.
struct Observed {
  const Record* record = nullptr;
  std::vector<KnownFact> facts{};  ///< in the order of the record
};

/// Compiles a description with what is observed, which changes nothing of its trials. All that is
/// wrong is reported: names that the record uses and the scenario does not have, values that
/// outcomes cannot take, conditions that never hold, days behind the horizon.
std::optional<model::Model> compile(const Scenario& scenario, const Overrides& overrides,
                                    Observed& observed, Diagnostics& diagnostics);

/// Reads, checks and compiles a document that is merged already.
std::optional<Loaded> load_observed(Node document, const Overrides& overrides, Observed& observed,
                                    Diagnostics& diagnostics);

/// The part of it that needs the compiled scenario alone. Fills the ends of draws without a day.
void check_observed(const model::Model& model, Observed& observed, Diagnostics& diagnostics);

}  // namespace truce::scenario
