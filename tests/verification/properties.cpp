#include <algorithm>
#include <stdexcept>
#include <string>

#include "model/simulator.hpp"
#include "scenario/compile.hpp"
#include "support/catch.hpp"
#include "support/random_scenario.hpp"

using namespace truce;

namespace {

/// Checks what must hold of everything that is told.
class Watch : public model::TraceSink {
 public:
  void on_event(const model::TraceEvent& h) override {
    if (h.time < last_) sound_ = false;
    last_ = h.time;
    if (h.what.starts_with("end: ")) {
      if (ended_) sound_ = false;
      ended_ = true;
      ended_at_ = h.time;
    }
    ++events_;
  }
  void on_draw(const model::Draw& draw) override {
    if (draw.time < last_ || !(draw.u > 0 && draw.u < 1)) sound_ = false;
  }
  [[nodiscard]] bool sound() const { return sound_ && ended_ && events_ > 0; }
  [[nodiscard]] double last() const { return last_; }
  [[nodiscard]] double ended_at() const { return ended_at_; }

 private:
  double last_ = 0;
  double ended_at_ = 0;
  bool ended_ = false;
  bool sound_ = true;
  std::size_t events_ = 0;
};

double column(const model::Model& model, const model::TrialRecord& record,
              const std::string& name) {
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (model.columns[i].name == name) return record.columns[i];
  }
  throw std::runtime_error("no column " + name);
}

bool equal(double a, double b) {
  return a == b || (a != a && b != b);
}

}  // namespace

TEST_CASE("random scenarios keep their invariants in every trial") {
  constexpr unsigned scenarios = 150;
  constexpr std::uint64_t trials = 60;
  std::size_t collapsed = 0;
  for (unsigned seed = 0; seed < scenarios; ++seed) {
    const std::string text = test::RandomScenario(seed).text();
    scenario::Diagnostics diagnostics;
    const auto loaded = scenario::load_text(text, "random.yaml", {}, diagnostics);
    CAPTURE(seed, text, diagnostics.text());
    REQUIRE(loaded.has_value());
    const model::Model& model = loaded->model;
    const double horizon = model::horizon_of(model);
    model::Simulator simulator(model, {.seed = seed});
    model::Simulator other(model, {.seed = seed});
    model::TrialRecord record;
    model::TrialRecord replayed;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
      CAPTURE(trial);
      simulator.run(trial, record);
      Watch watch;
      other.run(trial, replayed, &watch);
      CHECK(watch.sound());
      CHECK(watch.ended_at() == column(model, record, "duration"));
      if (model.observe == model::Observe::ending) CHECK(watch.last() == watch.ended_at());
      REQUIRE(std::equal(record.columns.begin(), record.columns.end(), replayed.columns.begin(),
                         equal));
      REQUIRE(record.segments.size() == replayed.segments.size());
      for (const std::string cohort : {"ga", "ha", "gb", "hb"}) {
        CHECK(column(model, record, cohort + "_least") >= 0);
        CHECK(column(model, record, cohort + ".person_days") <=
              (50 + column(model, record, "gb.captured")) * horizon);
      }
      // Persons change cohort, and are captured, but none is lost.
      CHECK(column(model, record, "ga_all") + column(model, record, "ha_all") == 50);
      CHECK(column(model, record, "gb_all") + column(model, record, "hb_all") == 50);
      CHECK(column(model, record, "held_until") <= column(model, record, "ga.person_days") + 1e-9);
      CHECK(column(model, record, "was_kept") <= column(model, record, "duration") + 1e-9);
      CHECK(column(model, record, "trust_low") >= 0);
      CHECK(column(model, record, "trust_high") <= 1);
      CHECK(column(model, record, "open") >= 0);
      CHECK(column(model, record, "disputes.settled") <= column(model, record, "disputes.opened"));
      CHECK(column(model, record, "days_suspended") <= column(model, record, "duration") + 1e-9);
      for (const model::Obligation& o : model.obligations) {
        CHECK(column(model, record, o.name + ".performed") >= 0);
        CHECK(column(model, record, o.name + ".delivered") >= 0);
        CHECK(column(model, record, o.name + ".missing") >= -1e-9);
      }
      collapsed += column(model, record, "cause") != 0;
    }
  }
  CHECK(collapsed > 0);
}
