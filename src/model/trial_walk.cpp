#include "model/trial_walk.hpp"

#include "base/contract.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

struct WalkState::Held {
  Trial::State state;
};

WalkState::WalkState() = default;
WalkState::WalkState(WalkState&&) noexcept = default;
WalkState& WalkState::operator=(WalkState&&) noexcept = default;
WalkState::~WalkState() = default;

TrialWalk::TrialWalk(const Model& model, const SimulatorSettings& settings)
    : trial_(std::make_unique<Trial>(model, settings)) {}
TrialWalk::TrialWalk(TrialWalk&&) noexcept = default;
TrialWalk& TrialWalk::operator=(TrialWalk&&) noexcept = default;
TrialWalk::~TrialWalk() = default;

void TrialWalk::start(std::uint64_t trial, TrialRecord& record, DrawHook* hook) {
  trial_->start(trial, record, nullptr, hook);
}

double TrialWalk::next_time() {
  return trial_->next_time();
}

void TrialWalk::step() {
  trial_->step();
}

void TrialWalk::go_on(TrialRecord& record) {
  trial_->go_on(record);
}

double TrialWalk::now() const {
  return trial_->now();
}

double TrialWalk::value(const Expr& expression, double day) {
  return trial_->value(expression, day);
}

double TrialWalk::value(VariableId variable) const {
  return trial_->value(variable);
}

void TrialWalk::listen(DrawHook* hook) {
  trial_->listen(nullptr, hook);
}

void TrialWalk::save(WalkState& into) const {
  if (!into.held_) into.held_ = std::make_unique<WalkState::Held>();
  trial_->save(into.held_->state);
}

void TrialWalk::restore(const WalkState& saved) {
  TRUCE_EXPECT(saved.held_ != nullptr);
  trial_->restore(saved.held_->state);
}

void TrialWalk::fork(std::uint64_t number) {
  trial_->fork(number);
}

}  // namespace truce::model
