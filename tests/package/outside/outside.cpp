// usage: outside SCENARIO OUTCOME: the outcome's mean, its interval, and the first trial's ending
#include <cstdio>
#include <truce/truce.hpp>

int main(int, char** arguments) {
  try {
    const auto scenario = truce::Scenario::load(arguments[1]);
    const auto trials = truce::run(scenario, {.trials = 2'000, .seed = 7});
    const auto outcome = trials.estimate(arguments[2]);
    std::printf("%.17g %.17g %.17g\n", outcome.mean, outcome.ci_low, outcome.ci_high);
    const auto ending = static_cast<std::size_t>(trials.column("ending")[0]);
    std::printf("%s\n", trials.labels("ending")[ending].c_str());
  } catch (const truce::Error& error) {
    std::printf("%s\n", error.what());
    return 2;
  }
}
