#include <fmt/format.h>

#include "compiler.hpp"

namespace truce::scenario {

using model::EffectKind;

model::Range Compiler::compile_effects(const std::vector<Effect>& effects,
                                       const std::string& owner) {
  std::vector<model::Effect> compiled;
  std::vector<std::string> names;
  std::size_t number = 0;
  for (const Effect& effect : effects) {
    const std::string place = fmt::format("{}.do.{}", owner, ++number);
    const std::size_t leader = compiled.size();
    compile_effect(effect, place, compiled);
    if (compiled.size() == leader) continue;
    // Several assignments of one effect share its guards: the first bears them.
    model::Effect& first = compiled[leader];
    first.condition = expr(effect.condition, Purpose::condition, place, "if");
    first.chance = expr(effect.chance, Purpose::probability, place, "chance");
    if (effect.chance) first.chance_place = binder_.place(place + ".chance", effect.position);
    first.after = expr(effect.after, Purpose::duration, place + ".after", "after");
    first.followers = static_cast<std::uint32_t>(compiled.size() - leader - 1);
    names.resize(compiled.size(), place);
  }
  model::Range range;
  range.begin = static_cast<std::uint32_t>(model_.effects.size());
  model_.effects.insert(model_.effects.end(), compiled.begin(), compiled.end());
  model_.effect_names.insert(model_.effect_names.end(), names.begin(), names.end());
  range.end = static_cast<std::uint32_t>(model_.effects.size());
  return range;
}

void Compiler::compile_effect(const Effect& written, const std::string& place,
                              std::vector<model::Effect>& into) {
  const auto put = [&](EffectKind kind, auto id, model::Expr value = {}) {
    if (!id.valid()) return;
    into.push_back(
        {.kind = kind, .subject = static_cast<std::uint32_t>(id.index()), .value = value});
  };
  const auto each = [&](EffectKind kind, const auto& index, Purpose purpose) {
    for (const auto& [name, value] : written.assignments) {
      put(kind, find(index, name.text), expr(value, purpose, place + "." + name.text, name.text));
    }
  };
  const std::string& target = written.target.text;
  const auto lasts = [&] { return expr(written.lasts, Purpose::duration, place + ".for", "for"); };
  switch (written.kind) {
    case Effect::Kind::set:
    case Effect::Kind::add:
      for (const auto& [name, value] : written.assignments) {
        const bool sets = written.kind == Effect::Kind::set;
        const model::LevelId level = find(levels_, name.text);
        const Bound bound =
            binder_.bind(value, Purpose::amount, place + "." + name.text, name.text);
        sets ? warn_of_cut(level, value, bound) : warn_of_leap(level, value, bound);
        put(sets ? EffectKind::set : EffectKind::add, level, bound.expr);
      }
      return;
    case Effect::Kind::deaths:
      return each(EffectKind::deaths, cohorts_, Purpose::count);
    case Effect::Kind::due:
      return each(EffectKind::due, obligations_, Purpose::count);
    case Effect::Kind::credit:
      return each(EffectKind::credit, obligations_, Purpose::count);
    case Effect::Kind::release:
      for (const auto& [name, value] : written.assignments) {
        const auto dot = name.text.find('.');
        put(dot == std::string::npos ? EffectKind::release : EffectKind::release_remains,
            find(cohorts_, name.text.substr(0, dot)),
            expr(value, Purpose::count, place + "." + name.text, name.text));
      }
      return;
    case Effect::Kind::open:
      return put(EffectKind::open, find(talks_, target));
    case Effect::Kind::close:
      return put(EffectKind::close, find(talks_, target));
    case Effect::Kind::advance:
      return put(EffectKind::advance, find(phases_, target));
    case Effect::Kind::incident:
      return put(EffectKind::incident, find(incidents_, target));
    case Effect::Kind::extend:
      return put(EffectKind::extend, model::PhaseId{0},
                 expr(written.lasts, Purpose::duration, place + ".extend", "extend"));
    case Effect::Kind::suspend:
      return put(EffectKind::suspend, find(parties_, target), lasts());
    case Effect::Kind::hold:
      return put(EffectKind::hold, find(obligations_, target), lasts());
    case Effect::Kind::resume:
      put(EffectKind::resume_party, find(parties_, target));
      return put(EffectKind::resume_obligation, find(obligations_, target));
    case Effect::Kind::collapse:
      return put(EffectKind::collapse, find(causes_, target));
    case Effect::Kind::end:
      return put(EffectKind::end, find(endings_, target));
    case Effect::Kind::signal:
      return put(EffectKind::signal, symbols_.event(target));
  }
}

}  // namespace truce::scenario
