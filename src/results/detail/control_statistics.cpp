#include "results/detail/control_statistics.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/number.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Eigen::Index;

// So many trials at a time that sums of products of whole numbers are below 2^53, and so exact.
constexpr std::size_t together = 256;
constexpr double most_of_outcome = 0x1p21, most_of_control = 0x1p20;
constexpr double control_steps = 0x1p8, fine_steps = 0x1p32;
constexpr std::uint64_t least_trials = 1000;  // of a half

/// The nearest whole number, within bounds. |x| must be below 2^51, or is cut.
double whole(double x, double most) {
  constexpr double shift = 0x1.8p52;
  return std::min(std::max(x, -most), most) + shift - shift;
}

/// n times the sum of products less the product of sums: exact, as all of it is below 2^126.
template <class Whole>
double centred(std::uint64_t n, Whole products, Whole a, Whole b) {
  return static_cast<double>(static_cast<Whole>(n) * products - a * b);
}

}  // namespace

ControlStatistics::ControlStatistics(const Schema& schema)
    : controls_(schema.controls->streams.size()) {
  for (std::size_t c = 0; c < schema.columns.size(); ++c) {
    const Column& column = schema.columns[c];
    if (is_controlled(column)) {
      targets_.push_back({.column = c, .rounding = schema.controls->outcomes.at(targets_.size())});
    }
  }
  constexpr double steps_of_share = 0x1p10;
  const std::size_t ending = column_index(schema, "ending");
  for (std::size_t code = 0; code < schema.columns[ending].labels.size(); ++code) {
    targets_.push_back(
        {.column = ending, .code = static_cast<int>(code), .rounding = {0, steps_of_share}});
  }
  missing_.resize(targets_.size());
  for (Half& half : halves_) {
    half.controls.resize(controls_);
    half.products.resize(rows() * width());
    half.squares.resize(targets_.size());
  }
}

void ControlStatistics::add(const StoredBlock& block) {
  std::array<std::vector<std::size_t>, 2> trials;
  for (std::size_t i = 0; i < block.status.size(); ++i) {
    if (block.status[i] == Status::failed) continue;
    std::vector<std::size_t>& of_half = trials[(block.first + i) % 2];
    of_half.push_back(i);
    if (of_half.size() == together) {
      add_some(block, of_half, halves_[(block.first + i) % 2]);
      of_half.clear();
    }
  }
  for (std::size_t h = 0; h < 2; ++h) {
    if (!trials[h].empty()) add_some(block, trials[h], halves_[h]);
  }
}

void ControlStatistics::add_some(const StoredBlock& block, const std::vector<std::size_t>& trials,
                                 Half& half) {
  const auto n = static_cast<Index>(trials.size());
  Matrix all(n, static_cast<Index>(width()));
  all.col(0).setOnes();
  for (std::size_t c = 0; c < controls_; ++c) {
    double sum = 0;
    for (Index i = 0; i < n; ++i) {
      const double control = block.controls[c][trials[static_cast<std::size_t>(i)]];
      sum += whole(control * fine_steps, most_of_control * fine_steps / control_steps);
      all(i, static_cast<Index>(c) + 1) = whole(control * control_steps, most_of_control);
    }
    half.controls[c] += static_cast<Whole>(sum);
  }
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    const Target& target = targets_[t];
    auto column = all.col(static_cast<Index>(rows() + t));
    std::visit(
        [&](const auto& values) {
          for (Index i = 0; i < n; ++i) {
            const auto value = values[trials[static_cast<std::size_t>(i)]];
            double x = static_cast<double>(value);
            if (target.code >= 0) x = x == target.code ? 1 : 0;
            const double rounded =
                whole((x - target.rounding.centre) * target.rounding.steps, most_of_outcome);
            const bool there = x == x;
            missing_[t] += there ? 0 : 1;
            column(i) = there ? rounded : 0;
          }
        },
        block.columns[target.column]);
    half.squares[t] += static_cast<Whole>(column.squaredNorm());
  }
  const Matrix products = all.leftCols(static_cast<Index>(rows())).transpose() * all;
  for (Index row = 0; row < products.rows(); ++row) {
    for (Index column = 0; column < products.cols(); ++column) {
      half.products[static_cast<std::size_t>(row) * width() + static_cast<std::size_t>(column)] +=
          static_cast<Whole>(products(row, column));
    }
  }
  half.trials += trials.size();
}

template <class Self, class Act>
void ControlStatistics::for_each_sum(Self& self, const Act& act) {
  for (auto& half : self.halves_) {
    for (auto* sums : {&half.controls, &half.products, &half.squares}) {
      for (auto& sum : *sums) act(sum);
    }
  }
}

