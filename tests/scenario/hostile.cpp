// Mutated documents: whatever is read, reading ends, and every finding has its place.
#include <random>

#include "scenario/syntax.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

const std::string valid = R"yaml(# A small scenario
truce: 2
name: "Two phases, briefly"
horizon: 120 days
parameters:
  comply: {value: 0.93, prior: "beta(28, 2)", unit: share}
  mood: &mood 0.5
parties:
  hamas: {role: principal, trust: {initial: *mood, breached: -0.1}}
  israel: {role: principal, summary: 'It''s a side'}
cohorts:
  civilians: {held_by: hamas, living: 40, remains: 8}
phases:
  first:
    lasts: 42 days
    ends_when: civilians.living == 0 and not (time < 3 or active)
    obligations:
      release:
        due:
          - {day: 1, count: 3}
          - {every: 7, from: 14, to: 35, count: rest}
        late_by: truncated(gamma(4, 2), 0, 10) h
        share: "choice(1: 2, 0.5: 1 + x)"
        takes: empirical('takes.csv', 'days')
        comply: if(hamas.trust >= 0.5, 0.9 ^ -2, min(1, 2e-1 * 3))
    then: [{if: x.agreed >= 1, do: [{advance: second}]}, {do: [{collapse: none}]}]
summary: >
  Folded text
  over lines.
notes: |
  literal
)yaml";

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutate(std::string text) {
    static const std::string marks = "()[]{},:-#&*!|>'\"%@`?^=<.\t\n\r~\\";
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
      const auto at = below(text.size() + 1);
      const auto size = below(20);
      switch (below(5)) {
        case 0:
          if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
          break;
        case 1:
          text.erase(at, size);
          break;
        case 2:
          text.insert(at, 1 + below(3), marks[below(marks.size())]);
          break;
        case 3:
          text.insert(at, text.substr(below(text.size() + 1), size * 5));
          break;
        default:
          text.insert(at, 1, static_cast<char>(below(256)));
          break;
      }
    }
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::mt19937_64 random_;
};

/// Parses every scalar as every kind of value, and counts them.
std::size_t parse_all(const Node& node, Diagnostics& diagnostics) {
  std::size_t count = 1;
  for (const auto unit : {Unit::none, Unit::duration, Unit::rate}) {
    bool ok = false;
    const auto before = diagnostics.errors();
    parse_expression(node, unit, diagnostics, ok);
    CHECK(ok == (diagnostics.errors() == before));
  }
  for (const auto& item : node.items) count += parse_all(item, diagnostics);
  for (const auto& entry : node.entries) count += parse_all(entry.value, diagnostics);
  return count;
}

}  // namespace

TEST_CASE("The document to be mutated is valid") {
  Diagnostics diagnostics;
  const Node root = parse_document(valid, "s.yaml", diagnostics);
  CHECK(diagnostics.text().empty());
  CHECK(root.entries.size() == 9);
}

TEST_CASE("Mutated documents are read or refused") {
  Mutator mutator(7);
  std::size_t sound = 0;
  std::size_t refused = 0;
  std::size_t values = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto text = mutator.mutate(valid);
    INFO(text);
    Diagnostics diagnostics;
    const Node root = parse_document(text, "s.yaml", diagnostics);
    (diagnostics.has_errors() ? refused : sound) += 1;
    values += parse_all(root, diagnostics);
    for (const auto& found : diagnostics.all()) {
      REQUIRE(found.position.file);
      REQUIRE(found.position.line >= 1);
      REQUIRE(found.position.column >= 1);
    }
    // What was read can be written and read again.
    Diagnostics again;
    parse_document(to_yaml(root), "again.yaml", again);
    REQUIRE((root.is_null() || again.text().empty()));
  }
  CHECK(sound > 100);
  CHECK(refused > 100);
  CHECK(values > 10000);
}

TEST_CASE("Mutated expressions are parsed or refused") {
  const std::string text =
      "if(not a.b >= 2^-1 and x != 3, truncated(gamma(mean = 4, sd = 2e0), 0, 10) + "
      "choice(1: 2, -3: w * 1), empirical('f.csv', \"c\")) weeks";
  Mutator mutator(11);
  std::size_t sound = 0;
  for (int i = 0; i < 2000; ++i) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = mutator.mutate(text);
    INFO(node.text);
    Diagnostics diagnostics;
    bool ok = false;
    parse_expression(node, Unit::duration, diagnostics, ok);
    REQUIRE(ok != diagnostics.has_errors());
    sound += ok ? 1 : 0;
  }
  CHECK(sound > 20);
  CHECK(sound < 1900);
}
