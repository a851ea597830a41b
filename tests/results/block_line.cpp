// Blocks on their way into a file, with conversions and parts that take as long as is worst.

#include "results/detail/block_line.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

#include "support/catch.hpp"

using namespace truce::results;

namespace {

Block block_at(std::uint64_t first) {
  return {.first = first, .status = {Status::completed}};
}

StoredBlock plain(const Block& block) {
  return {.first = block.first, .status = block.status};
}

/// What help says or throws.
std::string told(BlockLine& line) {
  try {
    return line.help(1) ? "helped" : "nothing to do";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("of blocks that cannot be converted the first is told of, whichever is found first") {
  const auto [unfit, expected] = GENERATE(table<std::set<std::uint64_t>, std::string>(
      {{{0, 1}, "block 0"}, {{1, 2}, "block 1"}, {{0, 2}, "block 0"}, {{2}, "block 2"}}));
  std::latch begun(1);
  std::latch others_done(1);
  const auto convert = [&, unfit = unfit](const Block& block) {
    if (block.first == 0) {
      begun.count_down();
      others_done.wait();
    }
    if (unfit.contains(block.first)) {
      throw std::runtime_error("block " + std::to_string(block.first));
    }
    return plain(block);
  };
  std::uint64_t served = 0;
  BlockLine line(1, convert,
                 [&](std::size_t, BlockLine::Blocks blocks) { served += blocks.size(); });
  for (std::uint64_t i = 0; i < 3; ++i) line.push(block_at(i));
  auto slow = std::async(std::launch::async, [&] { return told(line); });
  begun.wait();
  CHECK(told(line) == "helped");
  CHECK(told(line) == "helped");
  others_done.count_down();
  CHECK(slow.get() == expected);
  CHECK(told(line) == expected);
  CHECK_THROWS_WITH(line.help_or_wait(), expected);
  CHECK(served == 0);
}

TEST_CASE("what a part throws is thrown from then on, also to those who wait") {
  std::latch begun(1);
  std::latch told_of(1);
  BlockLine line(1, plain, [&](std::size_t, BlockLine::Blocks) {
    begun.count_down();
    told_of.wait();
    throw std::runtime_error("the disk is full");
  });
  line.push(block_at(0));
  CHECK(told(line) == "helped");  // converted
  auto part = std::async(std::launch::async, [&] { return told(line); });
  begun.wait();
  auto waits = std::async(std::launch::async, [&] {
    while (line.help_or_wait()) {
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  told_of.count_down();
  CHECK(part.get() == "the disk is full");
  CHECK_THROWS_WITH(waits.get(), "the disk is full");
  CHECK(told(line) == "the disk is full");
}

TEST_CASE("where a part is slow, whoever brings blocks waits for it, and memory is bounded") {
  constexpr std::size_t room = 3;
  std::latch open(1);
  std::vector<std::uint64_t> slow;
  std::atomic<std::uint64_t> quick = 0;
  BlockLine line(2, plain, [&](std::size_t part, BlockLine::Blocks blocks) {
    if (part == 0) open.wait();
    for (const auto& block : blocks) {
      if (part == 0) {
        slow.push_back(block->first);
      } else {
        ++quick;
      }
    }
  });
  line.push(block_at(0));
  CHECK(line.help(1));
  auto disk = std::async(std::launch::async, [&] { return line.help(1); });
  std::atomic<std::uint64_t> pushed = 1;
  auto brings = std::async(std::launch::async, [&] {
    while (pushed < 50) {
      line.push(block_at(pushed++));
      while (line.waiting() > room && line.help_or_wait()) {
      }
    }
    while (line.help_or_wait()) {
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(pushed <= room + 1);
  open.count_down();
  CHECK(disk.get());
  brings.get();
  CHECK(line.waiting() == 0);
  CHECK(quick == 50);
  std::vector<std::uint64_t> all(50);
  std::iota(all.begin(), all.end(), 0);
  CHECK(slow == all);
  CHECK_FALSE(line.help_or_wait());
}