void ControlStatistics::add(const ControlStatistics& other) {
  for (std::size_t h = 0; h < 2; ++h) {
    const auto add_all = [](auto& to, const auto& from) {
      for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
    };
    halves_[h].trials += other.halves_[h].trials;
    add_all(halves_[h].controls, other.halves_[h].controls);
    add_all(halves_[h].products, other.halves_[h].products);
    add_all(halves_[h].squares, other.halves_[h].squares);
  }
  for (std::size_t t = 0; t < missing_.size(); ++t) missing_[t] += other.missing_[t];
}

void ControlStatistics::write(ByteWriter& to) const {
  to.whole(controls_);
  to.whole(targets_.size());
  for (const std::uint64_t missing : missing_) to.whole(missing);
  for (const Half& half : halves_) to.whole(half.trials);
  for_each_sum(*this, [&](Whole sum) {
    to.number(static_cast<std::int64_t>(sum >> 64));
    to.whole(static_cast<std::uint64_t>(sum));
  });
}

void ControlStatistics::read(ByteReader& from) {
  if (from.whole() != controls_ || from.whole() != targets_.size()) ByteReader::fail();
  for (std::uint64_t& missing : missing_) missing = from.whole();
  for (Half& half : halves_) half.trials = from.whole();
  for_each_sum(*this, [&](Whole& sum) {
    const std::int64_t high = from.number();
    sum =
        static_cast<Whole>(high) * (static_cast<Whole>(1) << 64) + static_cast<Whole>(from.whole());
  });
}

std::vector<Controlled> ControlStatistics::results() const {
  using base::not_a_number;
  std::vector<Controlled> results(targets_.size(), {not_a_number, not_a_number, not_a_number});
  if (std::ranges::any_of(halves_, [](const Half& half) { return half.trials < least_trials; })) {
    return results;
  }
  const auto k = static_cast<Index>(controls_);
  const auto t_count = static_cast<Index>(targets_.size());
  std::array<Matrix, 2> between, with, coefficients;  // of n (n - 1) times the covariances
  for (std::size_t h = 0; h < 2; ++h) {
    const Half& half = halves_[h];
    const auto sum = [&](Index row, Index column) {
      return half
          .products[static_cast<std::size_t>(row) * width() + static_cast<std::size_t>(column)];
    };
    between[h].resize(k, k);
    with[h].resize(k, t_count);
    for (Index j = 0; j < k; ++j) {
      for (Index i = 0; i < k; ++i) {
        between[h](j, i) = centred(half.trials, sum(j + 1, i + 1), sum(0, j + 1), sum(0, i + 1));
      }
      for (Index t = 0; t < t_count; ++t) {
        const Index column = static_cast<Index>(rows()) + t;
        with[h](j, t) = centred(half.trials, sum(j + 1, column), sum(0, j + 1), sum(0, column));
      }
    }
    // Streams may be tied to each other, or not drawn from.
    Matrix ridged = between[h];
    ridged.diagonal().array() += 1e-9 * (1 + between[h].diagonal().maxCoeff());
    coefficients[h] = ridged.ldlt().solve(with[h]);
  }
  const double all = static_cast<double>(halves_[0].trials + halves_[1].trials);
  for (Index t = 0; t < t_count; ++t) {
    const auto target = static_cast<std::size_t>(t);
    if (missing_[target] > 0) continue;
    double shift = 0, plain = 0, left = 0;
    for (std::size_t h = 0; h < 2; ++h) {
      const Half& half = halves_[h];
      const double n = static_cast<double>(half.trials);
      const Vector beta = coefficients[1 - h].col(t);
      const Whole sum = half.products[rows() + target];
      const double squares = centred(half.trials, half.squares[target], sum, sum);
      // Variance of the sum over the half.
      plain += squares / (n - 1);
      left += (squares - 2 * beta.dot(with[h].col(t)) + beta.dot(between[h] * beta)) / (n - 1);
      for (Index j = 0; j < k; ++j) {
        const double mean = static_cast<double>(half.controls[static_cast<std::size_t>(j)]) / n;
        shift -= n / all * beta(j) * mean * (control_steps / fine_steps);
      }
    }
    if (!(plain > 0)) continue;
    // What the controls explain in full leaves nothing but what these sums are rounded by.
    left = std::max(left, 1e-14 * plain);
    const double unit = 1 / targets_[target].rounding.steps;
    results[target] = {shift * unit, std::sqrt(left) / all * unit, plain / left};
  }
  return results;
}

}  // namespace truce::results
