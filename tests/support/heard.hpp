#pragma once

#include <string>
#include <vector>

#include "model/trace_sink.hpp"

namespace truce::test {

/// What a trial tells of, by name, in its order.
struct Heard : model::TraceSink {
  std::vector<std::string> names;
  void on_event(const model::TraceEvent& event) override { names.emplace_back(event.what); }
  void on_draw(const model::Draw& /*draw*/) override {}
};

}  // namespace truce::test
