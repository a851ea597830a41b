#pragma once

#include <fmt/format.h>

#include <string>

#include "model/trace_sink.hpp"

namespace truce::test {

/// All that a trial tells, as text, reals to the last bit.
class TraceText : public model::TraceSink {
 public:
  void on_event(const model::TraceEvent& h) override {
    text += fmt::format("{:a} {} {} {:a} {}\n", h.time, h.what, h.who, h.amount, h.why);
  }
  void on_draw(const model::Draw& d) override {
    text += fmt::format("{:a} {} {} {:a} {:a} {:a} {}\n", d.time, d.stream, d.number, d.u,
                        d.probability, d.from, d.chosen);
  }
  std::string text;
};

}  // namespace truce::test
