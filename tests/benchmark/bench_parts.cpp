// Micro-benchmarks of the parts: calendar, random streams, distributions, expressions.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/hazard.hpp"
#include "engine/random.hpp"
#include "engine/tabulated_quantile.hpp"
#include "model/trial/evaluator.hpp"
#include "scenario/compile.hpp"
#include "support/family.hpp"

namespace {

using namespace truce;

/// Uniform numbers made beforehand, so that drawing is not timed.
std::vector<double> uniforms(std::size_t count) {
  std::vector<double> result;
  engine::StreamState stream;
  const engine::TrialRandom random(1, 0);
  for (std::size_t i = 0; i < count; ++i) {
    result.push_back(random.uniform(engine::stream_key("benchmark"), stream));
  }
  return result;
}

/// The hold model (Jones, Comm. ACM 29, 1986): the first event is taken and put back later.
void calendar_hold(benchmark::State& state) {
  const auto pending = static_cast<std::size_t>(state.range(0));
  engine::Calendar calendar(pending);
  const auto u = uniforms(1 << 14);
  std::size_t next = 0;
  const auto delay = [&] { return -std::log(u[next++ & (u.size() - 1)]); };
  for (std::size_t slot = 0; slot < pending; ++slot) calendar.schedule(slot, delay());
  for (auto _ : state) {
    const std::size_t slot = calendar.first();
    const double now = calendar.time_of(slot);
    calendar.begin(slot);
    calendar.schedule(slot, now + u[next++ & (u.size() - 1)]);
  }
}
BENCHMARK(calendar_hold)->Arg(8)->Arg(64)->Arg(512)->Arg(4096);

void uniform_of_a_stream(benchmark::State& state) {
  const engine::TrialRandom random(1, 0);
  const auto key = engine::stream_key("place");
  engine::StreamState stream;
  for (auto _ : state) benchmark::DoNotOptimize(random.uniform(key, stream));
}
BENCHMARK(uniform_of_a_stream);

void quantile(benchmark::State& state, engine::Family family, std::vector<double> parameters) {
  const auto u = uniforms(1 << 12);
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(engine::quantile(family, parameters, u[next++ & (u.size() - 1)]));
  }
}

void tabulated_quantile(benchmark::State& state, engine::Family family,
                        std::vector<double> parameters) {
  const auto u = uniforms(1 << 12);
  std::size_t next = 0;
  engine::TabulatedQuantile fixed(family, parameters);
  for (auto _ : state) benchmark::DoNotOptimize(fixed(u[next++ & (u.size() - 1)]));
}

using engine::Family;
BENCHMARK_CAPTURE(quantile, exponential, family_of("exponential"), std::vector<double>{2});
BENCHMARK_CAPTURE(quantile, triangular, family_of("triangular"), std::vector<double>{0.2, 0.5, 2});
BENCHMARK_CAPTURE(quantile, lognormal, family_of("lognormal"), std::vector<double>{4, 3});
BENCHMARK_CAPTURE(quantile, gamma, family_of("gamma"), std::vector<double>{4, 3});
BENCHMARK_CAPTURE(quantile, beta, family_of("beta"), std::vector<double>{9, 1});
BENCHMARK_CAPTURE(quantile, binomial, family_of("binomial"), std::vector<double>{40, 0.6});
BENCHMARK_CAPTURE(tabulated_quantile, exponential, family_of("exponential"),
                  std::vector<double>{2});
BENCHMARK_CAPTURE(tabulated_quantile, gamma, family_of("gamma"), std::vector<double>{4, 3});
BENCHMARK_CAPTURE(tabulated_quantile, beta, family_of("beta"), std::vector<double>{9, 1});
BENCHMARK_CAPTURE(tabulated_quantile, binomial, family_of("binomial"),
                  std::vector<double>{40, 0.6});

void hazard_of_an_excited_incident(benchmark::State& state) {
  const auto u = uniforms(1 << 12);
  std::size_t next = 0;
  for (auto _ : state) {
    engine::HazardTimer timer{.budget = 1 + u[next++ & (u.size() - 1)],
                              .rate = 0.02,
                              .excitation = 0.2,
                              .decay = 0.5,
                              .running = 1};
    timer.advance(0.5);
    benchmark::DoNotOptimize(timer.remaining());
  }
}
BENCHMARK(hazard_of_an_excited_incident);

void expression(benchmark::State& state, const std::string& text) {
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_text(
      "truce: 2\nhorizon: 10\nparameters: {word: 0.8}\n"
      "parties: {a: {role: principal}}\nlevels: {x: {initial: 0.3}, y: {initial: 0.6}}\n"
      "outcomes: {value: {value: \"" +
          text + "\"}}\n",
      "benchmark.yaml", {}, diagnostics);
  if (!loaded) return state.SkipWithError(diagnostics.text().c_str());
  const model::Model& model = loaded->model;
  model::Evaluator numbers(model, model::ParameterSource::point);
  numbers.reset(1, 0);
  const auto at = std::ranges::find(model.columns, "value", &model::Column::name);
  for (auto _ : state) benchmark::DoNotOptimize(numbers(at->expression));
}
BENCHMARK_CAPTURE(expression, variable, std::string("x"));
BENCHMARK_CAPTURE(expression, line, std::string("word + (1 - word) * x"));
BENCHMARK_CAPTURE(expression, condition, std::string("x > 0.2 and y < 0.7"));
BENCHMARK_CAPTURE(expression, mixed, std::string("x * 0.5 + if(y < 0.3, 1, 0) * word"));

}  // namespace

BENCHMARK_MAIN();
