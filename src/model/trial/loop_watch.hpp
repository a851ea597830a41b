#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/trial/trace.hpp"

namespace truce::model {

/// Listens to the last links of a chain that has grown too long, so that the rules in the loop can
/// be named. Passes on to who listened before.
class LoopWatch : public TraceSink {
 public:
  /// Puts itself between the trace and its sink. What happens first, and is not in `names`, is
  /// added to them.
  void listen(Trace& trace, std::vector<std::string>& names) {
    if (trace.sink() == this) return;
    before_ = trace.sink();
    names_ = &names;
    trace.redirect(this);
  }

  void on_event(const TraceEvent& event) override {
    if (before_ != nullptr) before_->on_event(event);
    const bool known = std::ranges::find(*names_, event.what) != names_->end();
    if (!known && names_->size() < most_names) names_->emplace_back(event.what);
  }
  void on_draw(const Draw&) override {}

 private:
  static constexpr std::size_t most_names = 12;
  TraceSink* before_ = nullptr;
  std::vector<std::string>* names_ = nullptr;
};

}  // namespace truce::model
