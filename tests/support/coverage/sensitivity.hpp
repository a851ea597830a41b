#pragma once

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "analysis/emulator.hpp"
#include "analysis/morris.hpp"
#include "analysis/regression.hpp"
#include "analysis/sobol.hpp"
#include "study/design.hpp"
#include "support/coverage/coverage.hpp"
#include "support/test_functions.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// How the means of batches come about from the function: exactly, with noise of its own at every
/// point that has this share of the variance between means, or as shares of yes among 50 trials a
/// batch, with the same random numbers at all points.
struct Noise {
  std::string name;
  double share = 0;
  bool yes_or_no = false;
};

/// By measure: of each parameter or pair.
using Coverages = std::map<std::string, std::vector<Coverage>>;

/// Draws designs and noise of one kind again and again.
class CoverageOfSensitivity {
 public:
  CoverageOfSensitivity(TestFunction f, Noise noise, study::DesignKind design, std::uint64_t points)
      : f_(std::move(f)), noise_(std::move(noise)), design_(design), points_(points) {
    std::vector<bool> few;
    truth_ = measures(1'000'000, 20'000, few);
  }

  [[nodiscard]] Coverages repeated(int repetitions) const {
    Coverages all;
    for (int r = 0; r < repetitions; ++r) {
      std::vector<bool> few;
      for (const auto& [name, estimates] :
           measures(static_cast<std::uint64_t>(r) + 1, points_, few)) {
        auto& of = all[name];
        of.resize(estimates.size());
        for (std::size_t i = 0; i < estimates.size(); ++i) {
          of[i].add(estimates[i].interval, truth_of(name, i),
                    warns_of(name) || (i < few.size() && few[i]));
        }
      }
    }
    return all;
  }

 private:
  using Estimates = std::map<std::string, std::vector<analysis::Estimate>>;

  [[nodiscard]] double truth_of(const std::string& measure, std::size_t i) const {
    if (measure == "first") return f_.first[i];
    if (measure == "total") return f_.total[i];
    if (measure == "second") return f_.second[i];
    // Of the first two, and of all but the last.
    if (measure == "group, first") {
      return i == 0 ? f_.first[0] + f_.first[1] + f_.second[0] : 1 - f_.total.back();
    }
    if (measure == "group, total") return 1 - f_.first.back();
    return truth_.at(measure)[i].value;
  }

  [[nodiscard]] Eigen::MatrixXd batches(const Eigen::MatrixXd& x, std::uint64_t seed) const {
    constexpr Eigen::Index count = 20;
    constexpr int trials = 50;
    Uniform uniform(1000 + seed);
    const Eigen::VectorXd y = evaluate(x, f_.value);
    Eigen::MatrixXd result = y.replicate(1, count);
    if (noise_.yes_or_no) {
      result.setZero();
      for (Eigen::Index b = 0; b < count; ++b) {
        for (int t = 0; t < trials; ++t) {
          const double u = uniform();
          result.col(b).array() += (u < y.array()).cast<double>() / trials;
        }
      }
    } else if (noise_.share > 0) {
      const double variance = (y.array() - y.mean()).square().mean();
      const double sd =
          std::sqrt(variance * noise_.share / (1 - noise_.share) * static_cast<double>(count));
      for (double& value : result.reshaped()) value += sd * uniform.normal();
    }
    return result;
  }

  /// Whether `truce sensitivity` warns that these intervals may not hold.
  [[nodiscard]] bool warns_of(const std::string& measure) const {
    const bool of_emulator = measure != "src" && measure != "prcc";
    if (design_ == study::DesignKind::saltelli)
      return points_ < static_cast<std::uint64_t>(analysis::fewest_rows);
    if (design_ != study::DesignKind::morris) {
      const bool broken = design_ == study::DesignKind::sobol && !std::has_single_bit(points_);
      return of_emulator && (broken || noise_.share > analysis::most_noise);
    }
    const bool few = points_ < static_cast<std::uint64_t>(analysis::fewest_trajectories);
    const bool noisy = noise_.share > 0.05 || noise_.yes_or_no;
    return measure == "sigma" || few || (measure == "mu_star" && noisy);
  }

  /// The truth of measures without a closed form is that of a large sample. `few` [parameter] says
  /// which are warned of for their skewness.
  [[nodiscard]] Estimates measures(std::uint64_t seed, std::uint64_t points,
                                   std::vector<bool>& few) const {
    const bool truth = points > points_;
    const Eigen::Index d = f_.width();
    const Eigen::MatrixXd unit =
        study::unit_points({.kind = design_, .points = points, .seed = seed}, d);
    const Eigen::MatrixXd x = f_.values(unit);
    Estimates result;
    if (design_ == study::DesignKind::morris) {
      // What is told is told of the function, not of its noise.
      const Eigen::MatrixXd y = truth ? Eigen::MatrixXd(evaluate(x, f_.value)) : batches(x, seed);
      if (truth) {
        // A jackknife of so many trajectories would take long: the same by hand.
        return exact_effects(unit, y);
      }
      for (const auto& effects : analysis::morris_analysis(unit, y)) {
        result["mu"].push_back(effects.mu);
        result["mu_star"].push_back(effects.mu_star);
        result["sigma"].push_back(effects.sigma);
        few.push_back(effects.too_few);
      }
    } else if (design_ == study::DesignKind::saltelli) {
      if (truth) return result;
      const auto sobol = analysis::sobol_analysis(
          batches(x, seed), static_cast<Eigen::Index>(points),
          static_cast<Eigen::Index>(study::replicates_of({.points = points})));
      for (const auto& of : sobol.parameters) {
        result["first"].push_back(of.first);
        result["total"].push_back(of.total);
      }
    } else {
      const Eigen::MatrixXd y = batches(x, seed);
      const auto regression = analysis::regression_analysis(x, y);
      result["src"] = regression.src;
      result["prcc"] = regression.prcc;
      if (truth) return result;
      std::vector<std::size_t> but_last(f_.first.size() - 1);
      std::iota(but_last.begin(), but_last.end(), std::size_t{0});
      const auto emulator = analysis::emulator_analysis(x, unit, y, {{0, 1}, but_last});
      for (const auto& of : emulator.parameters) {
        result["first"].push_back(of.first);
        result["total"].push_back(of.total);
      }
      for (const auto& of : emulator.groups) result["group, first"].push_back(of.first);
      if (!emulator.groups.empty()) result["group, total"].push_back(emulator.groups[1].total);
      for (const auto& pair : emulator.pairs) result["second"].push_back(pair.second);
    }
    return result;
  }

  [[nodiscard]] static Estimates exact_effects(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
    const Eigen::Index d = x.cols();
    Eigen::MatrixXd effects(x.rows() / (d + 1), d);
    for (Eigen::Index row = 0; row + 1 < x.rows(); ++row) {
      if ((row + 1) % (d + 1) == 0) continue;
      Eigen::Index which = 0;
      (x.row(row + 1) - x.row(row)).cwiseAbs().maxCoeff(&which);
      effects(row / (d + 1), which) =
          (y(row + 1, 0) - y(row, 0)) / (x(row + 1, which) - x(row, which));
    }
    Estimates result;
    for (Eigen::Index j = 0; j < d; ++j) {
      const auto column = effects.col(j).array();
      const double mean = column.mean();
      result["mu"].push_back({mean, {}});
      result["mu_star"].push_back({column.abs().mean(), {}});
      result["sigma"].push_back({std::sqrt((column - mean).square().mean()), {}});
    }
    return result;
  }

  TestFunction f_;
  Noise noise_;
  study::DesignKind design_;
  std::uint64_t points_;
  Estimates truth_;
};

/// Intervals of `truce sensitivity`: of every measure, over the parameters or pairs.
inline CoverageRows coverage_of_sensitivity(const TestFunction& f, const Noise& noise,
                                            study::DesignKind design, std::uint64_t points,
                                            int repetitions) {
  CoverageRows rows;
  for (const auto& [measure, of] :
       CoverageOfSensitivity(f, noise, design, points).repeated(repetitions)) {
    rows.push_back({"sensitivity, " + std::string(study::name_of(design)) + ": " + measure,
                    f.name + ", " + noise.name, std::to_string(points), repetitions, of});
  }
  return rows;
}

}  // namespace truce::test
