#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/document.hpp"

namespace truce::scenario {

/// The section `lists`: names that stand for several names or whole numbers.
class NameLists {
 public:
  /// Reads a mapping of lists. What is wrong is reported, and a list of which nothing can be read
  /// has itself as its one item, so that no errors follow. Ranges are written out, to at most
  /// 100,000 items in all.
  NameLists(const Node& lists, Diagnostics& diagnostics);
  NameLists() = default;

  /// The items of a list; nothing where there is none of this name.
  [[nodiscard]] const std::vector<std::string>* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
  /// Whether any list of this name has been found.
  [[nodiscard]] bool used(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> all_;
  mutable std::vector<std::string> used_;  ///< those that have been found
};

/// What one repetition puts in the place of lists: (list, item), of which later ones hide earlier.
using Bindings = std::vector<std::pair<std::string, std::string>>;

/// "zone = north, batch = 3", without what is hidden.
std::string to_string(const Bindings& bindings);
/// The item of a list; nothing where it is not bound.
const std::string* item_of(const Bindings& bindings, std::string_view list);

}  // namespace truce::scenario
