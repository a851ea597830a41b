#include <cmath>
#include <cstdint>
#include <vector>

#include "results/detail/control_statistics.hpp"
#include "results/interval.hpp"
#include "results/moments.hpp"
#include "support/catch.hpp"
#include "support/uniform.hpp"

namespace truce::results {
namespace {

/// An outcome y of a run with three control variates.
Schema schema_with_controls() {
  Schema schema;
  schema.columns = {{.name = "ending", .kind = ColumnKind::category, .labels = {"held", "broken"}},
                    {.name = "cause", .kind = ColumnKind::category, .labels = {"none"}},
                    {.name = "duration", .kind = ColumnKind::real},
                    {.name = "y", .kind = ColumnKind::real}};
  schema.controls = ControlPlan{.streams = {"a", "b", "c"}, .rounding = {{3, 0x1p11}}};
  return schema;
}

/// Trials whose outcome is 3 + a + b^2 + noise, and which end broken where a + noise / 2 > 0. The
/// third control variate tells nothing.
StoredBlock trials_of(test::Uniform& uniform, std::uint64_t first, std::size_t count,
                      double noise) {
  StoredBlock block{.first = first};
  block.status.assign(count, Status::completed);
  block.controls.resize(3);
  std::vector<double> y;
  std::vector<std::int8_t> ending;
  for (std::size_t i = 0; i < count; ++i) {
    const double a = uniform() - 0.5, b = uniform() - 0.5;
    block.controls[0].push_back(a);
    block.controls[1].push_back(b);
    block.controls[2].push_back(uniform() - 0.5);
    const double z = uniform.normal();
    y.push_back(3 + a + b * b + noise * z);
    ending.push_back(a + z / 2 > 0 ? 1 : 0);
  }
  block.columns = {ending, std::vector<std::int8_t>(count), std::vector<double>(count), y};
  return block;
}

StoredBlock part_of(const StoredBlock& all, std::size_t begin, std::size_t end) {
  StoredBlock part{.first = all.first + begin};
  const auto cut = [&](const auto& values) {
    return std::vector(values.begin() + static_cast<std::ptrdiff_t>(begin),
                       values.begin() + static_cast<std::ptrdiff_t>(end));
  };
  part.status = cut(all.status);
  for (const auto& column : all.columns) {
    part.columns.push_back(
        std::visit([&](const auto& values) { return StoredValues(cut(values)); }, column));
  }
  for (const auto& control : all.controls) part.controls.push_back(cut(control));
  return part;
}

std::vector<Controlled> results_of(const ControlStatistics& statistics) {
  return statistics.results(statistics.regression());
}

/// The outcome of a block, controlled.
ControlledMean y_of(const StoredBlock& block) {
  ControlStatistics statistics(schema_with_controls());
  statistics.add(block);
  Moments moments;
  for (const double y : std::get<std::vector<double>>(block.columns[3])) moments.add(y);
  const double se = moments.sd() / std::sqrt(static_cast<double>(moments.count()));
  return controlled_mean(moments.mean(), se, results_of(statistics).at(0));
}

double mean_of(const StoredBlock& block) {
  double sum = 0;
  for (const double y : std::get<std::vector<double>>(block.columns[3])) sum += y;
  return sum / static_cast<double>(block.status.size());
}

TEST_CASE("An outcome that control variates explain in full has all but its true mean") {
  test::Uniform uniform(8);
  StoredBlock block = trials_of(uniform, 0, 10'000, 0);
  auto& y = std::get<std::vector<double>>(block.columns[3]);
  for (std::size_t i = 0; i < y.size(); ++i) {  // two draws of which each happens with 1/2
    for (double* u : {&block.controls[0][i], &block.controls[1][i]}) *u = *u > 0 ? 0.5 : -0.5;
    y[i] = 2 * (block.controls[0][i] + block.controls[1][i]) + 2;
  }
  const ControlledMean controlled = y_of(block);
  // The ridge takes a part in 300 from the coefficients: 1 of 1 + 1250 / 4.
  const double plain = std::abs(mean_of(block) - 2);
  CHECK(plain > 1e-4);
  CHECK(std::abs(controlled.mean - 2) < plain / 200);
  CHECK(std::abs(controlled.mean - 2) < 3 * controlled.se);
  CHECK(controlled.gain > 50'000);
}

TEST_CASE("Control variates take out what a regression explains, and no more") {
  // The variance is 1/12 of a, 1/180 of b^2, which b does not explain, and the noise's.
  constexpr double noise = 0.1;
  test::Uniform uniform(7);
  const StoredBlock block = trials_of(uniform, 0, 400'000, noise);
  const ControlledMean y = y_of(block);
  const double rest = 1.0 / 180 + noise * noise;
  CHECK(y.gain == Approx((1.0 / 12 + rest) / rest).epsilon(0.03));
  CHECK(y.se == Approx(std::sqrt(rest / 400'000)).epsilon(0.01));
  // Shares of endings too: both alike, and the two add up to one.
  ControlStatistics statistics(schema_with_controls());
  statistics.add(block);
  const Controlled held = results_of(statistics).at(1), broken = results_of(statistics).at(2);
  CHECK(held.shift == Approx(-broken.shift).epsilon(1e-9));
  CHECK(held.gain == Approx(broken.gain).epsilon(1e-9));
  CHECK(held.gain > 1.1);
}

TEST_CASE("Controlled means cover the truth as often as they say") {
  constexpr int repetitions = 2000;
  constexpr double noise = 0.2, truth = 3 + 1.0 / 12;
  test::Uniform uniform(11);
  int covered = 0, plain_covered = 0;
  double bias = 0;
  for (int r = 0; r < repetitions; ++r) {
    const StoredBlock block = trials_of(uniform, 0, 4008, noise);
    const ControlledMean y = y_of(block);
    const double error = (y.mean - truth) / y.se;
    bias += error / repetitions;
    covered += std::fabs(error) < z_95 ? 1 : 0;
    plain_covered += std::fabs(mean_of(block) - truth) < z_95 * y.se ? 1 : 0;
  }
  // Within two standard errors of 95 %, which are 1 %; the plain mean needs the wider interval.
  CHECK(covered > 0.94 * repetitions);
  CHECK(covered < 0.96 * repetitions);
  CHECK(std::fabs(bias) < 3 / std::sqrt(repetitions));
  CHECK(plain_covered < 0.85 * repetitions);
}

TEST_CASE("A draw that all but never fails does no harm where one half has no failure") {
  // Each trial draws many times with 0.999: the sum tells how often, which the outcome is, until
  // a failure comes.
  test::Uniform uniform(31);
  StoredBlock block = trials_of(uniform, 0, 10'000, 0.1);
  auto& y = std::get<std::vector<double>>(block.columns[3]);
  constexpr double rare = 1e-3;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double draws = std::floor(20 * uniform());
    block.controls[2][i] = draws * rare;
    y[i] += draws / 6;
  }
  for (const std::size_t failed : {1000, 5000}) block.controls[2][failed] -= 1;
  CHECK(y_of(block).gain > 0.9);
}

TEST_CASE("Control variates do not depend on how trials are divided") {
  test::Uniform uniform(13);
  StoredBlock all = trials_of(uniform, 1'000'001, 20'000, 0.3);
  all.status[17] = Status::failed;
  const auto bytes_of = [](const ControlStatistics& statistics) {
    ByteWriter writer;
    statistics.write(writer);
    return writer.bytes();
  };
  ControlStatistics whole(schema_with_controls());
  whole.add(all);
  ControlStatistics joined(schema_with_controls());
  std::size_t begin = 0;
  for (const std::size_t length : {1, 2, 700, 255, 256, 257, 18'000, 529}) {
    ControlStatistics part(schema_with_controls());
    part.add(part_of(all, begin, begin + length));
    const auto stored = bytes_of(part);
    ByteReader reader(stored);
    ControlStatistics again(schema_with_controls());
    again.read(reader);
    CHECK(reader.done());
    joined.add(again);
    begin += length;
  }
  REQUIRE(begin == all.status.size());
  CHECK(bytes_of(joined) == bytes_of(whole));
  CHECK(results_of(joined).at(0).shift == results_of(whole).at(0).shift);
}

TEST_CASE("What is missing, does not vary or is of few trials is not controlled") {
  test::Uniform uniform(17);
  ControlStatistics few(schema_with_controls());
  few.add(trials_of(uniform, 0, 3900, 0.3));
  CHECK(std::isnan(results_of(few).at(0).gain));
  StoredBlock block = trials_of(uniform, 0, 5000, 0.3);
  std::get<std::vector<double>>(block.columns[3]).assign(5000, 7);
  std::get<std::vector<std::int8_t>>(block.columns[0]).assign(5000, 1);
  ControlStatistics constant(schema_with_controls());
  constant.add(block);
  for (const Controlled& target : results_of(constant)) {
    CHECK(std::isnan(target.shift));
    CHECK(std::isnan(target.gain));
  }
}

}  // namespace
}  // namespace truce::results
