#include <fmt/format.h>

#include <atomic>
#include <set>

#include "results/study_reader.hpp"
#include "results/study_writer.hpp"
#include "study/detail/study_on_ranks.hpp"
#include "study/run_parts.hpp"
#include "study/share.hpp"
#include "study/study_file.hpp"
#include "support/catch.hpp"
#include "support/planned.hpp"
#include "support/sanitized.hpp"
#include "support/simulated_ranks.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;

namespace {

namespace fs = std::filesystem;

/// A study of five points, in which some trials fail.
class FivePoints {
 public:
  explicit FivePoints(const std::string& trials, std::optional<std::uint64_t> keep = {})
      : plan(test::planned(folder / "", R"yaml(truce: 2
horizon: 3
parameters: {rate: 0.1}
incidents:
  shot: {rate: rate, while: true}
levels: {x: "uniform(0.5, 1.005)"}
triggers: {risky: {at: 1, chance: x}}
outcomes: {shots: {value: shot.occurred}, half: {value: shot.occurred / 2}}
timelines: [shot.occurred]
)yaml",
                           "study: 1\nscenario: shots.yaml\ndesign: {kind: grid}\n"
                           "vary: {rate: [0.1, 0.4, 0.7, 1, 1.3]}\n" +
                               trials,
                           keep)) {}

  study::StudyReport run(const study::Share& share, const fs::path& name,
                         study::Ranks* ranks = nullptr) const {
    return study::run_study_to_file(plan, share, 1, folder / name,
                                    results::OverwritePolicy::replace, {}, never, ranks);
  }

  test::TemporaryFolder folder;
  study::Plan plan;
  std::atomic<bool> never = false;
};

}  // namespace

TEST_CASE("shares have each trial of each point once, and none is empty or much larger") {
  constexpr std::uint64_t trials = 7;
  const FivePoints study(fmt::format("trials: {}\n", trials));
  REQUIRE(study::most_shares(study.plan) == 35);
  for (std::uint32_t n = 1; n <= 35; ++n) {
    CAPTURE(n);
    std::set<std::pair<std::uint32_t, std::uint64_t>> met;
    std::size_t least = 35;
    std::size_t most = 0;
    for (std::uint32_t k = 1; k <= n; ++k) {
      const study::Share share = study::share_of(study.plan, k, n);
      const auto [first, end] = share.stretch.value_or(results::TrialRange{0, trials});
      CHECK((!share.stretch || share.points.size() == 1));
      const std::size_t before = met.size();
      for (const std::uint32_t point : share.points) {
        for (std::uint64_t trial = first; trial < end; ++trial) {
          CHECK(met.insert({point, trial}).second);
        }
      }
      least = std::min(least, met.size() - before);
      most = std::max(most, met.size() - before);
    }
    CHECK(met.size() == 35);
    CHECK(least > 0);
    // Points are whole where there are enough, and else their shares differ in number by one.
    CHECK(most <= (n % 5 == 0 ? least + 1 : 2 * least + 1));
  }
}

TEST_CASE("points that stop by themselves are not divided") {
  const FivePoints study("precision: {outcome: shots, half_width: 0.5, at_most: 2000}\n");
  CHECK(study::most_shares(study.plan) == 5);
  for (std::uint32_t k = 1; k <= 5; ++k) {
    const study::Share share = study::share_of(study.plan, k, 5);
    CHECK(share.points == std::vector{k - 1});
    CHECK_FALSE(share.stretch);
  }
}

TEST_CASE("shares of points join to the file of the study, whatever trials keep their rows") {
  constexpr std::uint64_t trials = 5'000;
  for (const auto keep : {std::optional<std::uint64_t>(), std::optional<std::uint64_t>(3'000),
                          std::optional<std::uint64_t>(0)}) {
    if (test::sanitized && keep != 3'000) continue;
    CAPTURE(keep.value_or(trials));
    const FivePoints study(fmt::format("trials: {}\n", trials), keep);
    study.run(study::all_of(study.plan), "whole.h5");
    constexpr std::uint32_t n = 7;
    std::vector<fs::path> files;
    for (std::uint32_t k = n; k >= 1; --k) {
      files.push_back(study.folder / fmt::format("{}.h5", k));
      const auto share = study::share_of(study.plan, k, n);
      const auto report = study.run(share, files.back().filename());
      const results::StudyReader reader(files.back());
      CHECK(reader.schema().stretch == share.stretch);
      CHECK(reader.trials() == report.trials);
      CHECK_FALSE(reader.schema().whole());
    }
    const fs::path joined = study.folder / "joined.h5";
    results::join_studies(joined, files, results::OverwritePolicy::replace);
    CHECK((test::bytes_of(joined) == test::bytes_of(study.folder / "whole.h5")));
  }
}

TEST_CASE("a share of a point is the same on ranks, and goes on from what is finished") {
  const FivePoints study("trials: 10000\n");
  const study::Share share = study::share_of(study.plan, 2, 10);
  REQUIRE(share.stretch == results::TrialRange{5'120, 10'000});
  study.run(share, "threads.h5");
  const fs::path folder = study::parts_folder(study.folder / "ranks.h5");
  std::atomic<bool> stop = false;
  std::size_t tasks = 0;
  std::size_t until = 3;
  SimulatedRanks ranks(3, [&](const study::Message& task) {
    if (++tasks > until) stop = true;
    const auto answer = study::serve_study({study.plan, share, folder}, 1, task, stop);
    return SimulatedRanks::Done{answer, 1e-3 * static_cast<double>(answer.numbers.at(1))};
  });
  const auto first = study.run(share, "ranks.h5", &ranks);
  CHECK(first.interrupted);
  CHECK(first.trials > 0);
  CHECK(fs::exists(folder));
  CHECK_THROWS_WITH(study.run(study::share_of(study.plan, 1, 10), "ranks.h5"),
                    Catch::Contains("the shard differs"));
  CHECK_THROWS_WITH(study.run(study::all_of(study.plan), "ranks.h5"),
                    Catch::Contains("the shard differs"));
  stop = false;
  until = 1'000;
  const auto second = study.run(share, "ranks.h5", &ranks);
  CHECK_FALSE(second.interrupted);
  CHECK(first.trials + second.trials == 4'880);
  CHECK_FALSE(fs::exists(folder));
  const auto bytes = [&](const char* name) { return test::bytes_of(study.folder / name); };
  CHECK((bytes("ranks.h5") == bytes("threads.h5")));
}
