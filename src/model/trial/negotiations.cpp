#include "model/trial/negotiations.hpp"

#include <algorithm>
#include <cmath>

#include "model/trial/effects.hpp"

namespace truce::model {

void Negotiations::open(TalksId id) {
  const Talks& talks = world_.model.talks[id];
  if (world_.value(talks.open) != 0) return;
  world_.set(talks.open, 1);
  state_.ratifying[id.index()] = 0;
  std::ranges::fill(state_.positions[id.index()], not_a_number);
  world_.raise(talks.opened);
  schedule_round(id);
  if (talks.deadline.present()) {
    world_.agenda.schedule_fixed(
        world_.agenda.deadline(id),
        world_.now() + world_.duration(talks.deadline, talks.name, "deadline"),
        Agenda::Rank::limit);
  }
}

void Negotiations::close(TalksId id) {
  world_.set(world_.model.talks[id].open, 0);
  state_.ratifying[id.index()] = 0;
  world_.agenda.cancel_fixed(world_.agenda.slot(id));
  world_.agenda.cancel_fixed(world_.agenda.deadline(id));
}

void Negotiations::lapse() {
  for (const TalksId id : world_.model.talks.ids()) {
    if (world_.value(world_.model.talks[id].open) != 0) close(id);
  }
}

void Negotiations::schedule_round(TalksId id) {
  const Talks& talks = world_.model.talks[id];
  world_.agenda.schedule_fixed(world_.agenda.slot(id),
                               world_.now() + world_.duration(talks.rounds, talks.name, "rounds"));
}

void Negotiations::step(TalksId id) {
  const Talks& talks = world_.model.talks[id];
  TRUCE_EXPECT(world_.value(talks.open) != 0);
  if (state_.ratifying[id.index()] != 0) {
    ratify(id);
  } else if (!world_.chance(talks.agree, talks.agree_stream)) {
    world_.note(talks.name, ".round");
    schedule_round(id);
  } else if (talks.ratify.empty()) {
    agree(id);
  } else {
    world_.note(talks.name, ".to_ratify");
    state_.ratifying[id.index()] = 1;
    world_.agenda.schedule_fixed(
        world_.agenda.slot(id),
        world_.now() + world_.duration(talks.ratify_takes, talks.name, "ratify_takes"));
  }
}

void Negotiations::ratify(TalksId id) {
  const Talks& talks = world_.model.talks[id];
  state_.ratifying[id.index()] = 0;
  bool all = true;
  // Every party decides, whatever the others did, so that its draws stay paired.
  for (std::size_t i = 0; i < talks.ratify.size(); ++i) all &= accepts(id, i);
  if (all) return agree(id);
  world_.raise(talks.rejected);
  schedule_round(id);
}

bool Negotiations::accepts(TalksId id, std::size_t ratifier) {
  const Talks& talks = world_.model.talks[id];
  const auto& [probability, stream] = talks.ratify[ratifier];
  if (talks.positions == Positions::redrawn) return world_.chance(probability, stream);
  const double p = world_.probability(probability, stream);
  double& position = state_.positions[id.index()][ratifier];
  if (std::isnan(position)) position = world_.numbers.position(p, stream);
  return position < p;
}

void Negotiations::agree(TalksId id) {
  const Talks& talks = world_.model.talks[id];
  close(id);
  world_.raise(talks.agreed);
  effects_.act(talks.on_agreed, Portion{});
}

void Negotiations::fail(TalksId id) {
  const Talks& talks = world_.model.talks[id];
  TRUCE_EXPECT(world_.value(talks.open) != 0);
  close(id);
  world_.raise(talks.failed);
  effects_.act(talks.on_failed, Portion{});
}

}  // namespace truce::model
