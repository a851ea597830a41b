#include "model/trial/pool.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace truce::model;

namespace {

struct Record {
  int value = 3;
};

std::vector<std::size_t> ids_of(const Pool<DelayedId, Record>& pool) {
  std::vector<std::size_t> ids;
  for (const DelayedId id : pool.ids()) ids.push_back(id.index());
  return ids;
}

}  // namespace

TEST_CASE("records are given back and out again, the last first, as new") {
  Pool<DelayedId, Record> pool;
  const DelayedId a = pool.acquire();
  const DelayedId b = pool.acquire();
  const DelayedId c = pool.acquire();
  CHECK(a.index() == 0);
  CHECK(c.index() == 2);
  pool[a].value = pool[b].value = pool[c].value = 9;
  pool.release(a);
  pool.release(b);
  CHECK(pool[a].value == 3);
  CHECK(ids_of(pool) == std::vector<std::size_t>{0, 1, 2});
  CHECK(pool.acquire() == b);
  CHECK(pool[b].value == 3);
  CHECK(pool[c].value == 9);
  CHECK(pool.acquire() == a);
  CHECK(pool.acquire().index() == 3);
}

TEST_CASE("a pool that is cleared gives out what a new one does") {
  Pool<DelayedId, Record> pool;
  for (int i = 0; i < 100; ++i) pool[pool.acquire()].value = 9;
  for (std::size_t i = 0; i < 100; i += 3) pool.release(DelayedId{i});
  pool.clear();
  CHECK(ids_of(pool).empty());
  for (std::size_t i = 0; i < 100; ++i) {
    const DelayedId id = pool.acquire();
    REQUIRE(id.index() == i);
    REQUIRE(pool[id].value == 3);
  }
  for (std::size_t i = 0; i < 100; ++i) pool.release(DelayedId{i});
  CHECK(pool.acquire().index() == 99);
}

TEST_CASE("free ids come back in the reverse order of their giving") {
  FreeIds<SlotId> free;
  CHECK(free.empty());
  free.make_room(2);
  free.give(SlotId{4});
  free.give(SlotId{7});
  free.make_room(1);  // there is more already
  CHECK(free.size() == 2);
  CHECK(free.take() == SlotId{7});
  CHECK(free.take() == SlotId{4});
  CHECK(free.empty());
  free.give(SlotId{1});
  free.clear();
  CHECK(free.empty());
}
