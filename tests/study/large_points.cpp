#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "results/study_writer.hpp"
#include "study/detail/large_point.hpp"
#include "study/detail/large_point_queue.hpp"
#include "study/detail/study_on_ranks.hpp"
#include "study/detail/study_parts.hpp"
#include "study/run_parts.hpp"
#include "study/study_file.hpp"
#include "support/catch.hpp"
#include "support/planned.hpp"
#include "support/sanitized.hpp"
#include "support/simulated_ranks.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t trials = 270'000;  // large, as these points are

/// A study of two large points, of which one lacks what the other counts, and in which trials fail.
class LargeStudy {
 public:
  explicit LargeStudy(std::optional<std::uint64_t> keep)
      : plan(test::planned(folder / "", R"yaml(truce: 2
horizon: 3
parameters: {rate: 0.1}
incidents:
  shot: {rate: rate, while: true}
levels: {x: "uniform(0.5, 1.0005)"}
triggers: {risky: {at: 1, chance: x, do: [{signal: lucky}]}}
outcomes: {shots: {value: shot.occurred}, lucky: {value: lucky}}
timelines: [shot.occurred]
)yaml",
                           fmt::format(R"(study: 1
scenario: shots.yaml
trials: {}
design: {{kind: grid}}
vary: {{rate: [0.7]}}
variants:
  as_written: {{}}
  counted: {{outcomes: {{half: {{value: shot.occurred / 2}}}}}}
)",
                                       trials),
                           keep)) {}

  [[nodiscard]] const std::vector<std::uint32_t>& points() const { return plan.schema().contained; }
  /// The study as one process runs it that keeps no parts.
  [[nodiscard]] std::string at_once() const {
    const fs::path file = folder / "at_once.h5";
    results::StudyWriter writer(file, plan.schema(), results::OverwritePolicy::replace);
    study::StudyListener listener;
    listener.point = [&](std::uint32_t, const results::PointResults& point) {
      writer.append(point);
    };
    study::run_study(plan, points(), 2, listener, never);
    writer.finish();
    return test::bytes_of(file);
  }

  test::TemporaryFolder folder;
  study::Plan plan;
  std::atomic<bool> never = false;
};

}  // namespace

