#include "scenario/constructs/obligation.hpp"

#include "scenario/mapping_reader.hpp"

namespace truce::scenario {

void Room<DueEntry>::finish(MappingReader& in, DueEntry& entry) {
  if (!in.sound()) {
    entry.day = stand_in(Purpose::duration, entry.position);
    entry.rest = true;
    return;
  }
  const Node* count = in.get("count");
  if (count == nullptr || !count->is_scalar() || count->text != "rest") return;
  entry.rest = true;
  entry.count.reset();
}

void Room<Obligation>::finish(MappingReader& in, Obligation& obligation) {
  if (in.has("due")) obligation.due_position = in.position_of("due");
}

}  // namespace truce::scenario
