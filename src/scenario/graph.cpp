#include "scenario/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenario/graph/grapher.hpp"

namespace truce::scenario {

namespace {

/// Okabe and Ito's colours, which the colour-blind can tell apart.
constexpr std::array<std::string_view, 7> palette = {"#0072B2", "#E69F00", "#009E73", "#CC79A7",
                                                     "#56B4E9", "#D55E00", "#F0E442"};

}  // namespace

const Node& at(const Node& node, std::string_view key) {
  static const Node nothing;
  const Node* found = node.find(key);
  return found ? *found : nothing;
}

std::string written(const Node& node, std::string_view key, std::string_view before) {
  const Node& value = at(node, key);
  return value.is_scalar() ? fmt::format("{}{}", before, html(value.text)) : std::string();
}

std::string inline_text(const Node& node) {
  std::string text = node.text;
  for (const Node::Entry& entry : node.entries) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", entry.key, inline_text(entry.value));
  }
  for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + inline_text(item);
  return text;
}

std::string Grapher::colours(const std::string& party) const {
  std::size_t i = 0;
  for (const Node::Entry& entry : section("parties").entries) {
    if (entry.key == party) {
      const std::string_view colour = palette[i % palette.size()];
      return fmt::format("color=\"{0}\" fillcolor=\"{0}33\"", colour);
    }
    ++i;
  }
  return "color=\"#666666\" fillcolor=\"#F2F2F2\"";
}

void Grapher::legend() {
  std::string rows;
  std::size_t i = 0;
  for (const Node::Entry& entry : section("parties").entries) {
    rows += fmt::format(
        "<tr><td bgcolor=\"{}33\" color=\"{}\">{}</td><td border=\"0\" align=\"left\">{}</td></tr>",
        palette[i % palette.size()], palette[i % palette.size()], html(entry.key),
        written(entry.value, "role"));
    ++i;
  }
  if (rows.empty()) return;
  dot_.node("legend", fmt::format("shape=plain style=\"\" label=<<table border=\"0\" "
                                  "cellborder=\"1\" cellspacing=\"2\">{}</table>>",
                                  rows));
}

void Grapher::formulas() {
  std::vector<std::string> lines = {"formulas"};
  for (const Node::Entry& entry : section("formulas").entries) {
    const Node& value = entry.value.is_mapping() ? at(entry.value, "value") : entry.value;
    lines.push_back(html(fmt::format("{} = {}", entry.key, value.text)));
  }
  if (lines.size() > 1) dot_.node("formulas", label(lines) + " shape=note fillcolor=white");
}

void Grapher::begin() {
  dot_.node("begin", "label=\"begin\" shape=circle fillcolor=white");
  if (!at(document_, "begin").is_null()) {
    acts("begin", at(document_, "begin"), {});
  } else if (const auto& phases = section("phases").entries; !phases.empty()) {
    const std::string& first = phases.front().key;
    dot_.edge("begin", "in " + first, fmt::format("lhead=\"cluster {}\"", first));
  }
}

void Grapher::obligation(const Node::Entry& entry, const std::string& phase) {
  const Node& node = entry.value;
  const std::string& by = at(node, "by").text;
  std::string to = at(node, "to").text;
  for (const std::string& party : principals_) {
    if (to.empty() && party != by) to = party;
  }
  const Node& due = at(node, "due");
  std::vector<std::string> lines = {html(entry.key), html(by) + " &rarr; " + html(to),
                                    written(node, "release", "release "),
                                    html(inline_text(at(node, "effects")))};
  constexpr std::size_t most = 4;
  for (std::size_t i = 0; i < std::min(most, due.items.size()); ++i) {
    lines.push_back(html(inline_text(due.items[i])));
  }
  if (due.items.size() > most) lines.emplace_back("...");
  for (const char* key : {"ratio", "count", "requires"}) {
    lines.push_back(written(node, key, fmt::format("{} ", key)));
  }
  const std::string id = "duty " + entry.key;
  dot_.node(id, fmt::format("{} {}", label(lines), colours(by)));
  if (const Node& answered = at(node, "against"); answered.is_scalar()) {
    dot_.edge("duty " + answered.text, id, "style=dashed label=<answered>");
  } else {
    dot_.edge("in " + phase, id, "style=invis");
  }
  dot_.edge(id, "out " + phase, "style=invis");
}

