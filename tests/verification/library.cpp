#include <filesystem>
#include <map>
#include <string>

#include "scenario/compile.hpp"
#include "study/run.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace truce;

namespace {

namespace fs = std::filesystem;

struct Columns {
  std::map<std::string, std::vector<double>> columns;
  std::map<std::string, double> endings;  ///< shares
};

/// Runs a shipped scenario, which must be sound without warnings and have no failing trial.
Columns run(const fs::path& file, std::uint64_t trials,
            model::ParameterSource parameters = model::ParameterSource::point) {
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load(file, {}, diagnostics);
  CAPTURE(file.string());
  CHECK(diagnostics.text() == "");
  REQUIRE(loaded.has_value());
  study::RunSettings settings{.trials = trials, .threads = 2};
  settings.simulator.parameters = parameters;
  Columns result;
  study::Listener listener;
  listener.block = [&](const results::Block& block) {
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      auto& column = result.columns[loaded->model.columns[c].name];
      column.insert(column.end(), block.columns[c].begin(), block.columns[c].end());
    }
    return study::Verdict::go_on;
  };
  const std::atomic<bool> stop = false;
  const study::RunReport report = study::run_trials(loaded->model, settings, listener, stop);
  for (const auto& failure : report.first_failures) FAIL(failure.message);
  for (const double ending : result.columns["ending"]) {
    result.endings[loaded->model.endings[model::EndingId{static_cast<std::size_t>(ending)}]] +=
        1.0 / static_cast<double>(trials);
  }
  return result;
}

const fs::path library = TRUCE_SOURCE_DIR "/scenarios";

}  // namespace

TEST_CASE("every shipped scenario is sound and runs, also with uncertain parameters") {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(library)) {
    if (entry.path().extension() != ".yaml") continue;
    // Overlays of studies are no scenarios by themselves.
    const std::string path = entry.path().string();
    if (path.find("/studies/") != std::string::npos) continue;
    if (path.find("/records/") != std::string::npos) continue;  // of what is known
    run(entry.path(), 300);
    run(entry.path(), 300, model::ParameterSource::from_priors);
    ++count;
  }
  CHECK(count >= 12);
}

TEST_CASE("alternatives differ from the plan as they say") {
  const Columns plan = run(library / "cairo-three-phase.yaml", 20'000);
  const auto mean = [](const Columns& c, const std::string& name) {
    return truce::test::mean_of(c.columns.at(name));
  };
  CHECK(plan.endings.at("expired") > plan.endings.at("collapsed"));  // the chief way to fail

  const Columns all = run(library / "alternatives/all-for-all.yaml", 20'000);
  CHECK(all.endings.at("refused") > 0.5);
  CHECK(truce::test::sd_of(all.columns.at("hostages_freed")) >
        truce::test::sd_of(plan.columns.at("hostages_freed")));

  const Columns early = run(library / "alternatives/front-loaded.yaml", 20'000);
  CHECK(mean(early, "civilians.person_days") < 0.5 * mean(plan, "civilians.person_days"));
  CHECK(mean(early, "second_phase") < mean(plan, "second_phase"));  // its price

  const Columns part = run(library / "alternatives/partial-agreement.yaml", 20'000);
  CHECK(mean(part, "military.freed") == 0);
  CHECK(part.endings.at("completed") > plan.endings.at("completed"));

  const Columns lumps = run(library / "alternatives/lump-sums.yaml", 20'000);
  CHECK(mean(lumps, "release_prisoners.performed") > 4);

  const Columns opening = run(library / "cairo-opening.yaml", 20'000);
  CHECK(opening.endings.at("no_agreement") > 0.1);
  CHECK(mean(opening, "recovery.reached") < mean(opening, "soldiers_and_withdrawal.reached"));
  CHECK(mean(opening, "recovery.reached") > 0);
  CHECK(mean(opening, "agreements") > mean(opening, "civilians_first.reached"));  // some are second
}

TEST_CASE("war comes after an agreement has failed, and holds off while it runs") {
  const Columns plan = run(library / "cairo-three-phase.yaml", 5'000);
  const auto& war = plan.columns.at("war_days");
  const auto& end = plan.columns.at("duration");
  const auto& ran_its_course = plan.columns.at("all_three_phases");
  double calm = 0;
  double failed = 0;
  for (std::size_t i = 0; i < war.size(); ++i) {
    CHECK(war[i] <= 240 - end[i] + 1e-9);
    if (ran_its_course[i] != 0) continue;
    calm += 240 - end[i] - war[i];
    ++failed;
  }
  // 17 days after most of the endings, 2 after the others.
  CHECK(calm / failed > 10);
  CHECK(calm / failed < 17);
}

TEST_CASE("overlays of confidence-building measures move what they are meant to move") {
  const Columns plan = run(library / "cairo-three-phase.yaml", 20'000);
  const auto overlay = [&](const std::string& name) {
    return run(library / "overlays" / (name + ".yaml"), 20'000);
  };
  const auto mean = [](const Columns& c, const std::string& name) {
    return truce::test::mean_of(c.columns.at(name));
  };
  CHECK(mean(overlay("corridors"), "aid_days") > mean(plan, "aid_days"));
  // Less grave fire breeds less, and flares up less.
  const Columns zones = overlay("ceasefire-zones");
  CHECK(mean(zones, "israeli_fire.occurred") < 0.9 * mean(plan, "israeli_fire.occurred"));
  CHECK(mean(zones, "flare_ups") < 0.8 * mean(plan, "flare_ups"));
  CHECK(overlay("hotline").endings.at("collapsed") < plan.endings.at("collapsed"));
  const Columns held = overlay("stronger-guarantees");
  CHECK(held.endings.at("collapsed") < plan.endings.at("collapsed"));
  CHECK(mean(held, "hostage_days") < mean(plan, "hostage_days"));
  // More collapse: what is prolonged has more time to.
  const Columns prolonged = overlay("more-time");
  CHECK(prolonged.endings.at("collapsed") > plan.endings.at("collapsed"));
  CHECK(prolonged.endings.at("expired") < plan.endings.at("expired"));
  CHECK(mean(overlay("better-verification"), "ease_movement.breached") !=
        mean(plan, "ease_movement.breached"));
}
