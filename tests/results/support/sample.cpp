#include "sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "results/run_writer.hpp"

namespace truce::test {

using namespace results;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// splitmix64, as a number in [0, 1).
double uniform(std::uint64_t trial, std::uint64_t salt) {
  std::uint64_t z = (trial + 1) * 0x9E3779B97F4A7C15ULL + salt * 0xD1B54A32D192ED03ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
}

Schema small_schema(std::uint64_t trials) {
  Schema schema;
  schema.title = "Échange d'essai – 交换";
  schema.summary = "A made-up run.\nWith two lines.";
  schema.start_date = "2025-01-19";
  schema.seed = 18446744073709551615ULL;
  schema.trials = trials;
  schema.random_generator = "philox4x32-10";
  schema.arithmetic = "elementary";
  schema.program_version = "0.1.0";
  schema.git_revision = "0123456789abcdef";
  schema.build = "gcc 12, Release";
  schema.scenario_yaml = "truce: 2\nname: essai – 交换\n";
  schema.command_line = "truce run essai.yaml";
  schema.parameters = {{"compliance", 0.93}, {"delay", 2}};
  schema.sources = {"A report, 2025", "Another – one"};
  schema.horizon = 42.5;
  schema.columns = {
      {"ending", ColumnKind::category, "1", "how it ended", {"horizon", "completed", "collapsed"}},
      {"cause", ColumnKind::category, "1", "why it collapsed", {"none", "rocket_fire"}},
      {"duration", ColumnKind::real, "day", "time of the end", {}},
      {"civilians.freed", ColumnKind::integer, "person", "persons freed alive", {}},
      {"first.reached", ColumnKind::boolean, "1", "whether the phase began", {}},
      {"time_to_breach", ColumnKind::real, "days", "", {}},
      {"balance", ColumnKind::integer, "", "may be negative", {}},
  };
  schema.timelines = {{"civilians.freed", true, "person", "persons freed alive"},
                      {"israel.trust", false, "", "trust"}};
  return schema;
}

Schema wide_schema(std::uint64_t trials) {
  Schema schema = small_schema(trials);
  schema.horizon = 400;
  for (int i = 0; schema.columns.size() < 80; ++i) {
    const std::string name = "outcome_" + std::to_string(i);
    const auto kind = i % 8 == 0   ? ColumnKind::real
                      : i % 8 == 1 ? ColumnKind::boolean
                                   : ColumnKind::integer;
    schema.columns.push_back({name, kind, "1", "made up", {}});
  }
  schema.timelines.clear();
  for (int i = 0; i < 6; ++i) {
    schema.timelines.push_back({"timeline_" + std::to_string(i), i < 4, "1", ""});
  }
  return schema;
}

}  // namespace

Sample::Sample(std::uint64_t trials, Size size, std::uint64_t chronicle)
    : schema_(size == Size::wide ? wide_schema(trials) : small_schema(trials)),
      size_(size),
      chronicle_(chronicle) {}

double Sample::value(std::size_t column, std::uint64_t trial) const {
  const double u = uniform(trial, column);
  const Column& c = schema_.columns[column];
  if (c.kind == ColumnKind::category) {
    return std::floor(u * u * static_cast<double>(c.labels.size()));
  }
  if (c.name == "duration") return u < 0.3 ? schema_.horizon : u * schema_.horizon;
  if (c.name == "time_to_breach") return u < 0.2 ? nan : -3 * std::log(u);
  if (c.name == "balance") return std::floor(40 * u) - 20;
  if (c.kind == ColumnKind::boolean) return u < 0.4 ? 1 : 0;
  if (c.kind == ColumnKind::integer) return std::floor(34 * std::sqrt(u));
  return std::exp(4 * u);
}

Block Sample::block(std::uint64_t first, std::uint64_t count) const {
  Block block;
  block.first = first;
  block.columns.resize(schema_.columns.size());
  for (std::uint64_t trial = first; trial < first + count; ++trial) {
    const bool failed = size_ == Size::small && trial % 100 == 17;
    block.status.push_back(failed ? Status::failed : Status::completed);
    if (failed) {
      const int place = trial % 200 == 17 ? 1 : 2;
      block.failures.push_back({trial, fmt::format("'place {}': chance {}", place, trial),
                                fmt::format("'place {}': chance ...", place)});
    }
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      block.columns[c].push_back(failed ? nan : value(c, trial));
    }
    for (std::uint32_t t = 0; !failed && t < schema_.timelines.size(); ++t) {
      const auto last = static_cast<std::uint32_t>(schema_.horizon);
      const double pace = 0.05 * last * (1 + 3 * uniform(trial, 1000 + t));
      double day = 0;
      for (std::uint64_t step = 0; day <= last; day += pace, ++step) {
        const double u = uniform(trial + 7919 * step, 2000 + t);
        const double real = 0.2 + 0.6 * u;
        block.segments.push_back({t, static_cast<std::uint32_t>(day),
                                  schema_.timelines[t].integer
                                      ? std::floor(3 * static_cast<double>(step) + 3 * u)
                                      : real});
      }
    }
    block.segments_end.push_back(static_cast<std::uint32_t>(block.segments.size()));
    if (size_ == Size::small && trial < chronicle_) {
      block.chronicle.push_back({trial, 0, "first.started", "", nan, "begin"});
      block.chronicle.push_back({trial, 1.5, "release.performed", "hamas", 3, "due – day 1"});
    }
  }
  return block;
}

void Sample::write(const std::filesystem::path& file, std::uint64_t block_size,
                   unsigned threads) const {
  RunWriter writer(file, schema_, OverwritePolicy::refuse, threads);
  for (std::uint64_t first = 0; first < schema_.trials; first += block_size) {
    writer.append(block(first, std::min(block_size, schema_.trials - first)));
  }
  writer.finish(Completion::complete);
}

}  // namespace truce::test
