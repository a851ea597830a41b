#include "engine/hazard.hpp"

#include <cmath>

#include "support/catch.hpp"

using truce::engine::HazardTimer;

namespace {

HazardTimer timer(double budget, double rate, double excitation, double decay) {
  return {.budget = budget,
          .rate = rate,
          .excitation = excitation,
          .decay = decay,
          .since = 0,
          .running = 1};
}

}  // namespace

TEST_CASE("a constant rate uses its budget up linearly") {
  CHECK(timer(2, 0.5, 0, 0).remaining() == Approx(4));
  CHECK(std::isinf(timer(2, 0, 0, 0).remaining()));
  HazardTimer paused = timer(2, 0.5, 0, 0);
  paused.running = 0;
  CHECK(std::isinf(paused.remaining()));
}

TEST_CASE("a change of the rate keeps what is left of the budget") {
  HazardTimer t = timer(2, 0.5, 0, 0);
  t.advance(1);
  t.rate = 3;
  CHECK(t.remaining() == Approx(0.5));
  t.advance(1.25);
  t.rate = 0.25;
  CHECK(t.remaining() == Approx(3));
}

TEST_CASE("an excited timer ends where the integral of its intensity is the budget") {
  for (const double rate : {0.0, 1e-6, 0.1, 5.0}) {
    for (const double excitation : {1e-9, 0.3, 10.0}) {
      for (const double decay : {0.0, 1e-3, 0.7, 20.0}) {
        for (const double budget : {1e-12, 0.01, 1.0, 30.0}) {
          const HazardTimer t = timer(budget, rate, excitation, decay);
          const double days = t.remaining();
          CAPTURE(rate, excitation, decay, budget, days);
          // What is asked first is never too late.
          if (t.searches()) {
            CHECK(t.soonest() <= days);
            CHECK(t.soonest() >= budget / (rate + excitation));
          }
          if (std::isinf(days)) {
            CHECK(rate == 0);
            CHECK(excitation / decay <= budget);
          } else {
            const double decayed =
                decay == 0 ? excitation * days : excitation / decay * -std::expm1(-decay * days);
            CHECK(rate * days + decayed == Approx(budget).epsilon(1e-9));
          }
        }
      }
    }
  }
}

TEST_CASE("advancing in steps is advancing at once, and a pause only lets excitation decay") {
  HazardTimer steps = timer(3, 0.2, 1.5, 0.4);
  HazardTimer once = steps;
  for (int i = 1; i <= 10; ++i) steps.advance(0.3 * i);
  once.advance(3);
  CHECK(steps.budget == Approx(once.budget));
  CHECK(steps.excitation == Approx(once.excitation));
  HazardTimer paused = timer(3, 0.2, 1.5, 0.4);
  paused.running = 0;
  paused.advance(3);
  CHECK(paused.budget == 3);
  CHECK(paused.excitation == Approx(1.5 * std::exp(-1.2)));
}
