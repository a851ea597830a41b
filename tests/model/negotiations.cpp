#include "model/trial/negotiations.hpp"

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr TalksId talks{0};

/// Talks with rounds every two days, ratification that takes five, and a deadline after 100. How
/// likely one agrees, and one party accepts, are variables.
struct Parley : test::Components {
  const VariableId agree = test::variable_of(world.model.talks[talks].agree);
  const VariableId accept = test::variable_of(world.model.talks[talks].ratify.front().first);

  explicit Parley(Positions positions = Positions::fixed) : Components(model(positions)) {}

  static Model model(Positions positions) {
    Model model = test::small_model(0, 0);
    Talks of;
    of.positions = positions;
    of.rounds = test::constant(model, 2);
    of.agree = test::value_of(test::variable(model));
    of.ratify_takes = test::constant(model, 5);
    of.deadline = test::constant(model, 100);
    of.agree_stream = test::stream(model);
    of.ratify.emplace_back(test::value_of(test::variable(model)), test::stream(model));
    of.open = test::variable(model);
    for (const auto event : {&Talks::opened, &Talks::agreed, &Talks::rejected, &Talks::failed}) {
      of.*event = test::event(model);
    }
    model.talks.add(of);
    return model;
  }

  using Components::times;
  [[nodiscard]] double times(EventId Talks::*event) const {
    return Components::times(world.model.talks[talks].*event);
  }
  [[nodiscard]] bool open() const { return world.value(world.model.talks[talks].open) != 0; }
  /// The next round, ratification or deadline; returns its time, infinite where there is none.
  double step() {
    const SlotId slot = world.agenda.first();
    if (!world.agenda.pending(slot)) return infinity;
    world.agenda.advance(world.agenda.first_time());
    if (world.agenda.begin(slot).kind == StepKind::talks_deadline) {
      negotiations.fail(talks);
    } else {
      negotiations.step(talks);
    }
    return world.now();
  }
};

}  // namespace

TEST_CASE("talks go from round to round until one agrees and all ratify") {
  Parley parley;
  parley.negotiations.open(talks);
  parley.negotiations.open(talks);  // they are
  CHECK(parley.open());
  CHECK(parley.times(&Talks::opened) == 1);
  CHECK(parley.step() == 2);
  CHECK(parley.step() == 4);
  parley.world.set(parley.agree, 1);
  CHECK(parley.step() == 6);
  CHECK(parley.times(&Talks::agreed) == 0);
  CHECK(parley.step() == 11);  // rejected
  CHECK(parley.times(&Talks::rejected) == 1);
  CHECK(parley.step() == 13);
  parley.world.set(parley.accept, 1);
  CHECK(parley.step() == 18);
  CHECK(parley.times(&Talks::agreed) == 1);
  CHECK_FALSE(parley.open());
  CHECK(parley.step() == infinity);
}

TEST_CASE("talks fail at their deadline") {
  Parley parley;
  parley.negotiations.open(talks);
  for (int round = 1; round <= 50; ++round) REQUIRE(parley.step() == 2 * round);
  CHECK(parley.open());
  CHECK(parley.step() == 100);
  CHECK(parley.times(&Talks::failed) == 1);
  CHECK_FALSE(parley.open());
  CHECK(parley.step() == infinity);
}

TEST_CASE("talks that are closed, or lapse, have nothing pending, and can be opened again") {
  Parley parley;
  parley.negotiations.open(talks);
  parley.world.set(parley.agree, 1);
  CHECK(parley.step() == 2);
  CHECK(parley.negotiations.state().ratifying[0] == 1);
  parley.negotiations.lapse();
  CHECK_FALSE(parley.open());
  CHECK(parley.step() == infinity);
  CHECK(parley.times(&Talks::failed) == 0);
  parley.negotiations.open(talks);
  CHECK(parley.step() == 4);  // a round: they begin anew
  CHECK(parley.step() == 9);
  parley.negotiations.close(talks);
  CHECK(parley.step() == infinity);
}

TEST_CASE("a fixed position is drawn once, and holds until the probability has risen above it") {
  Parley parley;
  parley.negotiations.open(talks);
  parley.world.set(parley.agree, 1);
  parley.world.set(parley.accept, 1e-9);
  parley.step();
  parley.step();
  const double position = parley.negotiations.state().positions[0][0];
  CHECK(position > 1e-9);
  CHECK(parley.times(&Talks::rejected) == 1);
  parley.world.set(parley.accept, position);
  parley.step();
  parley.step();
  CHECK(parley.times(&Talks::rejected) == 2);
  CHECK(parley.negotiations.state().positions[0][0] == position);
  parley.world.set(parley.accept, position + 1e-9);
  parley.step();
  parley.step();
  CHECK(parley.times(&Talks::agreed) == 1);
  // Another opening, another position.
  parley.negotiations.open(talks);
  parley.step();
  parley.step();
  CHECK(parley.negotiations.state().positions[0][0] != position);
}

TEST_CASE("positions that are redrawn are not kept") {
  Parley parley(Positions::redrawn);
  parley.negotiations.open(talks);
  parley.world.set(parley.agree, 1);
  parley.world.set(parley.accept, 0.01);
  int rejected = 0;
  while (parley.open() && parley.world.now() < 90) {
    parley.step();
    parley.step();
    ++rejected;
  }
  CHECK(parley.times(&Talks::rejected) == rejected);
  CHECK(parley.world.numbers.state().streams[1].drawn == static_cast<std::uint32_t>(rejected));
}

TEST_CASE("negotiations are restored to where they were, and reset to no ratification") {
  Parley parley;
  parley.negotiations.open(talks);
  parley.world.set(parley.agree, 1);
  parley.step();
  const NegotiationsState ratifying = parley.negotiations.state();
  parley.negotiations.reset();
  CHECK(parley.negotiations.state().ratifying[0] == 0);
  parley.negotiations.restore(ratifying);
  parley.world.set(parley.accept, 1);
  CHECK(parley.step() == 7);
  CHECK(parley.times(&Talks::agreed) == 1);
}
