#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>

#include "scenario/syntax.hpp"
#include "support/catch.hpp"

/// Expressions as text, and what is found wrong with them.
namespace truce::scenario::test {

/// The tree with all its parentheses, operators first.
inline std::string form(const Expression& tree) {
  using Kind = Expression::Kind;
  switch (tree.kind) {
    case Kind::number:
      return fmt::format("{}", tree.value);
    case Kind::boolean:
      return tree.value != 0 ? "true" : "false";
    case Kind::name:
      return tree.text;
    case Kind::string:
      return "<" + tree.text + ">";
    default:
      break;
  }
  std::string out = "(" + tree.text;
  if (tree.kind == Kind::call) out = tree.text + "[";
  for (const auto& child : tree.children) out += " " + form(child);
  for (const auto& argument : tree.arguments) {
    out += " ";
    if (!argument.name.empty()) out += argument.name + "=";
    out += form(argument.value);
    for (const auto& weight : argument.weight) out += ":" + form(weight);
  }
  return out + (tree.kind == Kind::call ? " ]" : ")");
}

struct Parsed {
  Expression tree;
  bool ok = false;
  std::string findings;
};

/// Parses the value of the key `v` of a document.
inline Parsed parse_value(const std::string& document, Unit unit = Unit::none) {
  Diagnostics reading;
  const Node root = parse_document(document, "s", reading);
  REQUIRE(reading.text().empty());
  Diagnostics diagnostics;
  Parsed result;
  result.tree = parse_expression(*root.find("v"), unit, diagnostics, result.ok);
  result.findings = diagnostics.text();
  CHECK(result.ok == result.findings.empty());
  return result;
}

inline Parsed parse(const std::string& text, Unit unit = Unit::none) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.position = {std::make_shared<const std::string>("s"), 1, 1};
  node.text_column = 1;
  Diagnostics diagnostics;
  Parsed result;
  result.tree = parse_expression(node, unit, diagnostics, result.ok);
  result.findings = diagnostics.text();
  CHECK(result.ok == result.findings.empty());
  return result;
}

inline std::string tree(const std::string& text, Unit unit = Unit::none) {
  const auto result = parse(text, unit);
  return result.ok ? form(result.tree) : result.findings;
}

/// The one finding, without the file's name.
inline std::string finding(const std::string& text, Unit unit = Unit::none) {
  const auto result = parse(text, unit);
  CHECK_FALSE(result.ok);
  CHECK(result.tree.kind == Expression::Kind::number);
  CHECK(result.tree.value == 0);
  REQUIRE(result.findings.size() > 2);
  return result.findings.substr(2, result.findings.size() - 3);
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace truce::scenario::test
