#include "results/detail/control_statistics.hpp"

#include <Eigen/Dense>

#include "results/schema_check.hpp"

namespace truce::results {

using Eigen::Index;

ControlStatistics::ControlStatistics(const Schema& schema)
    : controls_(schema.controls->streams.size()) {
  for (std::size_t c = 0; c < schema.columns.size(); ++c) {
    const Column& column = schema.columns[c];
    if (is_controlled(column)) {
      targets_.push_back({.column = c, .rounding = schema.controls->rounding.at(targets_.size())});
    }
  }
  constexpr double steps_of_share = 0x1p10;
  const std::size_t ending = column_index(schema, "ending");
  for (std::size_t code = 0; code < schema.columns[ending].labels.size(); ++code) {
    targets_.push_back(
        {.column = ending, .code = static_cast<int>(code), .rounding = {0, steps_of_share}});
  }
  make_room();
}

ControlStatistics::ControlStatistics(const Schema& schema, std::size_t controlled_outcome)
    : controls_(schema.controls->streams.size()),
      targets_{{.column = 0, .rounding = schema.controls->rounding.at(controlled_outcome)}} {
  make_room();
}

void ControlStatistics::make_room() {
  for (Half& half : halves_) {
    half.controls.resize(controls_);
    half.products.resize(rows() * width());
    half.squares.resize(targets_.size());
  }
}

void ControlStatistics::add(const StoredBlock& block) {
  std::array<std::vector<std::size_t>, 2> sampled;
  std::array<std::vector<std::size_t>, 2> trials;
  for (std::size_t i = 0; i < block.status.size(); ++i) {
    if (block.status[i] == Status::failed) continue;
    const std::size_t h = half_of(block.first + i);
    trials[h].push_back(i);
    if (!is_sampled(block.first + i)) continue;
    sampled[h].push_back(i);
    if (sampled[h].size() < exact_together) continue;
    add_products(block, sampled[h], halves_[h]);
    sampled[h].clear();
  }
  for (std::size_t h = 0; h < 2; ++h) {
    if (!sampled[h].empty()) add_products(block, sampled[h], halves_[h]);
    halves_[h].trials += trials[h].size();
    for (std::size_t c = 0; c < controls_; ++c) {
      std::int64_t sum = 0;
      for (const std::size_t i : trials[h]) {
        sum +=
            static_cast<std::int64_t>(whole(block.controls[c][i] * fine_control_steps,
                                            most_of_control * fine_control_steps / control_steps));
      }
      halves_[h].controls[c] += sum;
    }
  }
}

void ControlStatistics::add_products(const StoredBlock& block,
                                     const std::vector<std::size_t>& trials, Half& half) {
  const auto n = static_cast<Index>(trials.size());
  Eigen::MatrixXd all(n, static_cast<Index>(width()));
  all.col(0).setOnes();
  for (std::size_t c = 0; c < controls_; ++c) {
    for (Index i = 0; i < n; ++i) {
      all(i, static_cast<Index>(c) + 1) = whole(
          block.controls[c][trials[static_cast<std::size_t>(i)]] * control_steps, most_of_control);
    }
  }
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    const Target& target = targets_[t];
    auto column = all.col(static_cast<Index>(rows() + t));
    std::visit(
        [&](const auto& values) {
          for (Index i = 0; i < n; ++i) {
            double x = static_cast<double>(values[trials[static_cast<std::size_t>(i)]]);
            if (target.code >= 0) x = x == target.code ? 1 : 0;
            const double rounded =
                whole((x - target.rounding.centre) * target.rounding.steps, most_of_target);
            column(i) = x == x ? rounded : 0;
          }
        },
        block.columns[target.column]);
    half.squares[t] += static_cast<WholeSum>(column.squaredNorm());
  }
  const Eigen::MatrixXd products = all.leftCols(static_cast<Index>(rows())).transpose() * all;
  for (Index row = 0; row < products.rows(); ++row) {
    for (Index column = 0; column < products.cols(); ++column) {
      half.products[static_cast<std::size_t>(row) * width() + static_cast<std::size_t>(column)] +=
          static_cast<WholeSum>(products(row, column));
    }
  }
  half.sampled += trials.size();
}

void ControlStatistics::add(const ControlStatistics& other) {
  const auto add_all = [](auto& to, const auto& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  for (std::size_t h = 0; h < 2; ++h) {
    halves_[h].trials += other.halves_[h].trials;
    halves_[h].sampled += other.halves_[h].sampled;
    add_all(halves_[h].controls, other.halves_[h].controls);
    add_all(halves_[h].products, other.halves_[h].products);
    add_all(halves_[h].squares, other.halves_[h].squares);
  }
}

void ControlStatistics::add_outcome(const ControlStatistics& all, std::size_t controlled_outcome) {
  for (std::size_t h = 0; h < 2; ++h) {
    const Half& from = all.halves_[h];
    Half& to = halves_[h];
    to.trials += from.trials;
    to.sampled += from.sampled;
    for (std::size_t c = 0; c < controls_; ++c) to.controls[c] += from.controls[c];
    for (std::size_t row = 0; row < rows(); ++row) {
      for (std::size_t column = 0; column < rows(); ++column) {
        to.products[row * width() + column] += from.products[row * all.width() + column];
      }
      to.products[row * width() + rows()] +=
          from.products[row * all.width() + rows() + controlled_outcome];
    }
    to.squares.front() += from.squares[controlled_outcome];
  }
}

void ControlStatistics::write(ByteWriter& to) const {
  to.whole(controls_);
  to.whole(targets_.size());
  for (const Half& half : halves_) {
    to.whole(half.trials);
    to.whole(half.sampled);
    for (const auto* sums : {&half.controls, &half.products, &half.squares})
      write_wholes(to, *sums);
  }
}

void ControlStatistics::read(ByteReader& from) {
  if (from.whole() != controls_ || from.whole() != targets_.size()) ByteReader::fail();
  for (Half& half : halves_) {
    half.trials = from.whole();
    half.sampled = from.whole();
    for (auto* sums : {&half.controls, &half.products, &half.squares}) read_wholes(from, *sums);
  }
}

ControlRegression ControlStatistics::regression() const {
  std::array<ControlSums, 2> sums;
  for (std::size_t h = 0; h < 2; ++h) {
    const Half& half = halves_[h];
    sums[h] = {.trials = half.trials, .sampled = half.sampled, .fine = half.controls};
    for (std::size_t j = 1; j < rows(); ++j) {
      sums[h].sums.push_back(half.products[j]);
      for (std::size_t i = 1; i < rows(); ++i) {
        sums[h].products.push_back(half.products[j * width() + i]);
      }
    }
  }
  return ControlRegression(sums);
}

std::vector<Controlled> ControlStatistics::results(const ControlRegression& regression) const {
  std::vector<Controlled> results;
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    ControlRegression::Halves target;
    for (std::size_t h = 0; h < 2; ++h) {
      const Half& half = halves_[h];
      target[h] = {.sum = half.products[rows() + t], .square = half.squares[t]};
      for (std::size_t j = 1; j < rows(); ++j) {
        target[h].products.push_back(half.products[j * width() + rows() + t]);
      }
    }
    results.push_back(regression.of(target, targets_[t].rounding.steps));
  }
  return results;
}

}  // namespace truce::results
