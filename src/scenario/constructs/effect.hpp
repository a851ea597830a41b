#pragma once

#include "base/contract.hpp"
#include "model/entities.hpp"
#include "scenario/constructs/row.hpp"
#include "scenario/constructs/visitor.hpp"

namespace truce::scenario {

/// Of `suspend` and `hold` as effects: whom they restrain, and how long.
struct Restraint {
  Position position;
  Name target;
  std::optional<Expression> lasts;
};

/// Of `transfer`: between which cohorts, and how many.
struct Transfer {
  Position position;
  Name from, to;
  std::optional<Expression> count;
};

template <>
struct Room<Transfer> {
  static constexpr std::tuple rows = {
      row("from", must, Refers::persons, "the cohort that they leave, or COHORT.remains",
          &Transfer::from),
      row("to", must, Refers::persons, "the cohort that they join, or COHORT.remains",
          &Transfer::to),
      row("count", must, Purpose::count, "persons; not more than are held", &Transfer::count)};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "transfer", .keys = keys, .naming = Naming::owner};
};

/// An item of effects: one effect, and when it acts. Where an effect acts on either of two kinds
/// (living or remains, a party or an obligation), `kind` is the first; the compiler tells them
/// apart.
struct Effect {
  model::EffectKind kind = model::EffectKind::set;
  Position position;
  NamedValues assignments;
  Name target;
  Name to;                          ///< of transfer
  std::optional<Expression> lasts;  ///< a duration; of transfer the count
  std::optional<Expression> condition, chance, after;
};

namespace detail {

template <model::EffectKind kind>
struct RestraintRoom {
  static constexpr bool suspends = kind == model::EffectKind::suspend;
  static constexpr std::tuple rows = {
      suspends
          ? row("party", must, Refers::party, "the party whose tranches wait", &Restraint::target)
          : row("obligation", must, Refers::obligation, "the obligation whose tranches wait",
                &Restraint::target),
      row("for", may, Purpose::duration, "how long; default: until resumed", &Restraint::lasts)};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = suspends ? "suspend" : "hold",
                                  .keys = keys,
                                  .naming = Naming::owner,
                                  .plain = suspends ? "party" : "obligation"};
};

}  // namespace detail

/// An effect of the language: its key, and what the model is told to do. The key's kind says what
/// is written: `entries` names and values, `name` a target, `value` a duration, `mapping` a
/// restraint.
struct EffectForm {
  Key key;
  model::EffectKind kind;
};

namespace detail {

constexpr EffectForm each(std::string_view name, Purpose purpose, Refers refers,
                          std::string_view summary, model::EffectKind kind) {
  return {{.name = name,
           .kind = ValueKind::entries,
           .need = may,
           .summary = summary,
           .purpose = purpose,
           .refers = refers},
          kind};
}
constexpr EffectForm target(std::string_view name, Refers refers, std::string_view summary,
                            model::EffectKind kind) {
  return {
      {.name = name, .kind = ValueKind::name, .need = may, .summary = summary, .refers = refers},
      kind};
}
template <model::EffectKind kind>
constexpr EffectForm restraint(Refers refers, std::string_view summary) {
  return {{.name = RestraintRoom<kind>::table.what,
           .kind = ValueKind::mapping,
           .need = may,
           .summary = summary,
           .table = &RestraintRoom<kind>::table,
           .refers = refers},
          kind};
}

}  // namespace detail

