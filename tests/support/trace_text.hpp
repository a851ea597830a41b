#pragma once

#include <fmt/format.h>

#include <string>

#include "model/chronicle.hpp"

namespace truce::test {

/// All that a trial tells, as text, reals to the last bit.
class TraceText : public model::ChronicleSink {
 public:
  void happened(const model::Happening& h) override {
    text += fmt::format("{:a} {} {} {:a} {}\n", h.time, h.what, h.who, h.amount, h.why);
  }
  void drew(const model::Draw& d) override {
    text += fmt::format("{:a} {} {} {:a} {:a} {:a} {}\n", d.time, d.place, d.number, d.u,
                        d.probability, d.from, d.chosen);
  }
  std::string text;
};

}  // namespace truce::test
