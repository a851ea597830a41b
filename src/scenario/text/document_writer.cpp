#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "scenario/document.hpp"
#include "scenario/text/quoting.hpp"

namespace truce::scenario {

namespace {

/// YAML readers need not look further for the colon after a key (YAML 1.2, section 7.4).
constexpr std::size_t longest_simple_key = 1000;
constexpr int step = 2;

/// Whether the text is read back unchanged without quotes, in every context. Rather too strict.
bool is_plain(std::string_view text) {
  constexpr std::array<std::string_view, 3> nulls = {"null", "Null", "NULL"};
  if (text.empty() || std::find(nulls.begin(), nulls.end(), text) != nulls.end()) return false;
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '(' || c == '.';
  };
  const bool signed_word = text[0] == '-' && text.size() > 1 && is_word(text[1]);
  if (!(is_word(text[0]) || signed_word) || text.substr(0, 3) == "...") return false;
  if (text.back() == ' ' || text.back() == ':') return false;
  if (text.find(": ") != text.npos || text.find(" #") != text.npos) return false;
  // The reader would look for the rest of a broken value.
  if (std::count(text.begin(), text.end(), '(') != std::count(text.begin(), text.end(), ')')) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_word(c) ||
           std::string_view(" -+*/^)<>=,:;'\"%!?&@#$|~").find(c) != std::string_view::npos;
  });
}

class Writer {
 public:
  [[nodiscard]] std::string take() { return std::move(out_); }

  /// Writes a value behind `key:` or `-`, or at the start of the text, and the line's end.
  void write(const Node& node, int indentation) {
    if (node.is_mapping() && !node.entries.empty()) {
      for (const auto& entry : node.entries) {
        if (&entry != &node.entries.front()) indent(indentation);
        write_entry(entry, indentation);
      }
    } else if (node.is_sequence() && !node.items.empty()) {
      for (const auto& item : node.items) {
        if (&item != &node.items.front()) indent(indentation);
        out_ += "- ";
        write(item, indentation + step);
      }
    } else {
      out_ += on_one_line(node) + '\n';
    }
  }

 private:
  static std::string on_one_line(const Node& node) {
    switch (node.kind) {
      case Node::Kind::mapping:
        return "{}";
      case Node::Kind::sequence:
        return "[]";
      case Node::Kind::null:
        return "null";
      case Node::Kind::scalar:
        break;
    }
    return node.quoted || !is_plain(node.text) ? yaml_quoted(node.text) : node.text;
  }

  void write_entry(const Node::Entry& entry, int indentation) {
    const auto key = is_plain(entry.key) ? entry.key : yaml_quoted(entry.key);
    if (key.size() > longest_simple_key) {
      out_ += "? " + key + '\n';
      indent(indentation);
    } else {
      out_ += key;
    }
    out_ += ':';
    const bool is_block = !entry.value.items.empty() || !entry.value.entries.empty();
    if (is_block) {
      out_ += '\n';
      indent(indentation + step);
    } else {
      out_ += ' ';
    }
    write(entry.value, indentation + step);
  }

  void indent(int indentation) { out_.append(static_cast<std::size_t>(indentation), ' '); }

  std::string out_;
};

}  // namespace

std::string to_yaml(const Node& node) {
  Writer writer;
  writer.write(node, 0);
  return writer.take();
}

}  // namespace truce::scenario
