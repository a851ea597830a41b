#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/ids.hpp"

namespace truce::scenario {

enum class Type { number, boolean };

/// What an expression may read under a name.
struct Symbol {
  enum class Reading {
    value,  ///< the variable itself
    since,  ///< days since the time in the variable
  };
  enum class Context { none, tranche, incident };  ///< on whose behalf it is read
  model::VariableId variable;
  Type type = Type::number;
  Reading reading = Reading::value;
  bool integer = false;
  bool clock = false;
  Context context = Context::none;
  std::optional<double>
      known{};  ///< value at the parameters' point values, if it depends on no more
};

/// All names that expressions may read, and all events.
class Symbols {
 public:
  void declare(const std::string& name, Symbol symbol) { symbols_.emplace(name, symbol); }
  void declare_event(const std::string& name, model::EventId event) {
    events_.emplace(name, event);
  }
  [[nodiscard]] const Symbol* find(const std::string& name) const {
    const auto at = symbols_.find(name);
    return at == symbols_.end() ? nullptr : &at->second;
  }
  [[nodiscard]] model::EventId event(const std::string& name) const {
    const auto at = events_.find(name);
    return at == events_.end() ? model::EventId{} : at->second;
  }
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::vector<std::string> event_names() const;

 private:
  std::unordered_map<std::string, Symbol> symbols_;
  std::unordered_map<std::string, model::EventId> events_;
};

}  // namespace truce::scenario
