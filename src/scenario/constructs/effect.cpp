#include "scenario/constructs/effect.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/constructs/read.hpp"

namespace truce::scenario {

namespace {

using model::EffectKind;

template <EffectKind kind>
void read_restraint(const Node& node, const std::string& owner, Diagnostics& diagnostics,
                    Effect& into) {
  using Rooms = detail::RestraintRoom<kind>;
  if (!node.is_mapping()) {
    into.target = {node.text, node.position};
    if (node.is_scalar()) return;
  }
  MappingReader in(node, Rooms::table, owner, diagnostics);
  if (!in.sound()) return;
  into.target = in.name(Rooms::table.plain).value_or(Name{.position = node.position});
  into.lasts = in.expression("for");
}

void read_transfer(const Node& node, const std::string& owner, Diagnostics& diagnostics,
                   Effect& into) {
  Transfer transfer{.position = node.position};
  read_rows(node, owner, diagnostics, transfer);
  into.target = transfer.from;
  into.to = transfer.to;
  into.lasts = transfer.count;
}

void read_assignments(MappingReader& in, std::string_view key, Effect& into) {
  into.assignments = in.named_values(key);
  const Node& value = *in.get(key);
  if (into.assignments.empty() && (value.is_mapping() || value.is_null())) {
    in.diagnostics().error(value.position, fmt::format("'{}' names nothing", key), {},
                           fmt::format("write {{{}: {{NAME: value}}}}", key));
  }
}

void read_form(MappingReader& in, const EffectForm& form, Effect& into) {
  const Key& key = form.key;
  const Node& value = *in.get(key.name);
  into.kind = form.kind;
  switch (key.kind) {
    case ValueKind::entries:
      return read_assignments(in, key.name, into);
    case ValueKind::value:
      into.lasts = in.expression(key.name);
      return;
    case ValueKind::mapping:
      if (form.kind == EffectKind::transfer) {
        read_transfer(value, in.owner(), in.diagnostics(), into);
      } else if (form.kind == EffectKind::suspend) {
        read_restraint<EffectKind::suspend>(value, in.owner(), in.diagnostics(), into);
      } else {
        read_restraint<EffectKind::hold>(value, in.owner(), in.diagnostics(), into);
      }
      return;
    case ValueKind::name:
      into.target = in.name(key.name).value_or(Name{.position = value.position});
      return;
    case ValueKind::text:
    case ValueKind::texts:
    case ValueKind::names:
    case ValueKind::pair:
    case ValueKind::name_by_party:
    case ValueKind::flag:
    case ValueKind::date:
    case ValueKind::version:
    case ValueKind::lists:
    case ValueKind::list:
    case ValueKind::effects:
    case ValueKind::choice:
      break;  // no effect is written so
  }
}

std::optional<Effect> read_effect(const Node& node, const std::string& owner,
                                  Diagnostics& diagnostics) {
  MappingReader in(node, Room<Effect>::table, owner, diagnostics);
  if (!in.sound()) return std::nullopt;
  Effect result{.position = node.position};
  const EffectForm* form = nullptr;
  std::size_t found = 0;
  for (const EffectForm& each : effect_forms) {
    if (!in.has(each.key.name)) continue;
    ++found;
    form = &each;
  }
  if (found != 1) {
    const bool misspelled = std::ranges::any_of(node.entries, [](const Node::Entry& entry) {
      return Room<Effect>::table.find(entry.key) == nullptr;  // reported as an unknown key
    });
    if (found > 1 || !misspelled) {
      diagnostics.error(node.position,
                        fmt::format("an item of effects has one effect, this has {}", found), {},
                        found == 0 ? "" : "write them as items of their own");
    }
    return std::nullopt;
  }
  read_form(in, *form, result);
  for_each_row<Effect>([&](const auto& row) { detail::read(in, row.key, result.*row.member); });
  return result;
}

}  // namespace

std::vector<Effect> read_effects(const Node& node, const std::string& owner,
                                 Diagnostics& diagnostics) {
  std::vector<Effect> all;
  if (node.is_null()) return all;
  if (!node.is_sequence()) {
    diagnostics.error(
        node.position,
        fmt::format("effects of {}: expected a list, found {}", shown(owner), described(node)), {},
        "write [{set: {x: 1}}, ...]");
    return all;
  }
  for (const Node& item : node.items) {
    if (auto one = read_effect(item, owner, diagnostics)) all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace truce::scenario
