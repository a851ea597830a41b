#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "scenario/text/source.hpp"

namespace truce::scenario {

/// Whether a collection is written in brackets or by indentation.
enum class Style { flow, block };

/// The values of a document that YAML breaks in pieces because they are not quoted: a comma inside
/// { } or [ ], as in `{prior: beta(28, 2)}`, and a colon with a space, as in `choice(1: 2)`. A
/// value once found is masked by letters, so that reading the document again yields it as one
/// scalar.
class BrokenValues {
 public:
  explicit BrokenValues(const Source& source) : source_(source), masked_(source.text()) {}

  /// The document with the values found so far masked; offsets are those of the source.
  [[nodiscard]] const std::string& masked() const { return masked_; }
  /// Looks whether the plain scalar at `start` is the first piece of a broken value.
  void look_at(std::size_t start, Style style);
  /// Looks for a broken value on the line where a syntax error was met. Says whether there was one.
  bool look_around(std::size_t error);
  [[nodiscard]] std::size_t count() const { return ends_.size(); }
  /// The value that starts at `start` as it was meant, if one was found there.
  [[nodiscard]] std::optional<std::string> text_at(std::size_t start) const;
  void report(Diagnostics& diagnostics) const;

 private:
  void add(std::size_t start, std::size_t end);

  const Source& source_;
  std::string masked_;
  std::map<std::size_t, std::size_t> ends_;  ///< of the values found, by their starts
  int misses_ = 0;
};

}  // namespace truce::scenario
