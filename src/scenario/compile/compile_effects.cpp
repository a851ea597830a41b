#include <fmt/format.h>

#include "scenario/compile/compiler.hpp"

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
    first.condition = lower<&Effect::condition>(effect, place);
    first.chance = lower<&Effect::chance>(effect, place);
    if (effect.chance) first.chance_stream = binder_.stream(place + ".chance", effect.position);
    first.after = lower<&Effect::after>(effect, place);
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

std::optional<model::AnyId> Compiler::subject_of(Refers refers, const std::string& name) const {
  const auto any = [](auto id) {
    return id.valid() ? std::optional(model::AnyId(id)) : std::nullopt;
  };
  switch (refers) {
    case Refers::party:
      return any(find(parties_, name));
    case Refers::cohort:
    case Refers::persons:
      return any(find(cohorts_, name.substr(0, name.find('.'))));
    case Refers::settable:
      return any(find(levels_, name));
    case Refers::phase:
      return any(find(phases_, name));
    case Refers::obligation:
      return any(find(obligations_, name));
    case Refers::talks:
      return any(find(talks_, name));
    case Refers::incident:
      return any(find(incidents_, name));
    case Refers::cause:
      return any(find(causes_, name));
    case Refers::ending:
      return any(find(endings_, name));
    case Refers::signal:
      return any(symbols_.event(name));
    case Refers::nothing:
      return model::AnyId{};
    case Refers::restrained:
    case Refers::parameter:
    case Refers::event:
    case Refers::verification:
    case Refers::policy:
    case Refers::stream:
      break;
  }
  return std::nullopt;
}

void Compiler::compile_effect(const Effect& written, const std::string& place,
                              std::vector<model::Effect>& into) {
  const Key& key = form_of(written.kind).key;
  const auto put = [&](EffectKind kind, std::optional<model::AnyId> subject,
                       model::Expr value = {}) {
    if (!subject) return;
    into.push_back({.kind = kind, .subject = *subject, .value = value});
  };
  for (const auto& [name, value] : written.assignments) {
    const auto subject = subject_of(key.refers, name.text);
    const Bound bound = binder_.bind(value, key.purpose, place + "." + name.text,
                                     fmt::format("{}: {}", key.name, name.text));
    if (key.refers == Refers::settable) {
      const model::LevelId level = subject ? subject->as<model::LevelId>() : model::LevelId{};
      written.kind == EffectKind::set ? warn_of_cut(level, value, bound)
                                      : warn_of_leap(level, value, bound);
    } else {
      positive_draws_.push_back(
          {bound.expr, value.position, fmt::format("{}: {}", key.name, name.text)});
    }
    const bool remains = written.kind == EffectKind::release && name.text.ends_with(".remains");
    put(remains ? EffectKind::release_remains : written.kind, subject, bound.expr);
  }
  if (key.kind == ValueKind::entries) return;
  if (key.refers == Refers::restrained) {
    put(EffectKind::resume_party, subject_of(Refers::party, written.target.text));
    put(EffectKind::resume_obligation, subject_of(Refers::obligation, written.target.text));
    return;
  }
  if (written.kind == EffectKind::transfer) {
    const bool remains = written.target.text.ends_with(".remains");
    put(remains ? EffectKind::transfer_remains : written.kind,
        subject_of(key.refers, written.target.text),
        expr(written.lasts, key.purpose, place + ".count", "count"));
    const auto to = subject_of(key.refers, written.to.text);
    if (!into.empty() && to) into.back().to = to->as<model::CohortId>();
    return;
  }
  const std::string part = key.kind == ValueKind::mapping ? "for" : std::string(key.name);
  put(written.kind, subject_of(key.refers, written.target.text),
      expr(written.lasts, Purpose::duration, place + "." + part, part));
}

}  // namespace truce::scenario
