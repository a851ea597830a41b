#pragma once

#include <string>
#include <unordered_set>
#include <vector>

namespace truce::scenario {

/// Names of one kind, to look up and, in the order of the file, to suggest.
class NameSet {
 public:
  void insert(const std::string& name) {
    if (set_.insert(name).second) all_.push_back(name);
  }
  [[nodiscard]] bool contains(const std::string& name) const { return set_.contains(name); }
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }

 private:
  std::unordered_set<std::string> set_;
  std::vector<std::string> all_;
};

}  // namespace truce::scenario
