// Text and JSON for those who asked.

#include <nlohmann/json.hpp>
#include <sstream>

#include "results/detail/utf8.hpp"
#include "results/disclaimer.hpp"
#include "results/run_reader.hpp"
#include "results/summary_json.hpp"
#include "results/summary_text.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

namespace {

struct Fixture {
  Fixture() { test::Sample(3000, test::Sample::Size::small).write(folder / "run.h5"); }

  test::TemporaryFolder folder;
};

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// A summary with numbers that are easy to follow.
RunSummary small_summary() {
  RunSummary run;
  run.schema.title = "Two \x1b[31mphases\n";
  run.schema.seed = 7;
  run.schema.trials = 200;
  run.trials = 100;
  run.failed = 2;
  run.failures = {{"'levy': the rate is ... per day", 2, 5, "'levy': the rate is -1 per day"}};
  run.completion = Completion::interrupted;
  run.endings = {{"horizon", 49, 0.5, {0.4, 0.6}, {}},
                 {"collapsed", 49, 0.5, {0.4, 0.6}, {}},
                 {"never", 0, 0, {0, 0.04}, {}}};
  run.causes = {{"none", 98, 1, {0.96, 1}, {}}};
  OutcomeSummary freed;
  freed.name = "freed";
  freed.kind = ColumnKind::integer;
  freed.unit = "person";
  freed.count = 98;
  freed.mean = 12.3456;
  freed.sd = 1;
  freed.ci = {12, 12.7};
  freed.quantiles = {1, 2, 3, 4, 12, 20, 21, 22, 23};
  OutcomeSummary reached;
  reached.name = "reached";
  reached.kind = ColumnKind::boolean;
  reached.unit = "1";
  reached.mean = 0.25;
  reached.ci = {0.2, 0.31};
  reached.missing = 3;
  run.outcomes = {freed, reached};
  return run;
}

}  // namespace

TEST_CASE("The summary is a table that can be read") {
  const std::string text = summary_table(small_summary());
  CHECK(text == R"(Two �[31mphases�
100 trials, seed 7, interrupted before the 200 planned
warning: 2 of 100 trials failed; they are left out, and the others are no fair
  sample
2 trials: 'levy': the rate is ... per day

ending     trials     %  95 % interval
horizon        49  50.0   40.0 to 60.0
collapsed      49  50.0   40.0 to 60.0
in no trial: 1 other ending

cause of collapse  trials      %  95 % interval
none                   98  100.0  96.0 to 100.0

outcome  unit     mean  95 % interval  median  5 % to 95 %
freed    person  12.35     12 to 12.7      12      2 to 22
reached  % yes    25.0   20.0 to 31.0
trials without a value, left out: reached in 3

truce compares assumptions; it does not forecast.
)");
}

TEST_CASE("Of many causes the most frequent are told, and the others together") {
  RunSummary run = small_summary();
  run.causes.clear();
  for (const std::uint64_t count : {1, 2, 2, 0, 2, 60, 2, 2, 20, 7}) {
    run.causes.push_back({"cause" + std::to_string(run.causes.size()),
                          count,
                          static_cast<double>(count) / 98,
                          {0, 1},
                          {}});
  }
  const std::string text = summary_table(run);
  std::vector<std::string> told;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("cause") && line[5] != ' ') told.push_back(line.substr(0, 6));
  }
  CHECK(told == std::vector<std::string>{"cause5", "cause8", "cause9"});
  CHECK_THAT(text, Catch::Contains("\n6 rarer causes         11  11.2\n\n"));
  CHECK(occurrences(summary_table(run, {.all = true}), "rarer") == 0);
}

TEST_CASE("Medians that would part the table in two are left to --all") {
  RunSummary run = small_summary();
  run.outcomes.front().name = "persons_who_came_home_again_in_time";
  CHECK_THAT(summary_table(run), !Catch::Contains("median"));
  CHECK(occurrences(summary_table(run), "\noutcome") == 1);
  CHECK_THAT(summary_table(run, {.all = true}), Catch::Contains("median"));
}

TEST_CASE_METHOD(Fixture, "The summary of a file has every outcome, fits and says what it is not") {
  const RunReader reader(folder / "run.h5");
  const std::string text = summary_table(reader.summary(), {.all = true});
  for (const OutcomeSummary& outcome : reader.summary().outcomes) {
    // Once in each of the tables that the columns are laid out in.
    CHECK(occurrences(text, "\n" + outcome.name + " ") +
              occurrences(text, "\n" + outcome.name + "\n") ==
          occurrences(text, "\noutcome "));
  }
  CHECK(occurrences(text, disclaimer) == 1);
  for (const std::string& line : lines_of(text)) CHECK(length_utf8(line) <= 80);
}

