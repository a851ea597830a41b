#pragma once

#include <cstdint>
#include <vector>

#include "analysis/conditioning.hpp"
#include "analysis/detail/fact_walk.hpp"

namespace truce::analysis {

/// What became of a group of trials that were run from fact to fact.
struct SmcGroup {
  std::vector<double> shares;   ///< [fact]: what of the weight is left after it; 0 after the last
  std::vector<Lineage> lines;   ///< of those that are left
  std::vector<double> weights;  ///< of them; their sum is the group's evidence
  std::uint64_t failed = 0;     ///< trials that failed on the way
  std::vector<std::vector<double>> prior;  ///< [parameter][trial]; where asked for
  [[nodiscard]] double evidence() const;
};

/// How often each of the weights is drawn by systematic resampling, `count` times in all, from a
/// uniform number: each `count` times its share, rounded up or down. Source: Kitagawa, J. Comput.
/// Graph. Stat. 5 (1996), 1-25.
std::vector<std::uint32_t> systematic_counts(const std::vector<double>& weights,
                                             std::uint64_t count, double uniform);

/// Runs one group after the other for one thread.
class SmcRunner {
 public:
  SmcRunner(const model::Model& model, const model::SimulatorSettings& settings,
            const std::vector<scenario::KnownFact>& facts);

  /// Group number `group`, of trials [group * size, (group + 1) * size).
  SmcGroup run(std::uint64_t group, std::uint64_t size, bool keep_prior);

 private:
  struct Particle {
    Lineage line;
    std::size_t state = 0;   ///< where it was saved, among `states_`
    std::uint64_t fork = 0;  ///< that it still has to make
    double weight = 1;       ///< 0: it is out
  };
  void move_on(std::size_t checkpoint, std::vector<Particle>& particles, SmcGroup& group,
               bool keep_prior);
  void weigh(std::vector<Particle>& particles, SmcGroup& group);
  void resample(std::size_t checkpoint, std::uint64_t number, std::vector<Particle>& particles);

  const std::uint64_t seed_;
  const std::size_t facts_;
  const std::size_t checkpoints_;
  FactWalk walk_;
  std::vector<FactWalk::Saved> states_, next_;
  std::vector<double> log_factors_;  ///< [particle][fact]
};

}  // namespace truce::analysis
