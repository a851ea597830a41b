#include <fmt/format.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <numeric>
#include <stdexcept>

#include "engine/random.hpp"
#include "study/design.hpp"

namespace truce::study {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using engine::StreamKey;
using engine::StreamState;
using engine::TrialRandom;

/// Random numbers of a design, by column.
class ColumnRandom {
 public:
  ColumnRandom(std::uint64_t seed, std::string_view what, Index column)
      : random_(seed, static_cast<std::uint64_t>(column)), key_(engine::stream_key(what)) {}

  double uniform() { return random_.uniform(key_, stream_); }
  /// From 0 to n - 1.
  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  }

 private:
  TrialRandom random_;
  StreamKey key_;
  StreamState stream_;
};

std::vector<std::size_t> permutation(std::size_t n, ColumnRandom& random) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

MatrixXd latin_hypercube(const DesignSettings& settings, Index dimensions) {
  const auto n = static_cast<Index>(settings.points);
  MatrixXd points(n, dimensions);
  for (Index j = 0; j < dimensions; ++j) {
    ColumnRandom random(settings.seed, "design.latin_hypercube", j);
    const auto order = permutation(settings.points, random);
    for (Index i = 0; i < n; ++i) {
      points(i, j) = (static_cast<double>(order[static_cast<std::size_t>(i)]) + random.uniform()) /
                     static_cast<double>(n);
    }
  }
  return points;
}

/// Nested uniform scrambling (Owen, in Monte Carlo and Quasi-Monte Carlo Methods, 1995): bit b of a
/// coordinate is flipped by a random bit that belongs to the coordinate's bits before it.
class OwenScrambling {
 public:
  OwenScrambling(std::uint64_t seed, Index column)
      : seed_(seed), column_(static_cast<std::uint64_t>(column)) {}

  [[nodiscard]] std::uint64_t operator()(std::uint64_t bits) const {
    std::uint64_t result = 0;
    for (unsigned b = 0; b < 64; ++b) {
      // The first bits, with a leading one that tells prefixes of different lengths apart.
      const std::uint64_t prefix = b == 0 ? 1 : (bits >> (64 - b)) | (std::uint64_t{1} << b);
      const std::uint64_t bit = (bits >> (63 - b)) & 1U;
      result |= (bit ^ (flip(prefix, b) & 1U)) << (63 - b);
      if (b == depth) break;
    }
    // Deeper bits are random by themselves: no two points share so long a prefix.
    const auto rest = random_words(bits >> (63 - depth), depth + 1)[0];
    return result | (rest >> (depth + 1));
  }

 private:
  static constexpr unsigned depth = 40;

  [[nodiscard]] std::array<std::uint64_t, 2> random_words(std::uint64_t prefix,
                                                          std::uint32_t bit) const {
    constexpr std::uint64_t places = (std::uint64_t{1} << 48U) - 1;
    return engine::random_block(seed_ ^ 0x5363'7261'6d62'6c65ULL, column_,
                                StreamKey{prefix & places}, bit);
  }
  [[nodiscard]] std::uint64_t flip(std::uint64_t prefix, unsigned bit) const {
    return random_words(prefix, bit)[0];
  }

  std::uint64_t seed_;
  std::uint64_t column_;
};

/// With scramblings number `replicate`, which are independent of all others.
MatrixXd sobol(std::uint64_t seed, Index rows, Index dimensions, Index replicate = 0) {
  // By value: Boost declares it, and defines it nowhere.
  constexpr unsigned most = boost::random::default_sobol_table::max_dimension;
  if (dimensions > static_cast<Index>(most)) {
    throw std::invalid_argument(
        fmt::format("Sobol's sequence has at most {} dimensions here", most));
  }
  boost::random::sobol sequence(static_cast<std::size_t>(dimensions));
  std::vector<OwenScrambling> scramblings;
  for (Index j = 0; j < dimensions; ++j) {
    scramblings.emplace_back(seed, replicate * dimensions + j);
  }
  MatrixXd points(rows, dimensions);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < dimensions; ++j) {
      // Boost leaves out the first point, the origin.
      const std::uint64_t bits = i == 0 ? 0 : sequence();
      points(i, j) = engine::open_unit(scramblings[static_cast<std::size_t>(j)](bits));
    }
  }
  return points;
}

