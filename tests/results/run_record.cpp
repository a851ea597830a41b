#include "results/run_record.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

TEST_CASE("What differs between equal runs is in the side file") {
  const test::TemporaryFolder folder;
  const auto path = folder / "run.h5";
  CHECK(run_record_path(path) == folder / "run.run.json");
  CHECK(run_record_path("a/word0.2") == "a/word0.2.run.json");
  CHECK(run_record_path("a/word0.9") == "a/word0.9.run.json");
  CHECK(run_record_path("word.v2.nc") == "word.v2.run.json");
  test::write_bytes(run_record_path(path), "old");
  using namespace std::chrono_literals;
  write_run_record(path, {.started = std::chrono::system_clock::time_point(1737244800s),
                          .threads = 4,
                          .seconds = 0.5,
                          .trials = 1000,
                          .events = 70'000});
  const auto json = nlohmann::json::parse(test::bytes_of(run_record_path(path)));
  CHECK(json["results"] == "run.h5");
  CHECK(json["started"] == "2025-01-19T00:00:00Z");
  CHECK(json["threads"] == 4);
  CHECK(json["seconds"] == 0.5);
  CHECK(json["trials"] == 1000);
  CHECK(json["trials_per_second"] == 2000);
  CHECK(json["events_per_second"] == 140'000);
  CHECK_FALSE(json["host"].get<std::string>().empty());
  CHECK(folder.names().size() == 1);
  CHECK_THROWS_AS(write_run_record(folder / "missing/run.h5", {}), ResultsError);
}
