#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "results/run_writer.hpp"
#include "study/executor.hpp"
#include "study/run.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/sanitized.hpp"

using namespace truce;

namespace {

/// One thread that holds as many units as it may, and runs and gives them back in an order of its
/// own: the last first, or one drawn from `seed`.
class OutOfOrder : public study::Executor {
 public:
  OutOfOrder(std::size_t window, std::uint32_t seed) : window_(window), random_(seed) {}

  [[nodiscard]] std::size_t window() const override { return window_; }

  unsigned run(study::Job& job) override {
    std::vector<study::Job::Worker> workers = {job.worker(), job.worker(), job.worker()};
    std::vector<study::Unit> out;
    std::vector<study::FinishedUnit> late;
    for (;;) {
      while (const auto unit = job.take(study::Job::Room::now)) out.push_back(*unit);
      if (out.empty() && late.empty()) return 3;
      if (seed_drawn()) std::ranges::shuffle(out, random_);
      while (!out.empty()) {
        late.push_back(workers[random_() % workers.size()](out.back()));
        out.pop_back();
      }
      // Some of them come later than those that are handed out next.
      std::ranges::shuffle(late, random_);
      const std::size_t kept = late.size() > 1 ? random_() % late.size() : 0;
      while (late.size() > kept) {
        job.give(std::move(late.back()));
        late.pop_back();
        job.tick();
        if (random_() % 4 == 0) job.help();
      }
    }
  }

 private:
  bool seed_drawn() { return random_() % 2 == 0; }

  std::size_t window_;
  std::mt19937 random_;
};

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The file that a run writes.
std::string file_of(const scenario::Loaded& loaded, const study::RunSettings& settings,
                    study::Executor& executor) {
  const auto path = std::filesystem::temp_directory_path() / "truce_executors.h5";
  results::RunWriter writer(path, study::schema_of(loaded, settings, "test"),
                            results::OverwritePolicy::replace, 1);
  study::Listener listener;
  listener.block = [&](results::Block&& block) {
    writer.take(std::move(block));
    return study::Verdict::go_on;
  };
  listener.help = [&] { return writer.help(); };
  const std::atomic<bool> stop = false;
  const auto report = study::run_trials(loaded.model, settings, listener, stop, executor);
  CHECK(report.trials == settings.trials);
  writer.finish(results::Completion::complete);
  const std::string bytes = bytes_of(path);
  std::filesystem::remove(path);
  return bytes;
}

}  // namespace

TEST_CASE("a file does not depend on who ran the units, nor on their order") {
  const std::string name = GENERATE("neutral-a-b", "cairo-three-phase");
  const auto loaded = test::loaded(test::shipped(name + ".yaml"));
  study::RunSettings settings{.trials = test::sanitized ? 2500U : 5000U, .chronicle = 3};
  settings.simulator.parameters = model::ParameterSource::from_priors;
  study::Threads one(1);
  study::Threads many(5);
  const std::string expected = file_of(loaded, settings, one);
  CHECK(expected.size() > 10'000);
  CHECK((file_of(loaded, settings, many) == expected));
  for (std::uint32_t seed = 0; seed < (test::sanitized ? 2 : 6); ++seed) {
    OutOfOrder executor(1 + 3 * seed, seed);
    CAPTURE(seed);
    CHECK((file_of(loaded, settings, executor) == expected));
  }
}

TEST_CASE("units go to whatever workers there are, and what is late after enough is left out") {
  const auto loaded = test::neutral();
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    OutOfOrder executor(7, seed);
    std::uint64_t seen = 0;
    study::Listener listener;
    listener.block = [&](const results::Block& block) {
      CHECK(block.first == seen);
      seen += block.status.size();
      return block.first >= 1024 ? study::Verdict::enough : study::Verdict::go_on;
    };
    const std::atomic<bool> stop = false;
    const auto report =
        study::run_trials(loaded.model, {.trials = 100'000}, listener, stop, executor);
    CHECK(report.trials == 2 * study::block_trials);
    CHECK(seen == report.trials);
    CHECK(report.threads == 3);
    CHECK(report.events > 0);
    CHECK_FALSE(report.interrupted);
  }
}