/// All effects of the language, in the order of its page.
inline constexpr std::array effect_forms = [] {
  using enum model::EffectKind;
  return std::array{
      tested(detail::each("set", Purpose::amount, Refers::settable,
                          "levels, attributes or trust to values", set),
             "verification/windows.cpp", "values at exact times"),
      tested(detail::each("add", Purpose::amount, Refers::settable,
                          "to levels, attributes or trust", add),
             "verification/triggers.cpp", "sums of effects at exact times"),
      tested(
          detail::each("release", Purpose::count, Refers::persons, "persons of a cohort", release),
          "verification/void.cpp", "persons freed, day by day"),
      tested(detail::each("deaths", Purpose::count, Refers::cohort, "persons of a cohort", deaths),
             "verification/observation.cpp", "persons who died, day by day"),
      tested(detail::each("capture", Purpose::count, Refers::cohort,
                          "so many more persons are held", capture),
             "verification/custody_moves.cpp", "persons held, and what is owed for them"),
      tested(EffectForm{{.name = "transfer",
                         .kind = ValueKind::mapping,
                         .need = may,
                         .summary = "{from, to, count}: persons change cohort",
                         .table = &Room<Transfer>::table,
                         .purpose = Purpose::count,
                         .refers = Refers::persons},
                        transfer},
             "verification/custody_moves.cpp", "persons in either cohort"),
      tested(detail::each("due", Purpose::count, Refers::obligation,
                          "an extra tranche of an obligation now", due),
             "verification/context.cpp", "what falls due, and to whom"),
      tested(detail::each("credit", Purpose::count, Refers::obligation,
                          "persons already given, towards an obligation's next tranches", credit),
             "verification/owed_and_given.cpp", "what credit covers"),
      tested(detail::target("open", Refers::talks, "talks", open), "verification/talks.cpp",
             "the law of the first agreement"),
      tested(detail::target("close", Refers::talks, "talks", close), "verification/talks.cpp",
             "talks that end, and open again"),
      tested(detail::target("advance", Refers::phase, "to a phase", advance),
             "verification/phases.cpp", "the phase that follows"),
      tested(EffectForm{{.name = "extend",
                         .kind = ValueKind::value,
                         .need = may,
                         .summary = "the active phase",
                         .purpose = Purpose::duration},
                        extend},
             "verification/phases.cpp", "a geometric number of extensions"),
      tested(detail::target("incident", Refers::incident, "happens now", incident),
             "verification/context.cpp", "what an incident sets off"),
      tested(detail::restraint<suspend>(Refers::party, "{party, for}: all its tranches wait"),
             "verification/observation.cpp", "days suspended"),
      tested(detail::restraint<hold>(Refers::obligation, "{obligation, for}: its tranches wait"),
             "verification/tranches.cpp", "tranches that wait"),
      tested(detail::target("resume", Refers::restrained,
                            "a party or obligation: lifts suspensions or holds", resume_party),
             "verification/tranches.cpp", "tranches that go on"),
      tested(detail::target("collapse", Refers::cause, "the agreement, for this cause", collapse),
             "verification/phases.cpp", "ending and cause"),
      tested(detail::target("end", Refers::ending, "the trial, with this ending", end),
             "verification/incidents.cpp", "shares of competing endings"),
      tested(detail::target("signal", Refers::signal, "an event of your own", signal),
             "verification/triggers.cpp", "who hears it, and when")};
}();

/// Of a kind that can be written: not of those that only the compiler tells apart.
constexpr const EffectForm& form_of(model::EffectKind kind) {
  const auto form = std::ranges::find(effect_forms, kind, &EffectForm::kind);
  TRUCE_EXPECT(form != effect_forms.end());
  return *form;
}

class MappingReader;

template <>
struct Room<Effect> {
  static constexpr std::tuple rows = {
      row("if", may, Purpose::condition, "only if this holds", &Effect::condition),
      row("chance", may, Purpose::probability, "with this probability", &Effect::chance),
      row("after", may, Purpose::duration, "a delay", &Effect::after)};
  static constexpr std::array names = names_of(effect_forms);
  static constexpr std::array keys = keys_of(effect_forms, rows);
  static constexpr KeyTable table{
      .what = "effect", .keys = keys, .naming = Naming::owner, .one_of = names};

  static void walk(const Effect& effect, Visitor& visitor) {
    const Key& key = form_of(effect.kind).key;
    for (const auto& [name, value] : effect.assignments) {
      visitor.name(key.refers, name);
      visitor.expression(key, value);
    }
    if (key.kind == ValueKind::name || key.kind == ValueKind::mapping) {
      visitor.name(key.refers, effect.target);
    }
    if (!effect.to.text.empty()) visitor.name(key.refers, effect.to);
    if (effect.lasts) visitor.expression(key, *effect.lasts);
    visitor.effect(effect);
  }
};

/// A list of effects; what is no list, or no effect, is reported.
std::vector<Effect> read_effects(const Node& node, const std::string& owner,
                                 Diagnostics& diagnostics);

}  // namespace truce::scenario
