#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace truce::scenario {

/// Text for an HTML-like label: escaped, on one line, and shortened beyond 56 characters.
std::string html(std::string_view text);
/// Such a label of lines that are HTML already, the first one in bold; empty lines are left out.
std::string label(const std::vector<std::string>& lines);

/// A graph in Graphviz's language as it is written. Ids may be any text; attributes are written as
/// they are.
class Dot {
 public:
  void line(std::string_view text);
  void node(std::string_view id, const std::string& attributes);
  void edge(std::string_view from, std::string_view to, const std::string& attributes);
  void open(std::string_view head);
  void close();

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t depth_ = 0;
};

}  // namespace truce::scenario
