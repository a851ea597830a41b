#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "truce/error.hpp"
#include "truce/export.hpp"

namespace truce {

/// Values of parameters by name, which take the place of the scenario's, as by `--set`.
using Values = std::map<std::string, double>;

struct Parameter {
  std::string name;
  double value = 0;        ///< that trials have, unless they draw their own
  bool has_prior = false;  ///< whether `uncertain` trials draw it, or compute it from what is drawn
};

enum class OutcomeKind { real, whole, yes_no, category };

struct Outcome {
  std::string name;
  OutcomeKind kind = OutcomeKind::real;
  std::string unit;             ///< "day", "person", "1"
  std::string summary;          ///< what the scenario says of it, or empty
  bool may_never_come = false;  ///< the time at which something first came; NaN where it never did
  bool until_ending = false;    ///< a sum or count up to each trial's own ending
};

/// A scenario that is ready to run. Immutable: copies share it, and any number of threads may use
/// it.
class TRUCE_API Scenario {
 public:
  /// Reads, checks and compiles a file. Throws Error with all that is wrong.
  static Scenario load(const std::filesystem::path& path, const Values& set = {});
  /// The same of text, which messages call `name`. What it extends, and the tables that it names,
  /// are looked for in the working directory.
  static Scenario parse(const std::string& text, const Values& set = {},
                        const std::string& name = "scenario.yaml");

  /// The same file with these values in place of its own; what was set before is not any more.
  /// Nothing is read again but tables, so that it takes a fraction of the time. Of `warnings` it
  /// has those that come with values. Throws Error as `load` does.
  [[nodiscard]] Scenario with(const Values& set) const;

  [[nodiscard]] std::string title() const;
  /// Days from day 0 to the end of a trial at the latest.
  [[nodiscard]] double horizon() const;
  [[nodiscard]] std::vector<Parameter> parameters() const;
  /// Those that the scenario names and those that every scenario has, in the order of the file.
  [[nodiscard]] std::vector<Outcome> outcomes() const;
  /// What the program would warn of, one finding a line; empty where there is nothing.
  [[nodiscard]] const std::string& warnings() const;

  /// All files that it was read from: its own, those that it extends and has something of, tables.
  /// Of text the last two.
  [[nodiscard]] std::vector<std::filesystem::path> files() const;

  struct State;
  /// For the library's own use.
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  explicit Scenario(std::shared_ptr<const State> state);

  std::shared_ptr<const State> state_;
};

}  // namespace truce
