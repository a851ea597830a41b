#include "scenario/constructs/outcome.hpp"

#include <fmt/format.h>

#include "scenario/mapping_reader.hpp"

namespace truce::scenario {

void Room<Outcome>::finish(MappingReader& in, Outcome& outcome) {
  std::size_t found = 0;
  for (const OutcomeForm& form : outcome_forms) {
    if (!in.has(form.key.name)) continue;
    ++found;
    outcome.form = &form;
    outcome.expression = in.required(form.key.name);
  }
  if (!in.sound() || found == 1) return;
  in.diagnostics().error(outcome.name.position,
                         fmt::format("outcome '{}' has {} measures", outcome.name.text, found), {},
                         fmt::format("give it one of {}", fmt::join(names, ", ")));
}

void Room<Timeline>::read(const Node& node, const std::string& /*owner*/, Diagnostics& diagnostics,
                          std::vector<Timeline>& into) {
  const auto expression = [&](const Node& written, const std::string& of) {
    return read_expression(written, key.purpose, of, diagnostics);
  };
  if (node.is_scalar()) {
    into.push_back({{node.text, node.position}, expression(node, "timeline")});
  } else if (node.is_mapping() && node.entries.size() == 1) {
    const Node::Entry& entry = node.entries.front();
    into.push_back(
        {{entry.key, entry.key_position}, expression(entry.value, "timeline " + shown(entry.key))});
  } else {
    diagnostics.error(node.position,
                      fmt::format("timeline: expected an expression, found {}", described(node)),
                      {}, "write an expression, or NAME: expression");
  }
}

}  // namespace truce::scenario
