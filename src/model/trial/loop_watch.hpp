#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/trial/trace.hpp"

namespace truce::model {

/// Listens to the last links of a chain that has grown too long, so that the rules in the loop can
/// be named. Passes on to who listened before.
class LoopWatch : public ChronicleSink {
 public:
  /// Puts itself between the trace and its sink. What happens first, and is not in `names`, is
  /// added to them.
  void listen(Trace& trace, std::vector<std::string>& names) {
    if (trace.sink() == this) return;
    before_ = trace.sink();
    names_ = &names;
    trace.redirect(this);
  }

  void happened(const Happening& happening) override {
    if (before_ != nullptr) before_->happened(happening);
    const bool known = std::ranges::find(*names_, happening.what) != names_->end();
    if (!known && names_->size() < most_names) names_->emplace_back(happening.what);
  }
  void drew(const Draw&) override {}

 private:
  static constexpr std::size_t most_names = 12;
  ChronicleSink* before_ = nullptr;
  std::vector<std::string>* names_ = nullptr;
};

}  // namespace truce::model
