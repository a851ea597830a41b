#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::tell(std::string_view what, PartyId who, double amount) {
  const std::string_view name = who.valid() ? std::string_view(model_.parties[who].name) : "";
  sink_->happened({.time = now_, .what = what, .who = name, .amount = amount, .why = why_});
}

void Trial::tell_event(EventId id, double amount) {
  const EventLabel& label = model_.event_labels[id];
  tell(label.name, label.who, amount);
}

void Trial::tell_note(const std::string& owner, const char* what, double amount) {
  tell(owner + what, PartyId{}, amount);
}

}  // namespace truce::model
