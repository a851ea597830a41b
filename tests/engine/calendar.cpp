#include "engine/calendar.hpp"

#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "support/catch.hpp"

using truce::engine::Calendar;
using truce::engine::Rank;

TEST_CASE("events come in the order of time, rank and scheduling") {
  Calendar calendar(8);
  calendar.schedule(0, 5, Rank::horizon);
  calendar.schedule(1, 5, Rank::limit);
  calendar.schedule(2, 5);
  calendar.schedule(3, 5, Rank::tick);
  calendar.schedule(4, 5);
  calendar.schedule(5, 4, Rank::horizon);
  std::vector<std::size_t> order;
  while (calendar.time_of(calendar.first()) < Calendar::never) {
    order.push_back(calendar.first());
    calendar.cancel(calendar.first());
  }
  CHECK(order == std::vector<std::size_t>{5, 3, 2, 4, 1, 0});
}

TEST_CASE("rescheduling a slot puts it behind its equals") {
  Calendar calendar(4);
  calendar.schedule(0, 1);
  calendar.schedule(1, 1);
  calendar.schedule(0, 1);
  CHECK(calendar.first() == 1);
}

TEST_CASE("a step that is scheduled later keeps the stream that it has reserved") {
  Calendar calendar(4);
  const auto first = calendar.reserve();
  calendar.schedule(0, 1);
  const auto last = calendar.reserve();
  calendar.schedule(1, 1, Rank::tick);
  calendar.schedule_reserved(2, 1, last);
  calendar.schedule_reserved(3, 1, first);
  std::vector<std::size_t> order;
  while (calendar.time_of(calendar.first()) < Calendar::never) {
    order.push_back(calendar.first());
    calendar.cancel(calendar.first());
  }
  CHECK(order == std::vector<std::size_t>{1, 3, 0, 2});
}

TEST_CASE("an empty calendar never has anything") {
  Calendar calendar(3);
  CHECK(calendar.time_of(calendar.first()) == Calendar::never);
  CHECK_FALSE(calendar.pending(0));
  calendar.schedule(2, 0.0);
  CHECK(calendar.pending(2));
  CHECK(calendar.first() == 2);
  calendar.clear();
  CHECK(calendar.time_of(calendar.first()) == Calendar::never);
}

TEST_CASE("the calendar agrees with an ordered map under random use, also while it grows") {
  std::mt19937 random(12345);
  Calendar calendar(4);
  std::map<std::tuple<double, int, unsigned>, std::size_t> reference;
  std::map<std::size_t, std::tuple<double, int, unsigned>> keys;
  unsigned scheduled = 0;
  for (int step = 0; step < 20'000; ++step) {
    if (step % 4000 == 3999) calendar.grow(calendar.slots() * 2);
    const std::size_t slot = random() % calendar.slots();
    const auto forget = [&](std::size_t which) {
      if (const auto at = keys.find(which); at != keys.end()) {
        reference.erase(at->second);
        keys.erase(at);
      }
    };
    if (random() % 3 == 0) {
      calendar.cancel(slot);
      forget(slot);
    } else {
      forget(slot);
      const double time = static_cast<double>(random() % 50);
      const int rank = static_cast<int>(random() % 4);
      calendar.schedule(slot, time, static_cast<Rank>(rank));
      keys[slot] = {time, rank, scheduled++};
      reference[keys[slot]] = slot;
    }
    if (reference.empty()) {
      REQUIRE(calendar.time_of(calendar.first()) == Calendar::never);
    } else {
      REQUIRE(calendar.first() == reference.begin()->second);
      REQUIRE(calendar.time_of(calendar.first()) == std::get<0>(reference.begin()->first));
    }
  }
}
