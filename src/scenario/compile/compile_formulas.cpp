#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

// Each is judged by itself, used or not. Its code there serves the trace alone, so that what it
// reads is no reason to keep anything up to date in a trial.
void Compiler::compile_formulas() {
  const Binder::OnBehalf of_both(binder_, {.tranche = true, .incident = true});
  const bool reads_context = model_.reads_context;
  const bool reads_kept = model_.reads_kept;
  std::unordered_map<std::string, model::FormulaId> ids;
  for (const Formula& formula : scenario_.formulas) {
    const std::string& name = formula.name.text;
    const Bound bound = binder_.bind(formula.value, Purpose::measured, name, name);
    ids.emplace(name, model_.formulas.add({.name = name, .value = bound.expr}));
  }
  model_.reads_context = reads_context;
  model_.reads_kept = reads_kept;

  std::unordered_map<std::string, std::string> sources;  // of streams that draw for others
  const auto answered = [&](const auto& item) {
    const std::string& name = item.name.text;
    if (item.breach) sources.emplace(name + ".response", item.breach->text);
    sources.emplace(name + ".mediation.settles", "mediation.settles");
    sources.emplace(name + ".mediation.unsettled", "mediation.unsettled");
  };
  for (const Incident& incident : scenario_.incidents) answered(incident);
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& obligation : phase.obligations) answered(obligation);
  }
  for (model::Stream& stream : model_.streams) {
    const auto source = sources.find(stream.name);
    for (const std::string& name :
         binder_.formulas_in(source == sources.end() ? stream.name : source->second)) {
      if (const auto id = ids.find(name); id != ids.end()) stream.formulas.push_back(id->second);
    }
  }
}

}  // namespace truce::scenario
