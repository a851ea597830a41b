#include "analysis/detail/smc_group.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "analysis/detail/conditioning_parts.hpp"
#include "engine/random.hpp"

namespace truce::analysis {

namespace {

/// A uniform number that no trial draws.
double resampling_uniform(std::uint64_t seed, std::uint64_t group, std::size_t checkpoint) {
  const auto block = engine::random_block(seed, group, engine::stream_key("(resampling)"),
                                          static_cast<std::uint32_t>(checkpoint));
  return engine::open_unit(block[0]);
}

}  // namespace

double SmcGroup::evidence() const {
  return std::accumulate(weights.begin(), weights.end(), 0.0);
}

std::vector<std::uint32_t> systematic_counts(const std::vector<double>& weights,
                                             std::uint64_t count, double uniform) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::uint32_t> counts(weights.size(), 0);
  std::uint64_t drawn = 0;
  double below = 0;
  std::size_t last = 0;  // that has any weight
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    last = i;
    below += weights[i];
    // The numbers (uniform + k) / count that lie below.
    while (drawn < count &&
           (uniform + static_cast<double>(drawn)) * sum < below * static_cast<double>(count)) {
      ++counts[i];
      ++drawn;
    }
  }
  if (!counts.empty()) counts[last] += static_cast<std::uint32_t>(count - drawn);  // rounding
  return counts;
}

SmcRunner::SmcRunner(const model::Model& model, const model::SimulatorSettings& settings,
                     const std::vector<scenario::KnownFact>& facts)
    : seed_(settings.seed),
      facts_(facts.size()),
      checkpoints_(checkpoints_of(facts).size()),
      walk_(model, settings, facts) {}

void SmcRunner::move_on(std::size_t checkpoint, std::vector<Particle>& particles, SmcGroup& group,
                        bool keep_prior) {
  log_factors_.assign(particles.size() * facts_, 0.0);
  const bool last = checkpoint + 1 == checkpoints_;
  for (std::size_t i = 0; i < particles.size(); ++i) {
    Particle& particle = particles[i];
    if (particle.weight == 0) continue;
    const std::span factors = std::span(log_factors_).subspan(i * facts_, facts_);
    try {
      if (checkpoint == 0) {
        walk_.start(particle.line.origin);
        if (keep_prior) {
          group.prior.resize(walk_.drawn().size());
          for (std::size_t p = 0; p < walk_.drawn().size(); ++p) {
            group.prior[p].push_back(walk_.drawn()[p]);
          }
        }
      } else {
        walk_.restore(states_[particle.state]);
        walk_.fork(particle.fork);
      }
      if (!walk_.go_to(checkpoint, factors) && !last) walk_.save(next_[i]);
    } catch (const model::TrialError&) {
      ++group.failed;
      // It is out by the first fact that it did not come to.
      factors[0] = -std::numeric_limits<double>::infinity();
    }
    particle.state = i;
    particle.fork = 0;
  }
  states_.swap(next_);
}

// The facts' factors of a step multiply up to what the step leaves of the weight.
void SmcRunner::weigh(std::vector<Particle>& particles, SmcGroup& group) {
  double before = 0;
  for (const Particle& particle : particles) before += particle.weight;
  for (std::size_t fact = 0; fact < facts_; ++fact) {
    double after = 0;
    for (std::size_t i = 0; i < particles.size(); ++i) {
      const double log_factor = log_factors_[i * facts_ + fact];
      if (log_factor != 0) particles[i].weight *= std::exp(log_factor);
      after += particles[i].weight;
    }
    group.shares[fact] *= before > 0 ? after / before : 0;
    before = after;
  }
}

void SmcRunner::resample(std::size_t checkpoint, std::uint64_t number,
                         std::vector<Particle>& particles) {
  std::vector<double> weights;
  double sum = 0, squares = 0;
  for (const Particle& particle : particles) {
    weights.push_back(particle.weight);
    sum += particle.weight;
    squares += particle.weight * particle.weight;
  }
  if (!(sum > 0) || sum * sum / squares >= static_cast<double>(particles.size()) / 2) return;
  const auto counts =
      systematic_counts(weights, particles.size(), resampling_uniform(seed_, number, checkpoint));
  std::vector<Particle> next;
  next.reserve(particles.size());
  const double weight = sum / static_cast<double>(particles.size());
  for (std::size_t i = 0; i < particles.size(); ++i) {
    for (std::uint32_t copy = 0; copy < counts[i]; ++copy) {
      Particle& child = next.emplace_back(particles[i]);
      child.weight = weight;
      if (copy == 0) continue;  // the first goes on with the streams of its parent
      child.fork = fork_number(checkpoint, copy);
      child.line.forks.push_back({static_cast<std::uint32_t>(checkpoint), child.fork});
    }
  }
  particles = std::move(next);
}

SmcGroup SmcRunner::run(std::uint64_t number, std::uint64_t size, bool keep_prior) {
  SmcGroup group;
  group.shares.assign(facts_, 1.0);
  states_.resize(size);
  next_.resize(size);
  std::vector<Particle> particles(size);
  for (std::uint64_t i = 0; i < size; ++i) {
    particles[i].line = {.origin = number * size + i, .group = static_cast<std::int32_t>(number)};
    particles[i].weight = 1 / static_cast<double>(size);
  }
  for (std::size_t checkpoint = 0; checkpoint < checkpoints_; ++checkpoint) {
    move_on(checkpoint, particles, group, keep_prior);
    weigh(particles, group);
    if (checkpoint + 1 < checkpoints_) resample(checkpoint, number, particles);
  }
  for (Particle& particle : particles) {
    if (!(particle.weight > 0)) continue;
    group.lines.push_back(std::move(particle.line));
    group.weights.push_back(particle.weight);
  }
  return group;
}

}  // namespace truce::analysis
