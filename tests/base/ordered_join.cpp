#include "base/ordered_join.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/catch.hpp"

using truce::base::OrderedJoin;
using truce::base::Stretch;

namespace {

using Join = OrderedJoin<std::uint64_t>;
using Room = Join::Room;

/// Ends of stretches of one, two, three, one, ... places, up to `end`.
auto cut_until(std::uint64_t end) {
  return [end](std::uint64_t begin) { return std::min(begin + begin % 3 + 1, end); };
}

}  // namespace

TEST_CASE("results come in order, in whatever order they are given") {
  std::mt19937 random(1);
  for (int repetition = 0; repetition < 200; ++repetition) {
    std::vector<std::uint64_t> seen;
    Join join(5, 4, [&](std::uint64_t begin) {
      seen.push_back(begin);
      return true;
    });
    std::vector<Stretch> out;
    std::vector<std::uint64_t> handed_out;
    for (bool more = true; more || !out.empty();) {
      while (const auto stretch = join.take(Room::now, cut_until(60))) {
        out.push_back(*stretch);
        handed_out.push_back(stretch->begin);
      }
      more = !handed_out.empty() && out.size() == 4;
      CHECK(out.size() <= 4);
      if (out.empty()) break;
      std::ranges::shuffle(out, random);
      join.give(out.back(), out.back().begin);
      out.pop_back();
    }
    CHECK(seen == handed_out);
    CHECK(handed_out.front() == 5);
    CHECK(std::ranges::is_sorted(handed_out));
  }
}

TEST_CASE("nobody runs further ahead than the window") {
  Join join(0, 2, [](std::uint64_t) { return true; });
  const auto first = join.take(Room::now, cut_until(100));
  const auto second = join.take(Room::now, cut_until(100));
  REQUIRE(first);
  REQUIRE(second);
  CHECK_FALSE(join.take(Room::now, cut_until(100)));
  join.give(*second, 0);  // waits for the first
  CHECK_FALSE(join.take(Room::now, cut_until(100)));
  join.give(*first, 0);
  CHECK(join.take(Room::now, cut_until(100)));
}

TEST_CASE("threads that wait for room go on in order, and stop is heard") {
  std::uint64_t next = 0;
  Join join(0, 3, [&](std::uint64_t begin) {
    CHECK(begin == next);
    next = begin + 1;
    return true;
  });
  const auto end_of = [](std::uint64_t begin) { return std::min<std::uint64_t>(begin + 1, 2000); };
  const auto work = [&] {
    while (const auto stretch = join.take(Room::wait, end_of)) join.give(*stretch, stretch->begin);
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(work);
  }
  CHECK(next == 2000);

  Join full(0, 1, [](std::uint64_t) { return true; });
  REQUIRE(full.take(Room::now, end_of));
  std::jthread waits([&] { CHECK_FALSE(full.take(Room::wait, end_of)); });
  full.stop();
}

TEST_CASE("after the consumer has enough, or throws, nothing more is joined or handed out") {
  const bool throws = GENERATE(false, true);
  std::vector<std::uint64_t> seen;
  Join join(0, 10, [&](std::uint64_t begin) {
    seen.push_back(begin);
    if (begin >= 1 && throws) throw std::runtime_error("full");
    return begin < 1;
  });
  const auto end_of = [](std::uint64_t begin) { return begin + 1; };
  std::vector<Stretch> out;
  for (int i = 0; i < 4; ++i) out.push_back(*join.take(Room::now, end_of));
  join.give(out[0], 0);
  join.give(out[2], 2);
  if (throws) {
    CHECK_THROWS_WITH(join.give(out[1], 1), "full");
  } else {
    join.give(out[1], 1);
  }
  join.give(out[3], 3);
  CHECK(seen == std::vector<std::uint64_t>{0, 1});
  CHECK_FALSE(join.take(Room::wait, end_of));
}

TEST_CASE("what is out when it is stopped is still joined") {
  std::vector<std::uint64_t> seen;
  Join join(0, 10, [&](std::uint64_t begin) {
    seen.push_back(begin);
    return true;
  });
  const auto end_of = [](std::uint64_t begin) { return begin + 1; };
  const auto first = join.take(Room::now, end_of);
  join.stop();
  CHECK_FALSE(join.take(Room::now, end_of));
  join.give(*first, 0);
  CHECK(seen == std::vector<std::uint64_t>{0});
}
