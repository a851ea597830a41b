#include <fmt/format.h>

#include <array>

#include "reader.hpp"

namespace truce::scenario {

namespace {

struct NamedKind {
  std::string_view key;
  Effect::Kind kind;
};

constexpr std::array<NamedKind, 17> kinds = {{
    {"set", Effect::Kind::set},
    {"add", Effect::Kind::add},
    {"release", Effect::Kind::release},
    {"deaths", Effect::Kind::deaths},
    {"due", Effect::Kind::due},
    {"credit", Effect::Kind::credit},
    {"open", Effect::Kind::open},
    {"close", Effect::Kind::close},
    {"advance", Effect::Kind::advance},
    {"incident", Effect::Kind::incident},
    {"resume", Effect::Kind::resume},
    {"collapse", Effect::Kind::collapse},
    {"end", Effect::Kind::end},
    {"signal", Effect::Kind::signal},
    {"extend", Effect::Kind::extend},
    {"suspend", Effect::Kind::suspend},
    {"hold", Effect::Kind::hold},
}};

constexpr std::array suspend_keys = {
    Key{"party", ValueKind::name, true, "the party whose tranches wait"},
    Key{"for", ValueKind::duration, false, "how long; default: until resumed"}};
constexpr std::array hold_keys = {
    Key{"obligation", ValueKind::name, true, "the obligation whose tranches wait"},
    Key{"for", ValueKind::duration, false, "how long; default: until resumed"}};
constexpr KeyTable suspend_table{"suspend", suspend_keys};
constexpr KeyTable hold_table{"hold", hold_keys};

}  // namespace

std::vector<Effect> Reader::effects(const Node& node, const std::string& owner) {
  std::vector<Effect> all;
  if (node.is_null()) return all;
  if (!node.is_sequence()) {
    diagnostics_.error(
        node.position,
        fmt::format("effects of '{}': expected a list, found {}", owner, described(node)), {},
        "write [{set: {x: 1}}, ...]");
    return all;
  }
  for (const Node& item : node.items) {
    if (auto one = effect(item, owner)) all.push_back(std::move(*one));
  }
  return all;
}

std::optional<Effect> Reader::effect(const Node& node, const std::string& owner) {
  MappingReader in(node, keys::effect, owner, diagnostics_);
  if (!in.sound()) return std::nullopt;
  Effect result{.position = node.position};
  std::size_t found = 0;
  std::string_view key;
  for (const NamedKind& named : kinds) {
    if (!in.has(named.key)) continue;
    ++found;
    key = named.key;
    result.kind = named.kind;
  }
  if (found != 1) {
    if (!node.entries.empty() && found == 0) {
      for (const Node::Entry& entry : node.entries) {
        if (keys::effect.find(entry.key) == nullptr) return std::nullopt;  // reported
      }
    }
    diagnostics_.error(node.position,
                       fmt::format("an item of effects has one effect, this has {}", found), {},
                       found == 0 ? "" : "write them as items of their own");
    return std::nullopt;
  }
  switch (result.kind) {
    case Effect::Kind::set:
    case Effect::Kind::add:
    case Effect::Kind::release:
    case Effect::Kind::deaths:
    case Effect::Kind::due:
    case Effect::Kind::credit:
      for (const Node::Entry* entry : in.entries(key)) {
        const auto value = read_expression(
            entry->value, Unit::none, fmt::format("'{}' of {}", entry->key, key), diagnostics_);
        if (value) result.assignments.emplace_back(name_of(*entry), *value);
      }
      break;
    case Effect::Kind::extend:
      result.lasts = in.expression("extend");
      break;
    case Effect::Kind::suspend:
    case Effect::Kind::hold: {
      const bool suspends = result.kind == Effect::Kind::suspend;
      const Node& target = *in.get(key);
      if (target.is_scalar()) {
        result.target = {target.text, target.position};
        break;
      }
      MappingReader of(target, suspends ? suspend_table : hold_table, owner, diagnostics_);
      result.target =
          of.name(suspends ? "party" : "obligation").value_or(Name{.position = target.position});
      result.lasts = of.expression("for");
      break;
    }
    default:
      result.target = in.name(key).value_or(Name{.position = node.position});
      break;
  }
  result.condition = in.expression("if");
  result.chance = in.expression("chance");
  result.after = in.expression("after");
  return result;
}

}  // namespace truce::scenario
