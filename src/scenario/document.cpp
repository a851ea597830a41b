#include "scenario/document.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

#include "base/text.hpp"
#include "scenario/text/document_builder.hpp"

namespace truce::scenario {

namespace {

/// A value whose pieces are no YAML at all costs a new reading, which a large file gets but once.
int most_readings(std::size_t size) {
  return size > (1u << 20) ? 2 : 16;
}

struct Advice {
  std::string_view message;  ///< how yaml-cpp's message begins
  std::string_view text;
};

constexpr std::array<Advice, 11> advices = {{
    {"illegal map value", "quote a value that has ': ' in it, and check the indentation"},
    {"illegal map key", "check the indentation"},
    {"illegal block entry", "put the '-' on a line of its own"},
    {"end of map flow", "close the '{', or put a comma between the entries"},
    {"end of sequence flow", "close the '[', or put a comma between the items"},
    {"end of map not", "check the indentation; nothing may follow a quoted value"},
    {"end of sequence not", "check the indentation; nothing may follow a quoted value"},
    {"illegal EOF", "close the quote"},
    {"unknown token", "quote a value that begins with one of @ ` %"},
    {"unknown escape", "write '\\\\' for a backslash, or use single quotes"},
    {"the referenced anchor", "put the anchor above the alias, or quote a text that begins with *"},
}};

std::string_view advice_for(std::string_view message) {
  const auto fits = [&](const Advice& advice) {
    return message.substr(0, advice.message.size()) == advice.message;
  };
  const auto found = std::find_if(advices.begin(), advices.end(), fits);
  return found == advices.end() ? std::string_view() : found->text;
}

/// Offset of the last invisible character at or before the place of an error, in its line or the
/// one before, where only a space can be meant: in the indentation or behind a colon, a dash, a
/// comma or a bracket.
std::optional<std::size_t> invisible_before(std::string_view text, std::size_t error) {
  const std::size_t end = std::min(text.find('\n', error), text.size());
  std::size_t begin = text.substr(0, std::min(error, end)).rfind('\n');
  begin = begin == text.npos || begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
  std::optional<std::size_t> found;
  bool after_mark = true;
  bool comment = false;
  for (std::size_t i = begin; i < end; ++i) {
    const char c = text[i];
    if (c == '\n') {
      after_mark = true;
      comment = false;
    } else if (c == '#') {
      comment = true;
    } else if (base::invisible_character(text.substr(i))) {
      if (after_mark && !comment) found = i;
    } else if (c != ' ' && !base::continues_character(c)) {
      after_mark = std::string_view(":-,{[").find(c) != std::string_view::npos;
    }
  }
  return found;
}

/// The line before `offset` that has nothing of a mapping, though it stands where a key stands: its
/// colon is missing, and YAML finds that in the next line only.
std::optional<std::size_t> line_without_colon(const Source& source, std::size_t offset) {
  const std::string_view text = source.text();
  const auto indentation = [&](std::size_t start) {
    const auto first = text.find_first_not_of(' ', start);
    return first == text.npos ? 0 : first - start;
  };
  const std::size_t line = source.line_start(offset);
  for (std::size_t start = line; start > 0;) {
    start = source.line_start(start - 1);
    const auto words = text.substr(start, text.find('\n', start) - start);
    const auto first = words.find_first_not_of(" \r");
    if (first == words.npos || words[first] == '#') continue;
    const bool mapping = words.find(": ") != words.npos || words.find(":\r") != words.npos ||
                         words.ends_with(':') ||
                         std::string_view("-?{[}]\"'").find(words[first]) != words.npos;
    if (mapping || indentation(start) != indentation(line)) return std::nullopt;
    return start + first;
  }
  return std::nullopt;
}

void report(const YAML::Exception& error, std::size_t offset, const Source& source,
            Diagnostics& diagnostics) {
  const auto line = source.text().substr(source.line_start(offset));
  const auto indentation = line.substr(0, line.find_first_not_of(" \t"));
  if (const auto invisible = invisible_before(source.text(), offset)) {
    const auto name = *base::invisible_character(source.text().substr(*invisible));
    diagnostics.error(source.position(*invisible), "an invisible character, a " + name,
                      "YAML takes it for text", "write a plain space, or remove it");
  } else if (indentation.find('\t') != indentation.npos) {
    diagnostics.error(source.position(offset), "a tab in the indentation",
                      "YAML takes only spaces there", "indent with spaces");
  } else if (const auto bare = line_without_colon(source, offset);
             bare && error.msg == YAML::ErrorMsg::MAP_VALUE) {
    diagnostics.error(source.position(*bare), "this line has no ':'",
                      "where a key of the mapping stands", "write 'KEY: VALUE'");
  } else {
    diagnostics.error(source.position(offset), "this is not valid YAML", error.msg,
                      std::string(advice_for(error.msg)));
  }
}

/// One reading of the document, with the broken values masked that are known so far.
Node read(const Source& source, BrokenValues& broken, Diagnostics& diagnostics) {
  Node nothing;
  nothing.position = source.position(0);
  DocumentBuilder builder(source, broken, diagnostics);
  try {
    std::istringstream stream(broken.masked());
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      diagnostics.error(nothing.position, "the file is empty", "",
                        "'truce new' writes a scenario to start from");
      return nothing;
    }
    parser.HandleNextDocument(builder);  // the builder refuses a second document
    return builder.take();
  } catch (const DocumentBuilder::Abandoned&) {
    return nothing;
  } catch (const YAML::Exception& error) {
    const auto offset =
        std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), source.text().size());
    if (!broken.look_around(offset)) report(error, offset, source, diagnostics);
    return nothing;
  }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

std::string Node::text_at(std::string_view key) const {
  const Node* const value = find(key);
  return value != nullptr && value->is_scalar() ? value->text : "";
}

Node parse_document(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  const Source source(text, file);
  if (!is_readable(source, diagnostics)) {
    Node nothing;
    nothing.position = source.position(0);
    return nothing;
  }
  BrokenValues broken(source);
  for (int reading = 1;; ++reading) {
    const std::size_t known = broken.count();
    Diagnostics found;
    Node root = read(source, broken, found);
    if (broken.count() > known && reading < most_readings(text.size())) continue;
    broken.report(diagnostics);
    for (const auto& finding : found.all()) {
      diagnostics.error(finding.position, finding.problem, finding.why, finding.suggestion);
    }
    return root;
  }
}

Node parse_file(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  Node root = parse_document(text, file, diagnostics);
  if (root.is_null() && diagnostics.errors() == before) {
    diagnostics.error(root.position, "the file holds nothing", "it is a null of YAML",
                      "'truce new' writes a scenario to start from");
  }
  return root;
}

}  // namespace truce::scenario
