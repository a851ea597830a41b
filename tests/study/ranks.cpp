#include "study/ranks.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "study/detail/run_on_ranks.hpp"
#include "study/run_file.hpp"
#include "study/run_parts.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/sanitized.hpp"
#include "support/simulated_ranks.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;

namespace {

scenario::Loaded small() {
  return test::loaded(
      "truce: 2\nhorizon: 10\nincidents: {shot: {rate: 0.1, while: true}}\n"
      "outcomes: {shots: {value: shot.occurred}}\n");
}

bool is_join(const study::Message& task) {
  return task.numbers.at(0) == 1;
}

}  // namespace

TEST_CASE("ranks put together the many parts of a run, and the file is that of one process") {
  const auto loaded = small();
  const std::atomic<bool> stop = false;
  const test::TemporaryFolder folder;
  // Many more than are put together at a time, or somewhat fewer, which are at the end.
  struct Case {
    std::uint64_t trials, kept;
    std::size_t joins;
  };
  for (const auto& [trials, kept, least_joins] : {Case{600, 1000, 2}, Case{280, 250, 1}}) {
    if (test::sanitized && trials > 300) continue;  // each part takes a tenth of a second
    study::RunSettings settings{.trials = trials, .threads = 1};
    settings.keep = kept;
    study::RunFile file{.model = loaded.model,
                        .schema = study::schema_of(loaded, settings, "test"),
                        .settings = settings,
                        .output = folder / "one.h5",
                        .policy = results::OverwritePolicy::replace};
    study::run_to_file(file, {}, stop);
    file.output = folder / "ranks.h5";
    std::size_t joins = 0;
    std::size_t most_files = 0;
    SimulatedRanks ranks(3, [&](const study::Message& task) {
      study::Message answer = study::serve_run(file, task, stop);
      const auto files = std::filesystem::directory_iterator(study::parts_folder(file.output));
      most_files = std::max(most_files, static_cast<std::size_t>(std::distance(
                                            begin(files), std::filesystem::end(files))));
      if (is_join(task)) {
        ++joins;
        return SimulatedRanks::Done{answer, 1};
      }
      // So slow that each trial is a part.
      const double seconds = 100.0 * static_cast<double>(answer.numbers.at(0));
      answer.numbers.at(3) = static_cast<std::uint64_t>(1e6 * seconds);
      return SimulatedRanks::Done{answer, seconds};
    });
    file.ranks = &ranks;
    const auto report = study::run_to_file(file, {}, stop);
    CHECK(report.run.trials == trials);
    CHECK(joins >= least_joins);
    CHECK(most_files < 300);
    CHECK((test::bytes_of(file.output) == test::bytes_of(folder / "one.h5")));
    CHECK_FALSE(std::filesystem::exists(study::parts_folder(file.output)));
  }
}

TEST_CASE("a rank that is told to stop is given no more, nor are the others") {
  const auto loaded = small();
  const std::atomic<bool> stop = false;
  const std::atomic<bool> stopped = true;
  const test::TemporaryFolder folder;
  const study::RunSettings settings{.trials = test::sanitized ? 60U : 300U, .threads = 1};
  study::RunFile file{.model = loaded.model,
                      .schema = study::schema_of(loaded, settings, "test"),
                      .settings = settings,
                      .output = folder / "one.h5"};
  study::run_to_file(file, {}, stop);
  file.output = folder / "ranks.h5";
  std::size_t runs = 0;
  std::size_t told_to_stop = 20;  // the number of that task
  SimulatedRanks ranks(3, [&](const study::Message& task) {
    const bool stops = !is_join(task) && ++runs == told_to_stop;
    study::Message answer = study::serve_run(file, task, stops ? stopped : stop);
    if (is_join(task)) return SimulatedRanks::Done{answer, 1};
    const double seconds = 100.0 * static_cast<double>(answer.numbers.at(0));
    answer.numbers.at(3) = static_cast<std::uint64_t>(1e6 * seconds);
    return SimulatedRanks::Done{answer, seconds};
  });
  file.ranks = &ranks;
  CHECK(study::run_to_file(file, {}, stop).run.interrupted);
  CHECK(runs <= told_to_stop + 2);  // those that the others had
  CHECK_FALSE(std::filesystem::exists(file.output));

  told_to_stop = 0;
  CHECK_FALSE(study::run_to_file(file, {}, stop).run.interrupted);
  CHECK((test::bytes_of(file.output) == test::bytes_of(folder / "one.h5")));
}

TEST_CASE("10^4 ranks run 10^12 trials: few messages, few files for rank 0, nobody waits") {
  const auto loaded = small();
  const std::atomic<bool> stop = false;
  constexpr unsigned workers = test::repeated(10'000U) - 1;
  constexpr std::uint64_t trials = 100'000'000 * std::uint64_t{workers + 1};
  constexpr double second_a_trial = 40e-6;  // cairo-three-phase with its statistics
  constexpr double seconds_a_join = 0.04;   // of one of its files
  study::RunSettings settings{.trials = trials, .threads = 1};
  settings.keep = 0;
  study::RunFile file{.model = loaded.model,
                      .schema = study::schema_of(loaded, settings, "test"),
                      .settings = settings,
                      .output = "unused.h5"};
  std::uint64_t parts = 0;  // files, those in work among them
  std::uint64_t most_parts = 0;
  std::uint64_t joins = 0;
  SimulatedRanks ranks(workers, [&](const study::Message& task) {
    if (is_join(task)) {
      ++joins;
      parts -= 255;
      return SimulatedRanks::Done{{}, 256 * seconds_a_join};
    }
    most_parts = std::max(most_parts, ++parts);
    const std::uint64_t n = task.numbers.at(2) - task.numbers.at(1);
    const double seconds = static_cast<double>(n) * second_a_trial;
    return SimulatedRanks::Done{
        {.numbers = {n, 0, 0, static_cast<std::uint64_t>(1e6 * seconds), 0}}, seconds};
  });
  file.ranks = &ranks;
  study::RunReport report;
  study::TaskSize size(workers, file.part_seconds);
  study::run_on_ranks(file, {{0, trials}}, size, report, {}, stop);
  CHECK(report.trials == trials);
  const double ideal = trials * second_a_trial / ranks.workers();
  INFO("messages each way " << ranks.messages << ", bytes " << ranks.bytes << ", joins by ranks "
                            << joins << ", most files " << most_parts << ", left " << parts
                            << ", seconds " << ranks.end() << " of at least " << ideal
                            << ", worked " << ranks.worked / ranks.end() / ranks.workers());
  CHECK(ranks.messages < 1'500'000);
  CHECK(ranks.bytes < 250'000'000);
  CHECK(parts < 6'000);
  CHECK(most_parts < 30'000);
  CHECK(ranks.end() < 1.02 * ideal);
  CHECK(ranks.worked > 0.98 * ranks.end() * ranks.workers());
}
