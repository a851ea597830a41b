#include "truce/scenario/document.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "document_builder.hpp"

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

void report(const YAML::Exception& error, std::size_t offset, const Source& source,
            Diagnostics& diagnostics) {
  const auto line = source.text().substr(source.line_start(offset));
  const auto indentation = line.substr(0, line.find_first_not_of(" \t"));
  if (indentation.find('\t') != indentation.npos) {
    diagnostics.error(source.position(offset), "a tab in the indentation",
                      "YAML takes only spaces there", "indent with spaces");
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

}  // namespace truce::scenario
