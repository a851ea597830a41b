// Facts of the designs in scenarios/field that turn on counts and chances over time (swaps from
// lists, contagious incidents, learning), with the assumptions set so that the law is known.
#include "support/history.hpp"

using namespace truce;
using namespace truce::test;

namespace {

constexpr std::uint64_t trials = 3000;

const std::string swaps = "field/ukraine-swaps.yaml";
const std::string zones = "field/colombia-zones-2017.yaml";
const std::string debate = "field/all-for-all-2025.yaml";

std::vector<std::string> incident_columns() {
  std::vector<std::string> names;
  for (const char* region : {"north", "west", "south", "east"}) {
    for (const char* site : {"1", "2", "3"}) {
      names.push_back(std::string("incident_") + region + "_" + site + ".occurred");
    }
  }
  return names;
}

std::vector<double> sum_of(const Simulation& run, const std::vector<std::string>& names) {
  std::vector<double> sum(run[names.front()].size());
  for (const auto& name : names) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += run[name][i];
  }
  return sum;
}

}  // namespace

TEST_CASE("Swaps: each frees as many as the shorter list has") {
  // All who are held are listed on the first day: 300 Russians, and no more are taken.
  const Simulation run(shipped(swaps), 500, 1,
                       {{"taken_russians", 0},
                        {"listed", 1000},
                        {"mediation_days", 0.5},
                        {"on_its_day", 1},
                        {"quarrels", 0}});
  CHECK(always(run["swaps"], 1));
  CHECK(always(run["listed_russians.freed"], 300));
  CHECK(always(run["listed_ukrainians.freed"], 300));

  // One for one however late, and nobody is lost between custody, list and home.
  const Simulation any(shipped(swaps, {{"outcomes:\n",
                                        "outcomes:\n  left: {value: held_russians.living + "
                                        "listed_russians.living}\n"}}),
                       trials);
  const auto& freed = any["listed_russians.freed"];
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(any["left"][i] + freed[i] == 300 + any["held_russians.captured"][i]);
    REQUIRE(any["listed_ukrainians.freed"][i] >= freed[i]);
  }
  check_mean(any["held_ukrainians.captured"], 3 * 843);
  check_mean(any["held_russians.captured"], 3 * (843 - 45) + 3 * 5 * 45);
  check_mean(any["strikes_meanwhile"], 843);
}

TEST_CASE("Swaps: how often follows from how fast the lists grow") {
  // Four names a day, without chance: 100 on day 25, the swap is prepared for ten days.
  const auto steady =
      shipped(swaps, {{"count: poisson(listed)", "count: listed"},
                      {"\"gamma(mediation_days, 0.5 * mediation_days)\"", "mediation_days"},
                      {"held_by: ukraine, living: 300", "held_by: ukraine, living: 6000"}});
  const Simulation run(steady, 200, 1, {{"on_its_day", 1}, {"quarrels", 0}});
  // The first on day 35, with the names of 34 days; those of the 35th stay for the next one, which
  // is 34 days later.
  CHECK(always(run["swaps"], 1 + std::floor((843.0 - 35) / 34)));
  CHECK(always(run["mean_size"], 4 * 34));
  CHECK(always(run["longest_gap"], 35));

  const Simulation never(steady, 200, 1, {{"long_enough", 1e6}});
  CHECK(always(never["swaps"], 0));
  CHECK(always(never["longest_gap"], 843));

  // However often talks break down meanwhile, one swap is prepared at a time: all of full size.
  const Simulation often(steady, 200, 1,
                         {{"on_its_day", 1}, {"quarrels", 1}, {"quarrel_days", 0.05}});
  for (const double size : often["mean_size"]) REQUIRE(size >= 4 * 34);

  // Talks that break down before day 25 for good: none. An exponential time races with the lists.
  const Simulation broken(steady, trials, 1, {{"quarrels", 0.02}, {"quarrel_days", 1e9}});
  const auto none = static_cast<std::size_t>(share(broken["swaps"], 0) * trials + 0.5);
  check_proportion(none, trials, 1 - std::exp(-0.02 * 25));
}

TEST_CASE("Zones: without contagion incidents are a Poisson process in each zone") {
  const Simulation run(shipped(zones), trials, 1, {{"within_region", 0}, {"across_regions", 0}});
  const double expected = 0.28 * 390;
  const auto all = sum_of(run, incident_columns());
  check_mean(all, expected);
  // Variance of a sample variance: (fourth central moment - squared variance) / n.
  const double error = std::sqrt((expected + 2 * expected * expected) / trials);
  CHECK(std::abs(std::pow(sd_of(all), 2) - expected) < 4 * error);
  for (const auto& zone : incident_columns()) check_mean(run[zone], expected / 12);
}

TEST_CASE("Zones: contagion in the mean") {
  const double base = 0.28;
  const double within = 0.02;
  const double across = 0.002;
  const double calming = 0.1;
  const Simulation run(shipped(zones), trials, 1,
                       {{"incidents_a_day", base},
                        {"within_region", within},
                        {"across_regions", across},
                        {"calming", calming}});
  // All rates together rise by `gain` with each unit of unrest, wherever it is, and unrest by the
  // mean severity with each incident; it falls by a share at each tick. So the means follow a
  // linear equation between ticks, which is solved exactly.
  const double severity = (54 * 1 + 10 * 3) / 142.0;
  const double gain = 3 * within + 12 * across;
  double unrest = 0;
  double incidents = 0;
  for (int day = 0; day < 390; ++day) {
    const double after = (unrest + base / gain) * std::exp(severity * gain) - base / gain;
    incidents += (after - unrest) / severity;
    unrest = after * (1 - calming);
  }
  CAPTURE(incidents);
  CHECK(incidents > 1.5 * base * 390);
  check_mean(sum_of(run, incident_columns()), incidents);
}

