#include <random>

#include "scenario/document.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

Node scalar(const std::string& text, bool quoted = false) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.quoted = quoted;
  return node;
}

/// Whether two trees are the same but for places. Quotes may be added, never lost.
bool same(const Node& written, const Node& read) {
  if (written.kind != read.kind || written.text != read.text) return false;
  if (written.quoted && !read.quoted) return false;
  if (written.items.size() != read.items.size()) return false;
  if (written.entries.size() != read.entries.size()) return false;
  for (std::size_t i = 0; i < written.items.size(); ++i) {
    if (!same(written.items[i], read.items[i])) return false;
  }
  for (std::size_t i = 0; i < written.entries.size(); ++i) {
    if (written.entries[i].key != read.entries[i].key) return false;
    if (!same(written.entries[i].value, read.entries[i].value)) return false;
  }
  return true;
}

class RandomTrees {
 public:
  explicit RandomTrees(unsigned seed) : random_(seed) {}

  Node tree(int depth) {
    Node node;
    const int kind = below(depth > 0 ? 6 : 3);
    if (kind == 0) return node;
    if (kind <= 2) return scalar(text(), below(2) == 0);
    node.kind = kind == 3 ? Node::Kind::sequence : Node::Kind::mapping;
    const int size = below(5);
    for (int i = 0; i < size; ++i) {
      if (node.is_sequence()) {
        node.items.push_back(tree(depth - 1));
      } else if (const auto key = text(); !node.find(key)) {
        node.entries.push_back({key, {}, tree(depth - 1)});
      }
    }
    return node;
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  std::string text() {
    static const std::vector<std::string> pieces = {
        "a",      "Z9",         " ",      ": ",   ":",    "#",  " #",     "-",       "- ",
        "---",    "...",        "?",      "? ",   "'",    "\"", "\\",     "\n",      "\t",
        "\r",     "{",          "}",      "[",    "]",    ",",  ", ",     "&a",      "*a",
        "!",      "!!str",      "|",      ">",    "%",    "@",  "`",      "(",       ")",
        "null",   "~",          "true",   "1e3",  "<<",   "é",  "\u2028", "\u0085",  "=",
        "\u20ac", "\U0001F600", "\uFEFF", "\x01", "\x7f", "  ", "\\n",    "extends", "beta(28, 2)"};
    std::string out;
    const int size = below(40) == 0 ? 600 : below(5);
    for (int i = 0; i < size; ++i)
      out += pieces[static_cast<std::size_t>(below(static_cast<int>(pieces.size())))];
    return out;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("Documents are written in block style with quotes where needed") {
  Diagnostics diagnostics;
  const Node root = parse_document(
      "{truce: 2, name: 'A: b', list: [1, [2, 3], {a: x, b: [y]}], none: ~, e: {}, s: [], "
      "'null': 'null', q: '1', path: 'C:\\x', formula: \"f(1, 2) + -x\"}",
      "s.yaml", diagnostics);
  REQUIRE(diagnostics.text().empty());
  CHECK(to_yaml(root) ==
        "truce: 2\n"
        "name: \"A: b\"\n"
        "list:\n"
        "  - 1\n"
        "  - - 2\n"
        "    - 3\n"
        "  - a: x\n"
        "    b:\n"
        "      - y\n"
        "none: null\n"
        "e: {}\n"
        "s: []\n"
        "\"null\": \"null\"\n"
        "q: \"1\"\n"
        "path: 'C:\\x'\n"
        "formula: \"f(1, 2) + -x\"\n");
}

TEST_CASE("Plain texts stay plain") {
  for (const auto* text : {"42", "-1", "0.9 + 0.1 * hamas.trust", "gamma(4, 2) h", "a == b",
                           "42 days", "(a or b) and not c", "A long name", "(-x)", "true"}) {
    CHECK(to_yaml(scalar(text)) == std::string(text) + "\n");
  }
  CHECK(to_yaml(Node{}) == "null\n");
}

TEST_CASE("Random trees are read back as they were") {
  RandomTrees trees(20231124);
  for (int i = 0; i < 3000; ++i) {
    const Node tree = trees.tree(4);
    const auto text = to_yaml(tree);
    Diagnostics diagnostics;
    const Node read = parse_document(text, "s.yaml", diagnostics);
    INFO(text);
    REQUIRE(diagnostics.text().empty());
    REQUIRE(same(tree, read));
    REQUIRE(to_yaml(read).size() >= text.size());
  }
}
