#include "reader.hpp"

namespace truce::scenario {

Parameter Reader::parameter(const Node::Entry& entry) {
  Parameter result{.name = name_of(entry)};
  if (!entry.value.is_mapping()) {
    result.value = read_expression(entry.value, ValueKind::number, "parameter " + shown(entry.key),
                                   diagnostics_);
    return result;
  }
  MappingReader in(entry.value, keys::parameter, entry.key, diagnostics_);
  result.value = in.required("value");
  result.prior = in.expression("prior");
  result.unit = in.text("unit");
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Correlation Reader::correlation(const Node& node) {
  MappingReader in(node, keys::correlation, "", diagnostics_);
  Correlation result{.rho = in.required("rho"), .position = node.position};
  const auto between = in.items("between");
  const Node* list = in.get("between");
  if (list != nullptr && list->is_sequence() && between.size() != 2) {
    diagnostics_.error(list->position, "'between' takes two parameters");
  }
  if (between.size() == 2) {
    result.first = read_name(*between[0], "'between'", diagnostics_).value_or(Name{});
    result.second = read_name(*between[1], "'between'", diagnostics_).value_or(Name{});
  }
  return result;
}

}  // namespace truce::scenario