TEST_CASE("Zones: arms are laid down on the agreed days, if there are camps and calm") {
  const auto fixed_pace = shipped(zones, {{"\"gamma(camp_days, 0.3 * camp_days)\"", "camp_days"}});
  const auto days = [&](double camp_days, double thirty, double all) {
    const Simulation run(fixed_pace, 200, 1,
                         {{"arms_kept", 1}, {"incidents_a_day", 0}, {"camp_days", camp_days}});
    CHECK(always(run["last_camp"], camp_days));
    CHECK(always(run["three_tenths_by"], thirty));
    CHECK(always(run["all_by"], all));
  };
  days(64, 90, 150);
  const auto six_tenths = shipped(zones, {{"0.71 * 7132", "0.41 * 7132"},
                                          {"\"gamma(camp_days, 0.3 * camp_days)\"", "camp_days"}});
  const Simulation second(six_tenths, 200, 1,
                          {{"arms_kept", 1}, {"incidents_a_day", 0}, {"camp_days", 64}});
  CHECK(always(second["three_tenths_by"], 120));
  days(128, 128, 150);  // what is due by then is laid down when the camp is ready
  days(256, 256, 256);

  // Unrest that never passes: a step is taken where the region has been calm until its day.
  const Simulation run(fixed_pace, trials, 1,
                       {{"arms_kept", 1},
                        {"camp_days", 64},
                        {"within_region", 0},
                        {"across_regions", 0},
                        {"calming", 0},
                        {"calm_enough", 0}});
  const auto calm_until = [](double day) { return std::exp(-0.28 / 4 * 64 / 142 * day); };
  const double left = 1 - 0.3 * calm_until(90) - 0.3 * calm_until(120) - 0.4 * calm_until(150);
  check_mean(run["arms_left_on_day_180"], 7132 * left);
}

namespace {

/// What a side believes after so many batches kept and broken, at the shipped assumptions.
double posterior(double kept, double broken) {
  const double meant = 0.5 * std::pow(0.95, kept) * std::pow(0.05, broken);
  const double not_meant = 0.5 * std::pow(0.7, kept) * std::pow(0.3, broken);
  return meant / (meant + not_meant);
}

}  // namespace

TEST_CASE("All for all: belief is Bayes' rule, and right as often as it says") {
  const std::uint64_t many = 8000;
  const Simulation run(shipped(debate), many, 1, {{"agrees", 0}});
  const auto& believed = run["belief_at_end_hamas"];
  check_mean(believed, 0.5);  // a martingale: what one believes is what one expects to believe
  std::array<std::size_t, 8> with_broken{};
  std::array<std::size_t, 8> meant{};
  for (std::size_t i = 0; i < many; ++i) {
    const double broken = run["free_hostages.breached"][i];
    REQUIRE(run["free_hostages.fulfilled"][i] + broken == 7);
    REQUIRE(believed[i] == Approx(posterior(7 - broken, broken)));
    const double other = run["free_prisoners.breached"][i];
    REQUIRE(run["belief_at_end_israel"][i] == Approx(posterior(7 - other, other)));
    ++with_broken[static_cast<std::size_t>(broken)];
    meant[static_cast<std::size_t>(broken)] += run["mean_it_hamas"][i] == 1;
  }
  for (std::size_t broken = 0; broken < 4; ++broken) {
    const auto b = static_cast<double>(broken);
    check_proportion(meant[broken], with_broken[broken], posterior(7 - b, b));
  }
}

TEST_CASE("All for all: ratification reads belief") {
  // Terms are settled on day 42.5, when all batches are seen; each side ratifies by itself.
  const scenario::Overrides once{{"agrees", 1}, {"for_good", 1}, {"debated_from", 35.5}};
  const Simulation run(shipped(debate), trials, 1, once);
  const auto ratifies = [&](const char* side, std::size_t i) {
    return 1 / (1 + std::exp(-10 * (run[side][i] - 0.7)));
  };
  std::vector<double> surprise;
  for (std::size_t i = 0; i < trials; ++i) {
    surprise.push_back(run["all_for_all_agreed"][i] -
                       ratifies("belief_at_end_israel", i) * ratifies("belief_at_end_hamas", i));
  }
  check_mean(surprise, 0);

  // With a sharp threshold belief alone decides.
  auto sharp = once;
  sharp.insert(sharp.end(), {{"sharpness", 1e4}, {"belief_needed", 0.6}});
  const Simulation decided(shipped(debate), trials, 1, sharp);
  for (std::size_t i = 0; i < trials; ++i) {
    const bool both =
        decided["belief_at_end_israel"][i] > 0.6 && decided["belief_at_end_hamas"][i] > 0.6;
    REQUIRE((decided["all_for_all_agreed"][i] == 1) == both);
  }
  CHECK(mean(decided["all_for_all_agreed"]) > 0.1);

  // Never ratified: asked once in as many cases as a refusal is for good, else up to six times.
  const auto counted =
      shipped(debate, {{"outcomes:\n", "outcomes:\n  refused: {value: all_for_all.rejected}\n"}});
  const Simulation never(
      counted, trials, 1,
      {{"agrees", 1}, {"debated_from", 0}, {"sharpness", 1e4}, {"belief_needed", 1.1}});
  const auto once_only = static_cast<std::size_t>(share(never["refused"], 1) * trials + 0.5);
  check_proportion(once_only, trials, 0.7);
  const auto six = static_cast<std::size_t>(share(never["refused"], 6) * trials + 0.5);
  check_proportion(six, trials, std::pow(0.3, 5));
}
