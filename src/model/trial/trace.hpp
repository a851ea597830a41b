#pragma once

#include <string>
#include <string_view>

#include "base/contract.hpp"
#include "model/trace_sink.hpp"

namespace truce::model {

/// Tells a sink, where there is one, of what happens in a trial and what led to it. Nobody
/// listening costs the test of a pointer. Between two events there is no cause to remember.
class Trace {
 public:
  void listen(TraceSink* sink) {
    sink_ = sink;
    cause_.clear();
  }
  /// Puts another sink in place, which hears of what goes on.
  void redirect(TraceSink* sink) { sink_ = sink; }
  [[nodiscard]] TraceSink* sink() const { return sink_; }
  [[nodiscard]] bool on() const {
    if (sink_ != nullptr) [[unlikely]]
      return true;
    return false;
  }

  /// What leads to all that follows, until another cause is given.
  template <class... Texts>
  void because(const Texts&... texts) {
    if (on()) [[unlikely]] {
      cause_.clear();
      (cause_.append(texts), ...);
    }
  }
  /// To be asked first: whether anybody listens (`on`).
  void tell(double time, std::string_view what, std::string_view who, double amount) {
    TRUCE_EXPECT(on());
    sink_->on_event({.time = time, .what = what, .who = who, .amount = amount, .why = cause_});
  }

 private:
  TraceSink* sink_ = nullptr;
  std::string cause_;
};

}  // namespace truce::model
