#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/known_draws.hpp"
#include "model/trial_walk.hpp"
#include "scenario/observed.hpp"

namespace truce::analysis {

/// The days on which facts are all known, in ascending order, each with its facts in the order of
/// the record.
struct Checkpoint {
  double day = 0;
  std::vector<std::size_t> facts;
};
std::vector<Checkpoint> checkpoints_of(const std::vector<scenario::KnownFact>& facts);

/// Hands known draws out, and keeps what each was worth.
class FactDraws : public model::DrawHook {
 public:
  explicit FactDraws(const std::vector<scenario::KnownFact>& facts);
  [[nodiscard]] bool any() const { return !draws_.empty(); }
  void begin();
  double on_draw(const model::OfferedDraw& draw) override;

  struct OfFact {
    std::size_t fact;
    model::KnownDraws known;
  };
  [[nodiscard]] const std::vector<OfFact>& draws() const { return draws_; }

 private:
  std::vector<OfFact> draws_;
};

/// A trial that is walked from checkpoint to checkpoint, and held against the facts.
class FactWalk {
 public:
  /// Both must outlive it.
  FactWalk(const model::Model& model, const model::SimulatorSettings& settings,
           const std::vector<scenario::KnownFact>& facts);

  /// Where a walk was interrupted between two checkpoints.
  struct Saved {
    model::WalkState state;
    std::vector<char> met;  ///< [known draw]: whether it has been made
  };

  void start(std::uint64_t trial);
  /// The values of the parameters that are drawn.
  [[nodiscard]] const std::vector<double>& drawn() const { return record_.drawn; }
  /// Goes on to a checkpoint, and stops where a fact is refuted, which is returned. `log_factor`
  /// [fact] takes the logarithms of the likelihoods.
  std::optional<std::size_t> go_to(std::size_t checkpoint, std::span<double> log_factor);
  /// The same without judging.
  void advance_to(std::size_t checkpoint);
  void advance_to_last() { advance_to(checkpoints_.size() - 1); }
  void fork(std::uint64_t number) { walk_.fork(number); }
  /// To the end of the trial, of which all is drawn.
  const model::TrialRecord& finish();

  void save(Saved& into) const;
  void restore(const Saved& saved);

 private:
  /// What the state that lasts from now to `next` refutes.
  [[nodiscard]] std::optional<std::size_t> refuted_until(double next);
  [[nodiscard]] std::optional<std::size_t> refuted_at(const Checkpoint& checkpoint,
                                                      std::span<double> log_factor);
  [[nodiscard]] std::optional<std::size_t> refuted_by_draws(std::span<double> log_factor);

  const std::vector<scenario::KnownFact>& facts_;
  const std::vector<Checkpoint> checkpoints_;
  std::vector<std::size_t> watched_;  ///< facts that can be refuted before their ends
  FactDraws draws_;
  std::vector<char> met_;
  model::TrialWalk walk_;
  model::TrialRecord record_;
};

}  // namespace truce::analysis
