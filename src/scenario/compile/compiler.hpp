#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/model.hpp"
#include "scenario/compile.hpp"
#include "scenario/compile/watchers.hpp"
#include "scenario/constructs/walk.hpp"
#include "scenario/expressions/binder.hpp"
#include "scenario/expressions/formulas.hpp"
#include "scenario/expressions/symbols.hpp"

namespace truce::scenario {

struct Fact;
struct KnownFact;
struct Observed;
struct Series;

/// Of a level, where they are known.
struct LevelBounds {
  std::optional<double> low{}, high{};
};

/// One compilation: declares all entities, then compiles what they say, both section by section of
/// the file: `declare` and `compile` are called with each entry of the sections that have them.
/// Member functions are grouped by section, one source file each. References that do not resolve
/// are left invalid: check_structure has reported them.
class Compiler {
 public:
  Compiler(const Scenario& scenario, const Overrides& overrides, Diagnostics& diagnostics);

  /// `observed` may be absent.
  std::optional<model::Model> compile_all(Observed* observed);

 private:
  template <class IdType>
  using Index = std::unordered_map<std::string, IdType>;

  // compile.cpp
  void set_time();

  // compile_declarations.cpp: names, variables, events.
  void declare_always();
  void declare_context();
  void declare(const Parameter& written);
  void declare(const Party& written);
  void declare(const Cohort& written);
  void declare(const Level& written);
  void declare(const Policy& written);
  void declare(const Phase& written);
  void declare(const Obligation& written, model::PhaseId phase);
  void declare(const Talks& written);
  void declare(const Incident& written);
  void declare(const Trigger& written);
  void declare_signals();
  void declare_endings();
  model::LevelId level(const std::string& name);
  template <class T>
  void name_stream(const T& written) {
    if (written.stream) binder_.name_stream(written.name.text, written.stream->text);
  }
  model::VariableId variable(const std::string& name, Type type, bool integer);
  model::EventId event(const std::string& name, model::PartyId who = {});

  // compile_parameters.cpp
  void compile_parameters();
  void compile_parameter(std::size_t index);
  template <class Visit>
  void for_each_parameter(const Expression& expression, Visit visit) const;
  void compile_formulas();
  [[nodiscard]] bool uses_drawn(const Expression& expression) const;

  // compile_correlations.cpp
  void compile_correlations();

  // compile_people.cpp
  void compile(const Party& written);
  void compile(const Cohort& written);
  void compile(const Level& written) { compile(written, written.name.text); }
  void compile(const Level& written, const std::string& name);
  // compile_bounds.cpp: values that bounds cut, or that priors exclude.
  void bound_level(model::LevelId id, const Expression& written, const Bound& initial,
                   const LevelBounds& bounds);
  void warn_of_cut(model::LevelId id, const Expression& written, const Bound& set);
  void warn_of_leap(model::LevelId id, const Expression& written, const Bound& by);
  void check_bounded_draws();
  void check_negative_draws();
  void check_priors();

  void expect_initial_values();
  Bound initial(const Expression& written, const Key& key, const std::string& stream);

  // compile_windows.cpp
  void declare(const Window& written);
  void compile(const Window& written);
  Bound fixed_value(const Expression& written, const std::string& owner, const Key& of);

  // compile_agreement.cpp
  void compile(const Phase& written);
  void compile(const Obligation& written);
  void compile_decision(const Obligation& written, model::Obligation& obligation);
  void compile_due(const Obligation& written, model::Obligation& obligation);
  void compile_verification(const Obligation& written, model::Obligation& obligation);
  [[nodiscard]] model::PartyId receiver_of(const Obligation& written) const;

  // compile_breaches.cpp
  void compile(const Policy& written);
  void compile(const Mediation& written);
  model::BreachStreams breach_streams(const std::string& name, const Position& position);
  model::Expr mediation_takes(const std::string& subject);
  [[nodiscard]] bool may_withdraw(const std::optional<Name>& policy) const;

  // compile_processes.cpp
  void compile(const Talks& written);
  void compile(const Incident& written);
  void compile(const Trigger& written);
  void compile_upon();

