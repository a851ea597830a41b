#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scenario/lists/marks.hpp"
#include "scenario/lists/name_lists.hpp"
#include "scenario/lists/text_filler.hpp"

namespace truce::scenario {

/// Makes the repetitions of one document.
class Repeater {
 public:
  /// Thrown where the expansion grows too large; it has been reported.
  struct TooLarge {};

  Repeater(const NameLists& lists, Diagnostics& diagnostics)
      : lists_(lists), diagnostics_(diagnostics), filler_(lists, diagnostics) {}

  /// The document but its section `lists`. Throws TooLarge.
  Node document(const Node& node);

 private:
  using Names = std::vector<std::string>;

  Node made(const Node& node, TextKind kind);
  Node mapping(const Node& node, TextKind kind);
  Node sequence(const Node& node, TextKind kind);
  /// Calls `make` once for each combination of items of the lists, the first slowest, bound.
  template <class Make>
  void for_each_combination(const Names& lists, const Position& position, Make make);
  /// What the repetitions of a mapping's entries have made, by key, as its index.
  using Made = std::map<std::string, std::size_t>;
  void add_made(Node::Entry entry, Made& made, std::vector<Node::Entry>& into);
  void lay_over(const Node::Entry& written, const Made& made, std::vector<Node::Entry>& into,
                std::vector<bool>& deleted);

  [[nodiscard]] Names unbound_in_key(const std::string& key) const;
  void collect_unbound(const Node& node, TextKind kind, Names& bound, Names& found) const;
  void collect_unbound(std::string_view text, TextKind kind, Names& bound, Names& found) const;
  [[nodiscard]] Position here(const Position& position) const;
  void grow(const Node& node, const Position& position);

  const NameLists& lists_;
  Diagnostics& diagnostics_;
  TextFiller filler_;
  Bindings bindings_;
  std::shared_ptr<const std::string> bindings_text_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace truce::scenario
