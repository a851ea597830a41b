#include <fmt/format.h>

#include <algorithm>
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

}  // namespace

std::vector<Effect> Reader::effects(const Node& node, const std::string& owner) {
  std::vector<Effect> all;
  if (node.is_null()) return all;
  if (!node.is_sequence()) {
    diagnostics_.error(
        node.position,
        fmt::format("effects of {}: expected a list, found {}", shown(owner), described(node)), {},
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
    const bool misspelled = std::ranges::any_of(node.entries, [](const Node::Entry& entry) {
      return keys::effect.find(entry.key) == nullptr;  // reported as an unknown key
    });
    if (found > 1 || !misspelled) {
      diagnostics_.error(node.position,
                         fmt::format("an item of effects has one effect, this has {}", found), {},
                         found == 0 ? "" : "write them as items of their own");
    }
    return std::nullopt;
  }
  effect_body(in, std::string(key), owner, result);
  result.condition = in.expression("if");
  result.chance = in.expression("chance");
  result.after = in.expression("after");
  return result;
}

void Reader::effect_body(MappingReader& in, const std::string& key, const std::string& owner,
                         Effect& into) {
  const Node& value = *in.get(key);
  switch (into.kind) {
    case Effect::Kind::set:
    case Effect::Kind::add:
    case Effect::Kind::release:
    case Effect::Kind::deaths:
    case Effect::Kind::due:
    case Effect::Kind::credit:
      for (const Node::Entry* entry : in.entries(key, "names and values")) {
        into.assignments.emplace_back(
            name_of(*entry),
            read_expression(entry->value, ValueKind::number,
                            fmt::format("{} of '{}'", shown(entry->key), key), diagnostics_));
      }
      if (into.assignments.empty() && (value.is_mapping() || value.is_null())) {
        diagnostics_.error(value.position, fmt::format("'{}' names nothing", key), {},
                           fmt::format("write {{{}: {{NAME: value}}}}", key));
      }
      return;
    case Effect::Kind::extend:
      into.lasts = in.expression(key);
      return;
    case Effect::Kind::suspend:
    case Effect::Kind::hold: {
      if (value.is_scalar()) {
        into.target = {value.text, value.position};
        return;
      }
      const bool suspends = into.kind == Effect::Kind::suspend;
      MappingReader of(value, suspends ? keys::suspend : keys::hold, owner, diagnostics_);
      into.target =
          of.name(suspends ? "party" : "obligation").value_or(Name{.position = value.position});
      into.lasts = of.expression("for");
      return;
    }
    default:
      into.target = in.name(key).value_or(Name{.position = value.position});
      return;
  }
}

}  // namespace truce::scenario
