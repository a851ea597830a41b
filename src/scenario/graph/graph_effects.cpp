#include <fmt/format.h>

#include "scenario/graph/grapher.hpp"

namespace truce::scenario {

std::vector<std::string> Grapher::acts(const std::string& from, const Node& effects,
                                       const std::string& label_text) {
  std::vector<std::string> words;
  for (const Node& effect : effects.items) {
    std::string condition = label_text;
    const auto add = [&](const std::string& more) {
      if (!more.empty()) condition += (condition.empty() ? "" : "<br/>") + more;
    };
    std::string to;
    std::string what;
    for (const Node::Entry& entry : effect.entries) {
      if (entry.key == "if" || entry.key == "chance" || entry.key == "after") {
        add(written(effect, entry.key, entry.key + " "));
        continue;
      }
      to = target_of(entry.key, entry.value);
      what = fmt::format("{} {}", entry.key, html(inline_text(entry.value)));
    }
    if (to.empty()) {
      words.push_back(what + (condition == label_text ? "" : " (on a condition or later)"));
      continue;
    }
    const bool to_phase = what.starts_with("advance ");
    if (!to_phase && !to.starts_with("ending ")) add(what.substr(0, what.find(' ')));
    dot_.edge(from, to,
              fmt::format("label=<&nbsp;{}>{}", condition,
                          to_phase ? fmt::format(" lhead=\"cluster {}\"", to.substr(3)) : ""));
  }
  return words;
}

std::string Grapher::target_of(const std::string& kind, const Node& value) {
  if (kind == "advance") return "in " + value.text;
  if (kind == "open" || kind == "close") return "talks " + value.text;
  if (kind == "incident") return "incident " + value.text;
  if ((kind == "due" || kind == "credit") && !value.entries.empty()) {
    return "duty " + value.entries.front().key;
  }
  if (kind == "hold") {
    return "duty " + (value.is_scalar() ? value.text : at(value, "obligation").text);
  }
  if (kind != "collapse" && kind != "end") return {};
  std::string id = fmt::format("ending {} {}", kind, value.text);
  if (drawn_.insert(id).second) {
    dot_.node(id, fmt::format("{} shape=octagon color=\"{}\" fillcolor=white",
                              label({html(value.text), kind == "end" ? "" : "collapse"}),
                              kind == "end" ? "#000000" : "#D55E00"));
  }
  return id;
}

void Grapher::window(const Node::Entry& entry) {
  std::vector<std::string> lines = {html(entry.key), "window"};
  for (const char* key : {"from", "lasts", "every"}) {
    lines.push_back(written(entry.value, key, fmt::format("{} ", key)));
  }
  dot_.node("window " + entry.key, label(lines) + " style=\"filled,dashed\" fillcolor=white");
}

void Grapher::talks(const Node::Entry& entry) {
  const std::string id = "talks " + entry.key;
  std::vector<std::string> lines = {html(entry.key), "talks",
                                    written(entry.value, "deadline", "deadline ")};
  std::string ratifiers;
  for (const Node::Entry& party : at(entry.value, "ratify").entries) {
    ratifiers += (ratifiers.empty() ? "ratified by " : ", ") + html(party.key);
  }
  lines.push_back(ratifiers);
  lines.push_back(written(entry.value, "positions", "positions "));
  for (const char* outcome : {"agreed", "failed"}) {
    for (const std::string& word : acts(id, at(entry.value, outcome), outcome)) {
      lines.push_back(fmt::format("{}: {}", outcome, word));
    }
  }
  dot_.node(id, label(lines) + " shape=ellipse style=filled fillcolor=white");
}

void Grapher::incident(const Node::Entry& entry) {
  const std::string id = "incident " + entry.key;
  const std::string by = at(entry.value, "by").text;
  const std::string to = at(entry.value, "to").text;
  std::vector<std::string> lines = {html(entry.key), "incident"};
  if (!by.empty() || !to.empty()) lines.push_back(html(by) + " &rarr; " + html(to));
  lines.push_back(written(entry.value, "rate", "rate "));
  lines.push_back(written(entry.value, "severity", "severity "));
  lines.push_back(written(entry.value, "breach", "answered by "));
  for (std::string& word : acts(id, at(entry.value, "do"), {})) lines.push_back(std::move(word));
  dot_.node(id, fmt::format("{} {} style=\"filled,diagonals\"", label(lines), colours(by)));
}

/// An arrow from the window of which it is an event.
void Grapher::upon(const std::string& event, const std::string& trigger) {
  const auto dot = event.find('.');
  if (dot == std::string::npos || at(section("windows"), event.substr(0, dot)).is_null()) return;
  dot_.edge("window " + event.substr(0, dot), trigger,
            fmt::format("label=<&nbsp;{}>", html(event.substr(dot + 1))));
}

void Grapher::trigger(const Node::Entry& entry) {
  const std::string id = "trigger " + entry.key;
  std::vector<std::string> lines = {html(entry.key)};
  for (const char* key : {"upon", "when", "at", "every", "rate", "while", "chance"}) {
    const Node& value = at(entry.value, key);
    if (value.is_scalar()) lines.push_back(written(entry.value, key, fmt::format("{} ", key)));
    for (const Node& event : value.items) lines.push_back(fmt::format("upon {}", html(event.text)));
    if (key != std::string_view("upon")) continue;
    if (value.is_scalar()) upon(value.text, id);
    for (const Node& event : value.items) upon(event.text, id);
  }
  for (std::string& word : acts(id, at(entry.value, "do"), {})) {
    lines.push_back("&rArr; " + word);
  }
  dot_.node(id, label(lines) + " shape=note style=filled fillcolor=\"#FFFFF4\"");
}

}  // namespace truce::scenario