TEST_CASE("Numbers that do not vary have no interval, and what is not shown is not explained") {
  RunSummary run = small_summary();
  OutcomeSummary fixed;
  fixed.name = "fixed";
  fixed.kind = ColumnKind::integer;
  fixed.count = 98;
  fixed.ci = {0, 0.04};
  run.outcomes.push_back(fixed);
  CHECK(too_few(fixed));
  CHECK(interval_text(fixed) == "does not vary");
  CHECK_THAT(summary_table(run), Catch::Contains("fixed                0  does not vary"));
  CHECK_THAT(summary_table(run), !Catch::Contains("~"));
  OutcomeSummary skewed = run.outcomes.front();
  skewed.name = "guests.died";
  skewed.sd = 1;
  skewed.skewness = 9;
  run.outcomes.push_back(skewed);
  CHECK(interval_text(skewed) == "~ 12 to 12.7");
  CHECK_THAT(summary_table(run), !Catch::Contains("~"));
  CHECK_THAT(summary_table(run, {.all = true}), Catch::Contains("\n~ too few trials"));
}

TEST_CASE_METHOD(Fixture, "Histograms show every trial once") {
  const RunReader reader(folder / "run.h5");
  const auto glyphs = GENERATE(Glyphs::unicode, Glyphs::ascii);
  for (const char* outcome : {"ending", "cause", "duration", "civilians.freed", "first.reached",
                              "time_to_breach", "balance"}) {
    auto lines = lines_of(histogram(reader, outcome, glyphs));
    // Quantiles follow, after an empty line.
    lines.erase(std::ranges::find(lines, std::string()), lines.end());
    CHECK(lines.size() >= 3);
    CHECK(lines.size() <= 28);
    CHECK_THAT(lines[0], Catch::Contains(outcome));
    std::uint64_t total = 0;
    std::size_t longest = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      CHECK(length_utf8(lines[i]) <= 80);
      // The bar is behind the percentage, which has the only point that a digit and blanks follow.
      std::istringstream reversed(lines[i]);
      std::vector<std::string> words;
      for (std::string word; reversed >> word;) words.push_back(word);
      const bool bar = words.back().find_first_of("0123456789") == std::string::npos;
      total += std::stoull(words[words.size() - (bar ? 3 : 2)]);
      if (bar) longest = std::max(longest, length_utf8(words.back()));
    }
    CHECK(total == 2970);
    CHECK(longest <= 50);
    CHECK(longest >= 40);
    const bool ascii = std::ranges::all_of(lines[1], [](char c) { return c > 0; });
    CHECK(ascii == (glyphs == Glyphs::ascii));
  }
  CHECK_THROWS_AS(histogram(reader, "nothing", glyphs), ResultsError);
}

TEST_CASE_METHOD(Fixture, "JSON has the numbers of the file in full") {
  const RunReader reader(folder / "run.h5");
  const auto json = nlohmann::json::parse(summary_json(reader.summary()).dump());
  CHECK(json["title"] == reader.schema().title);
  CHECK(json["trials"] == 3000);
  CHECK(json["trials_failed"] == 30);
  CHECK(json["failures"]["failed"] == 30);
  CHECK(json["failures"]["points"][0]["reasons"][1]["count"] == 15);
  CHECK(json["seed"] == 18446744073709551615ULL);
  CHECK(json["completion"] == "complete");
  CHECK(json["parameters"]["compliance"]["value"] == 0.93);
  CHECK(json["parameters"]["compliance"]["origin"] == "scenario");
  CHECK(json["disclaimer"] == disclaimer);
  REQUIRE(json["outcomes"].size() == 5);
  const auto& outcome = reader.summary().outcomes[1];
  CHECK(json["outcomes"][1]["name"] == "civilians.freed");
  CHECK(json["outcomes"][1]["mean"] == outcome.mean);
  CHECK(json["outcomes"][1]["ci"][1] == outcome.ci.high);
  CHECK(json["outcomes"][1]["median"] == outcome.quantiles[median]);
  CHECK(json["outcomes"][1]["quantiles"][8]["probability"] == 0.975);
  CHECK(json["outcomes"][1]["quantiles"][8]["value"] == outcome.quantiles[8]);
  CHECK(json["endings"][0]["name"] == "horizon");
  CHECK(json["endings"][0]["probability"] == reader.summary().endings[0].probability);
  CHECK(json["causes"].size() == 2);

  const auto bars = nlohmann::json::parse(histogram_json(reader, "civilians.freed").dump());
  CHECK(bars["values"].get<std::vector<double>>() == reader.distribution("civilians.freed").values);
  CHECK(bars["counts"].get<std::vector<std::uint64_t>>() ==
        reader.distribution("civilians.freed").counts);
  CHECK(histogram_json(reader, "duration").contains("edges"));
  CHECK(histogram_json(reader, "ending")["shares"].size() == 3);
  CHECK_THROWS_AS(histogram_json(reader, "nothing"), ResultsError);
}

TEST_CASE("JSON tells what is not defined from what is infinite") {
  RunSummary run = small_summary();
  run.outcomes[0].mean = std::numeric_limits<double>::quiet_NaN();
  run.outcomes[0].max = std::numeric_limits<double>::infinity();
  run.outcomes[0].min = -std::numeric_limits<double>::infinity();
  const auto json = nlohmann::json::parse(summary_json(run).dump());
  CHECK(json["outcomes"][0]["mean"].is_null());
  CHECK(json["outcomes"][0]["max"] == "infinity");
  CHECK(json["outcomes"][0]["min"] == "-infinity");
}