MatrixXd saltelli(const DesignSettings& settings, Index dimensions) {
  const auto n = static_cast<Index>(settings.points);
  const auto replicates = static_cast<Index>(replicates_of(settings));
  MatrixXd both(n, 2 * dimensions);
  for (Index r = 0; r < replicates; ++r) {
    both.middleRows(r * n / replicates, n / replicates) =
        sobol(settings.seed, n / replicates, 2 * dimensions, r);
  }
  MatrixXd points(n * (dimensions + 2), dimensions);
  points.topRows(n) = both.leftCols(dimensions);
  points.middleRows(n, n) = both.rightCols(dimensions);
  for (Index j = 0; j < dimensions; ++j) {
    auto mixed = points.middleRows(n * (j + 2), n);
    mixed = both.leftCols(dimensions);
    mixed.col(j) = both.col(dimensions + j);
  }
  return points;
}

MatrixXd morris(const DesignSettings& settings, Index dimensions) {
  if (settings.levels % 2 != 0) throw std::invalid_argument("'levels' must be even");
  const std::uint64_t step = settings.levels / 2;
  const auto value = [&](std::uint64_t level) {
    return (2 * static_cast<double>(level) + 1) / (2 * static_cast<double>(settings.levels));
  };
  const auto width = static_cast<std::size_t>(dimensions);
  MatrixXd points(static_cast<Index>(settings.points) * (dimensions + 1), dimensions);
  Index row = 0;
  for (std::uint64_t t = 0; t < settings.points; ++t) {
    ColumnRandom random(settings.seed, "design.morris", static_cast<Index>(t));
    std::vector<std::uint64_t> at(width);
    for (auto& level : at) level = random.below(settings.levels);
    const auto write = [&] {
      for (std::size_t j = 0; j < width; ++j) points(row, static_cast<Index>(j)) = value(at[j]);
      ++row;
    };
    write();
    // Of a level and that a step away, one is up and one is down: the direction follows.
    for (const std::size_t j : permutation(width, random)) {
      at[j] = at[j] < step ? at[j] + step : at[j] - step;
      write();
    }
  }
  return points;
}

}  // namespace

std::uint64_t replicates_of(const DesignSettings& settings) {
  constexpr std::uint64_t most = 16;
  constexpr std::uint64_t fewest = 8;
  constexpr std::uint64_t fewest_rows = 4;
  if (settings.replicates > 0) {
    if (settings.points % settings.replicates != 0) {
      throw std::invalid_argument("'replicates' does not divide 'points'");
    }
    return settings.replicates;
  }
  for (std::uint64_t r = most; r >= fewest; --r) {
    if (settings.points % r == 0 && settings.points / r >= fewest_rows) return r;
  }
  return 1;
}

MatrixXd unit_points(const DesignSettings& settings, Index dimensions) {
  constexpr std::uint64_t most_values = 400'000'000;
  if (settings.points < 1) throw std::invalid_argument("it has no points");
  if (dimensions < 1) throw std::invalid_argument("it varies nothing");
  const auto width = static_cast<std::uint64_t>(dimensions);
  std::uint64_t rows_each = 1;
  if (settings.kind == DesignKind::saltelli) rows_each = width + 2;
  if (settings.kind == DesignKind::morris) rows_each = width + 1;
  if (settings.points > most_values / rows_each / width) {
    throw std::invalid_argument("it has too many points");
  }
  switch (settings.kind) {
    case DesignKind::latin_hypercube:
      return latin_hypercube(settings, dimensions);
    case DesignKind::sobol:
      return sobol(settings.seed, static_cast<Index>(settings.points), dimensions);
    case DesignKind::saltelli:
      return saltelli(settings, dimensions);
    case DesignKind::morris:
      return morris(settings, dimensions);
    case DesignKind::grid:
    case DesignKind::list:
    case DesignKind::one_at_a_time:
      break;
  }
  throw std::invalid_argument("it is no sampling design");
}

}  // namespace truce::study
