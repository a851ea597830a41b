#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/chronicle.hpp"

namespace truce::model {

/// Listens to the last links of a chain that has grown too long, so that the rules in the loop can
/// be named. Passes on to who listened before.
class LoopWatch : public ChronicleSink {
 public:
  void listen(ChronicleSink* before) {
    before_ = before;
    names_.clear();
  }

  void happened(const Happening& happening) override {
    if (before_ != nullptr) before_->happened(happening);
    const bool known = std::ranges::find(names_, happening.what) != names_.end();
    if (!known && names_.size() < most_names) names_.emplace_back(happening.what);
  }
  void drew(const Draw&) override {}

  /// What happened, first things first.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  static constexpr std::size_t most_names = 12;
  ChronicleSink* before_ = nullptr;
  std::vector<std::string> names_;
};

}  // namespace truce::model