TEST_CASE("a large point is the same in parts, of one process and of ranks, as at once") {
  for (const std::optional<std::uint64_t> keep :
       {std::optional<std::uint64_t>(), std::optional<std::uint64_t>(150'000),
        std::optional<std::uint64_t>(0)}) {
    if (test::sanitized && keep != 150'000) continue;
    CAPTURE(keep.value_or(trials));
    const LargeStudy study(keep);
    REQUIRE(study::has_large_points(study.plan));
    const std::string at_once = study.at_once();
    if (!keep) {  // failures are told, and are few
      const results::StudyReader reader(study.folder / "at_once.h5");
      REQUIRE(reader.failures().size() == 2);
      CHECK(reader.failures().front().failed > 100);
      CHECK(reader.failures().front().failed < 1000);
    }
    const fs::path output = study.folder / "parts.h5";
    const auto run = [&](study::Ranks* ranks) {
      return study::run_study_to_file(study.plan, study::all_of(study.plan), 1, output,
                                      results::OverwritePolicy::replace, {}, study.never, ranks);
    };
    // What an earlier attempt has left: other stretches than those that are cut now.
    fs::create_directory(study::parts_folder(output));
    {
      const study::LargePoint large(study.plan, {{1}}, 1, study::parts_folder(output));
      REQUIRE(large.missing() == std::vector{results::TrialRange{0, trials}});
      study::run_part(large.run(), {40'000, 41'000}, {}, study.never);
      study::run_part(large.run(), {140'000, 160'001}, {}, study.never);
      CHECK(large.missing() == std::vector{results::TrialRange{0, 40'000},
                                           results::TrialRange{41'000, 140'000},
                                           results::TrialRange{160'001, trials}});
    }
    const auto report = run(nullptr);
    CHECK(report.trials == 2 * trials - 21'001);
    CHECK((test::bytes_of(output) == at_once));
    CHECK_FALSE(fs::exists(study::parts_folder(output)));
    std::map<std::uint64_t, std::size_t> tasks;
    const study::Share all = study::all_of(study.plan);
    const fs::path parts = study::parts_folder(output);
    SimulatedRanks ranks(3, [&](const study::Message& task) {
      ++tasks[task.numbers.at(0)];
      const auto answer = study::serve_study({study.plan, all, parts}, 1, task, study.never);
      return SimulatedRanks::Done{answer, 1e-5 * static_cast<double>(answer.numbers.at(1))};
    });
    const auto on_ranks = run(&ranks);
    CHECK(on_ranks.points == 2);
    CHECK(on_ranks.trials == 2 * trials);
    CHECK(tasks[1] > 6);   // stretches of trials
    CHECK(tasks[2] == 2);  // joins
    CHECK((test::bytes_of(output) == at_once));
    CHECK_FALSE(fs::exists(study::parts_folder(output)));
  }
}

TEST_CASE("parts of a large point belong to it alone") {
  const LargeStudy study(0);
  const fs::path parts = study::parts_folder(study.folder / "out.h5");
  fs::create_directory(parts);
  const study::LargePoint first(study.plan, {{0}}, 1, parts);
  const study::LargePoint second(study.plan, {{1}}, 1, parts);
  static_cast<void>(first.missing());
  static_cast<void>(second.missing());
  study::run_part(first.run(), {0, 1000}, {}, study.never);
  const fs::path file = *fs::directory_iterator(study::parts_folder(first.run().output));
  fs::copy(file, study::parts_folder(second.run().output) / file.filename());
  CHECK(first.missing().front().first == 1000);
  CHECK_THROWS_WITH(second.missing(), Catch::Contains("the scenario differs"));
}

TEST_CASE("each trial of large points is run once, and a point put together once it has them all") {
  std::mt19937 random(7);
  for (int repetition = 0; repetition < test::repeated(300); ++repetition) {
    const auto number = [&](std::uint64_t most) {
      return std::uniform_int_distribution<std::uint64_t>(0, most)(random);
    };
    constexpr std::uint64_t most = 5000;
    std::map<std::uint32_t, std::vector<results::TrialRange>> missing;
    std::vector<std::uint32_t> points;
    for (std::uint32_t point = 0; point < 6; ++point) {
      points.push_back(10 + point);
      auto& of = missing[10 + point];
      for (std::uint64_t at = number(1000); at < most; at += 1 + number(2000)) {
        const std::uint64_t first = at;
        at = std::min(most, at + 1 + number(3000));
        of.push_back({first, at});
      }
    }
    study::LargePointQueue queue(points, most,
                                 [&](std::uint32_t point) { return missing.at(point); });
    study::TaskSize size(3, 60);
    std::vector<study::LargePointQueue::Task> out;
    std::map<std::uint32_t, std::set<std::uint64_t>> done;
    std::set<std::uint32_t> joined;
    while (true) {
      const auto task = out.size() < 4 ? queue.next(size) : std::nullopt;
      if (!task && out.empty()) break;
      if (!task) {
        const auto at = out.begin() + static_cast<std::ptrdiff_t>(number(out.size() - 1));
        const auto finished = *at;
        out.erase(at);
        for (auto t = finished.trials.first; t < finished.trials.end; ++t) {
          CHECK(done[finished.point].insert(t).second);
        }
        size.measure(finished.trials.end - finished.trials.first, 1.0);
        queue.end(finished);
      } else if (task->trials == results::TrialRange{}) {
        CHECK(joined.insert(task->point).second);
        std::uint64_t wanted = 0;
        for (const auto& range : missing.at(task->point)) wanted += range.end - range.first;
        CHECK(done[task->point].size() == wanted);
      } else {
        CHECK_FALSE(joined.contains(task->point));
        out.push_back(*task);
      }
    }
    CHECK(joined.size() == points.size());
  }
}
