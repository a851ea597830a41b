#include "model/trial/due_dates.hpp"

#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr ObligationId first{0};
constexpr ObligationId second{1};
constexpr PhaseId phase{0};
constexpr PhaseId next_phase{1};

using Falls = std::vector<std::pair<double, std::size_t>>;

/// Two obligations of a phase, and a phase without any after it.
struct Calendar {
  Model model = test::small_model(1, 2);

  Calendar() {
    for (int i = 0; i < 2; ++i) {
      Phase one;
      one.active = test::variable(model);
      one.began = test::variable(model);
      one.started = test::event(model);
      one.ended = test::event(model);
      model.phases.add(one);
    }
    model.phases[phase].obligations = {first, second};
    model.obligations[first].name = "aid";
  }

  Calendar& on(ObligationId id, double day) {
    model.obligations[id].due.add({.day = test::constant(model, day)});
    return *this;
  }
  Calendar& every(ObligationId id, double days, double from, double to = infinity) {
    DueEntry entry;
    entry.every = test::constant(model, days);
    entry.from = test::constant(model, from);
    if (to < infinity) entry.to = test::constant(model, to);
    model.obligations[id].due.add(entry);
    return *this;
  }
};

/// Due dates, among the other components. Tranches are held, so that they wait once they are due.
struct Dates : test::Components {
  explicit Dates(const Calendar& calendar) : Components(calendar.model) {
    restraints.impose(RestraintTarget{first}, infinity, 0, 0);
    restraints.impose(RestraintTarget{second}, infinity, 0, 0);
  }

  /// What falls due until `day`: time and obligation.
  Falls until(double day) {
    Falls falls;
    for (SlotId slot = world.agenda.first(); world.agenda.time_of(slot) <= day;
         slot = world.agenda.first()) {
      world.agenda.advance(world.agenda.first_time());
      const Step step = world.agenda.begin(slot);
      const std::uint64_t before = tranches.state().serial;
      if (step.kind == StepKind::series) {
        due_dates.step(step.subject.as<SeriesId>());
      } else {
        REQUIRE(step.kind == StepKind::due);
        due_dates.step();
      }
      if (tranches.state().serial > before) {
        falls.emplace_back(world.now(), tranches[tranches.state().last_waiting].obligation.index());
      }
    }
    return falls;
  }
};

}  // namespace

TEST_CASE("dated tranches fall due in the order of their times, then in that of the file") {
  Dates dates(Calendar().on(first, 5).on(first, 1).on(second, 5).on(second, 2));
  dates.phases.begin(phase);
  CHECK(dates.until(10) == Falls{{1, 0}, {2, 1}, {5, 0}, {5, 1}});
  CHECK_FALSE(dates.world.agenda.pending(dates.world.agenda.first()));
}

TEST_CASE("the dates of a series include its last, whatever is rounded") {
  Dates dates(Calendar().every(first, 3, 1, 10).every(second, 0.1, 0.1, 0.3));
  dates.phases.begin(phase);
  CHECK(dates.until(100) ==
        Falls{{0.1, 1}, {0.2, 1}, {0.1 + 2 * 0.1, 1}, {1, 0}, {4, 0}, {7, 0}, {10, 0}});
  Dates none(Calendar().every(first, 3, 5, 4));
  none.phases.begin(phase);
  CHECK(none.until(100).empty());
}

TEST_CASE("what is to fall due by date is expected from the beginning of its phase") {
  Dates dates(Calendar().every(first, 1, 1, 4).on(second, 2));
  dates.phases.begin(phase);
  CHECK(dates.ledger.state().not_done == 5);
  dates.until(2);
  CHECK(dates.due_dates.state().dated.size() == 2);
  CHECK(dates.ledger.state().not_done == 5);  // tranches, and dates of others
}

TEST_CASE("a phase's dates outlast it, and its series without an end go on while it does") {
  Dates dates(Calendar().on(first, 9).every(second, 2, 1));
  dates.phases.begin(phase);
  CHECK(dates.ledger.state().not_done == 1);
  CHECK(dates.until(6) == Falls{{1, 1}, {3, 1}, {5, 1}});
  dates.phases.begin(next_phase);
  CHECK(dates.until(100) == Falls{{9, 0}});
  // The same phase once more is another run: it begins its own.
  dates.phases.begin(phase);
  CHECK(dates.until(dates.world.now() + 1) == Falls{{10, 1}});
}

TEST_CASE("date n of a series is at n times its distance, to the last bit") {
  Dates dates(Calendar().every(first, 0.1, 0.3));
  dates.phases.begin(phase);
  const Falls falls = dates.until(30.05);
  REQUIRE(falls.size() == 298);
  for (std::size_t n = 0; n < falls.size(); ++n) {
    REQUIRE(falls[n].first == 0.3 + static_cast<double>(n) * 0.1);
  }
}

TEST_CASE("an agreement that lapses leaves no dates") {
  Dates dates(Calendar().on(first, 9).every(second, 2, 1).every(first, 1, 1, 5));
  dates.phases.begin(phase);
  dates.until(2);
  dates.due_dates.lapse();
  CHECK(dates.due_dates.state().dated.empty());
  CHECK(dates.until(1000).empty());
}

TEST_CASE("due dates are restored to where they were, and reset to none") {
  Dates dates(Calendar().on(first, 9).every(second, 4, 3));
  dates.phases.begin(phase);
  dates.until(4);
  const DueDatesState due_dates = dates.due_dates.state();
  const AgendaState agenda = dates.world.agenda.state();
  CHECK(dates.until(10) == Falls{{7, 1}, {9, 0}});
  dates.due_dates.restore(due_dates);
  dates.world.agenda.restore(agenda);
  CHECK(dates.until(10) == Falls{{7, 1}, {9, 0}});
  dates.due_dates.reset();
  dates.world.reset(1, nullptr);
  CHECK(dates.due_dates.state().dated.empty());
  dates.phases.begin(phase);
  CHECK(dates.until(3) == Falls{{3, 1}});
}

TEST_CASE("a series that has no end of dates is refused") {
  Dates still(Calendar().every(first, 0, 1));
  CHECK_THROWS_WITH(still.phases.begin(phase), "'aid': 'every' must be longer than 0");
  Dates many(Calendar().every(first, 1e-5, 0, 1.1));
  CHECK_THROWS_WITH(many.phases.begin(phase), "'aid': more than 100000 tranches of one due entry");
  Dates enough(Calendar().every(first, 1, 1, 1000));
  enough.phases.begin(phase);
  CHECK(enough.due_dates.state().dated.size() == 1000);
}
