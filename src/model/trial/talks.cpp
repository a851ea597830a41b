#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::open_talks(TalksId id) {
  const Talks& talks = model_.talks[id];
  if (value(talks.open) != 0) return;
  set(talks.open, 1);
  talks_[id.index()].ratifying = false;
  raise(talks.opened);
  schedule_round(id);
  if (talks.deadline.present()) {
    schedule_fixed(deadline_slot(id), now_ + duration(talks.deadline, talks.name, "deadline"),
                   Rank::limit);
  }
}

void Trial::close_talks(TalksId id) {
  set(model_.talks[id].open, 0);
  talks_[id.index()].ratifying = false;
  calendar_.cancel(talks_slot(id));
  calendar_.cancel(deadline_slot(id));
}

void Trial::schedule_round(TalksId id) {
  const Talks& talks = model_.talks[id];
  schedule_fixed(talks_slot(id), now_ + duration(talks.rounds, talks.name, "rounds"));
}

void Trial::step_talks(TalksId id) {
  const Talks& talks = model_.talks[id];
  if (talks_[id.index()].ratifying) {
    ratify(id);
  } else if (!chance(talks.agree, talks.agree_place)) {
    note(talks.name, ".round");
    schedule_round(id);
  } else if (talks.ratify.empty()) {
    agree(id);
  } else {
    note(talks.name, ".to_ratify");
    talks_[id.index()].ratifying = true;
    schedule_fixed(talks_slot(id), now_ + duration(talks.ratify_takes, talks.name, "ratify_takes"));
  }
}

void Trial::ratify(TalksId id) {
  const Talks& talks = model_.talks[id];
  talks_[id.index()].ratifying = false;
  bool all = true;
  // Every party decides, whatever the others did, so that its draws stay paired.
  for (const auto& [probability, place] : talks.ratify) all &= chance(probability, place);
  if (all) return agree(id);
  raise(talks.rejected);
  schedule_round(id);
}

void Trial::agree(TalksId id) {
  const Talks& talks = model_.talks[id];
  close_talks(id);
  raise(talks.agreed);
  act(talks.on_agreed, Portion{});
}

void Trial::fail_talks(TalksId id) {
  const Talks& talks = model_.talks[id];
  close_talks(id);
  raise(talks.failed);
  act(talks.on_failed, Portion{});
}

}  // namespace truce::model