void Grapher::phase(const Node::Entry& entry) {
  dot_.open(fmt::format("subgraph \"cluster {}\"", entry.key));
  const std::string lasts = written(entry.value, "lasts", "lasts ");
  dot_.line(label({html(entry.key), lasts, written(entry.value, "ends_when", "ends when ")}) + ";");
  dot_.line("style=\"rounded,filled\"; color=\"#999999\"; fillcolor=\"#FAFAFA\";");
  dot_.node("in " + entry.key, "shape=point style=invis");
  dot_.node("out " + entry.key, "label=\"end\" shape=diamond fillcolor=white fontsize=9");
  dot_.edge("in " + entry.key, "out " + entry.key, "style=invis");
  for (const Node::Entry& item : at(entry.value, "obligations").entries) {
    obligation(item, entry.key);
  }
  dot_.close();
}

void Grapher::ends(std::size_t index) {
  const auto& phases = section("phases").entries;
  const std::string& name = phases[index].key;
  const std::string from = "out " + name;
  std::size_t number = 0;
  bool always = false;
  const Node& rules = at(phases[index].value, "then");
  for (const Node& rule : rules.items) {
    const std::string condition = written(rule, "if", "if ");
    const std::string chance = written(rule, "chance", "chance ");
    always = always || (condition.empty() && chance.empty());
    std::string text = fmt::format("{}. {}{}{}", ++number, condition,
                                   condition.empty() || chance.empty() ? "" : "<br/>", chance);
    if (condition.empty() && chance.empty()) {
      text = number > 1 ? std::move(text) + "otherwise" : "";
    }
    const auto words = acts(from, at(rule, "do"), text);
    for (const std::string& word : words) {
      // Back to the phase: it goes on, or something happens on the way.
      if (word.starts_with("extend")) {
        dot_.edge(from, from, fmt::format("label=<{}<br/>{}>", text, word));
      }
    }
  }
  if (always) return;
  const std::string text = rules.items.empty() ? " " : "otherwise";
  if (index + 1 < phases.size()) {
    const std::string& next = phases[index + 1].key;
    dot_.edge(from, "in " + next, fmt::format("label=<{}> lhead=\"cluster {}\"", text, next));
  } else {
    const auto ends_as = [&](const char* ending, const char* when) {
      const Node named{.kind = Node::Kind::scalar, .text = ending};
      dot_.edge(from, target_of("end", named),
                fmt::format("label=<{}{}{}>", text, text == " " ? "" : ", ", when));
    };
    ends_as("completed", "if kept");
    ends_as("incomplete", "if not kept");
  }
}

void Grapher::column(const std::string& key, const std::string& prefix) {
  std::string above;
  for (const Node::Entry& entry : section(key).entries) {
    if (!above.empty()) dot_.edge(prefix + above, prefix + entry.key, "style=invis");
    above = entry.key;
  }
}

std::string Grapher::text() {
  dot_.open("digraph scenario");
  dot_.line("compound=true; nodesep=0.3; ranksep=0.45;");
  dot_.line("graph [fontname=\"Helvetica\" labelloc=t fontsize=12];");
  dot_.line(
      "node [fontname=\"Helvetica\" fontsize=10 shape=box style=\"rounded,filled\" "
      "fillcolor=white];");
  dot_.line("edge [fontname=\"Helvetica\" fontsize=9 color=\"#444444\"];");
  dot_.line(label({written(document_, "name")}) + ";");
  legend();
  formulas();
  begin();
  const auto& phases = section("phases").entries;
  for (const Node::Entry& entry : phases) phase(entry);
  for (std::size_t i = 0; i < phases.size(); ++i) ends(i);
  for (const Node::Entry& entry : section("windows").entries) window(entry);
  for (const Node::Entry& entry : section("talks").entries) talks(entry);
  for (const Node::Entry& entry : section("incidents").entries) incident(entry);
  for (const Node::Entry& entry : section("triggers").entries) trigger(entry);
  column("incidents", "incident ");
  column("triggers", "trigger ");
  dot_.close();
  return dot_.text();
}

std::string graph_of(const Scenario& scenario) {
  return Grapher(scenario).text();
}

}  // namespace truce::scenario
