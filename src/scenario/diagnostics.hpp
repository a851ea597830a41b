#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/nearest.hpp"
#include "base/text.hpp"

namespace truce::scenario {

/// Where something stands: file as the user named it, line and column counted from 1 (0: unknown).
struct Position {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
  /// Of what a repetition made, what it put in: "zone = north"; otherwise nothing.
  std::shared_ptr<const std::string> repetition{};
};

enum class Severity { warning, error };

/// One finding: `file:line:column: error: problem (why); suggestion`. `why` and `suggestion` may be
/// empty.
struct Diagnostic {
  Severity severity = Severity::error;
  Position position;
  std::string problem;
  std::string why;
  std::string suggestion;
};

/// One line; control characters from hostile input are escaped.
std::string to_string(const Diagnostic& diagnostic);

using base::shown;

/// Collects the findings of one pass over a scenario, in the order found.
class Diagnostics {
 public:
  void error(Position position, std::string problem, std::string why = {},
             std::string suggestion = {});
  void warning(Position position, std::string problem, std::string why = {},
               std::string suggestion = {});
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  /// All findings, one line each, ordered by file, line and column; repeated ones once.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

using base::did_you_mean;
using base::name_hint;
using base::nearest;

}  // namespace truce::scenario