  // compile_effects.cpp
  model::Range compile_effects(const std::vector<Effect>& effects, const std::string& owner);
  void compile_effect(const Effect& written, const std::string& place,
                      std::vector<model::Effect>& into);
  /// What an effect acts on; none where the name is of nothing.
  [[nodiscard]] std::optional<model::AnyId> subject_of(Refers refers,
                                                       const std::string& name) const;

  // compile_measures.cpp
  void compile_outcomes();
  void compile_timelines();
  void measure_always();
  void measure_counts(const std::string& name, model::EventId event, const std::string& unit,
                      const std::string& summary);
  void add_expression(const std::string& name, model::Column::Kind kind, const std::string& unit,
                      const std::string& summary, model::Expr expression);
  void add_integral(const std::string& name, const std::string& unit, const std::string& summary,
                    const Bound& bound);
  model::MeasureId add_measure(model::MeasureKind kind, const Bound& bound);

  // compile_facts.cpp
  void compile_facts(Observed& observed);
  void compile_fact(const Fact& written, KnownFact& fact);
  void compile_known_draw(const Fact& written, KnownFact& fact);
  [[nodiscard]] std::vector<std::string> choices_of(model::StreamId stream) const;
  void check_series(const Series& series);

  /// What a member holds, bound as the row of its key says; absent where it is. What may draw
  /// draws from the stream OWNER.KEY.
  template <auto member, class T>
  model::Expr lower(const T& written, const std::string& owner) {
    return lower_from<member>(written, owner + "." + std::string(key_of<member>().name));
  }
  /// The same, where the stream has another name.
  template <auto member, class T>
  model::Expr lower_from(const T& written, const std::string& stream) {
    return expr(written.*member, key_of<member>(), stream);
  }
  /// The same where what it reads is needed too.
  template <auto member, class T>
  Bound bind(const T& written, const std::string& owner) {
    const std::optional<Expression>& value = written.*member;
    const Key& key = key_of<member>();
    return binder_.bind(*value, key.purpose, owner, std::string(key.name));
  }
  model::Expr expr(const std::optional<Expression>& written, const Key& key,
                   const std::string& stream);
  model::Expr expr(const std::optional<Expression>& written, Purpose purpose,
                   const std::string& stream, const std::string& key);
  [[nodiscard]] Bound reading(model::VariableId variable) const;

  template <class IdType>
  static IdType find(const Index<IdType>& index, const std::string& name) {
    const auto at = index.find(name);
    return at == index.end() ? IdType{} : at->second;
  }

  /// Of an entry of a section that nothing refers to by its name.
  template <class IdType, class T>
  static IdType id_in(const std::vector<T>& section, const T& written) {
    return IdType(static_cast<std::size_t>(&written - section.data()));
  }

  const Scenario& scenario_;
  const Overrides& overrides_;
  Diagnostics& diagnostics_;
  model::Model model_;
  Symbols symbols_;
  Formulas formulas_;
  Binder binder_;
  Watchers watchers_;

  std::vector<LevelBounds> level_bounds_;                           ///< by level
  std::vector<std::pair<model::LevelId, Position>> bounded_draws_;  ///< initial values to be judged
  struct PositiveDraw {
    model::Expr expression;
    Position position;
    std::string key;
  };
  std::vector<PositiveDraw> positive_draws_;  ///< of what is never negative, to be judged
  Index<model::PartyId> parties_;
  Index<model::CohortId> cohorts_;
  Index<model::LevelId> levels_;
  Index<model::PolicyId> policies_;
  Index<model::PhaseId> phases_;
  Index<model::ObligationId> obligations_;
  Index<model::TalksId> talks_;
  Index<model::IncidentId> incidents_;
  Index<model::EndingId> endings_;
  Index<model::CauseId> causes_;
  std::unordered_set<std::size_t> undrawn_;  ///< variables whose initial value is still to come
  std::vector<int> parameter_state_;
  std::vector<model::VariableId> parameter_variables_;
  std::unordered_map<std::string, std::size_t> parameter_index_;
  std::vector<std::vector<model::TriggerId>> upon_;  ///< by event
};

}  // namespace truce::scenario
