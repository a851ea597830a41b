#include "scenario/check/entity_kind.hpp"

#include <array>
#include <stdexcept>

namespace truce::scenario {

namespace {

using Text = std::string_view;

// Events in the order of the language's page.
constexpr std::array party_events = {Text("halted"), Text("resumed")};
constexpr std::array cohort_events = {Text("death"), Text("release"), Text("capture")};
constexpr std::array window_events = {Text("opened"), Text("closed")};
constexpr std::array phase_events = {Text("started"), Text("ended")};
constexpr std::array obligation_events = {Text("performed"), Text("fulfilled"), Text("breached"),
                                          Text("remedied"), Text("voided")};
constexpr std::array talks_events = {Text("opened"), Text("agreed"), Text("rejected"),
                                     Text("failed")};
constexpr std::array incident_events = {Text("occurred")};
constexpr std::array trigger_events = {Text("fired")};
constexpr std::array signal_events = {Text("")};

constexpr std::array kinds = {EntityKind::list,   EntityKind::parameter, EntityKind::party,
                              EntityKind::cohort, EntityKind::level,     EntityKind::formula,
                              EntityKind::window, EntityKind::phase,     EntityKind::obligation,
                              EntityKind::talks,  EntityKind::incident,  EntityKind::trigger,
                              EntityKind::signal};

constexpr EntityWords list{"list", "is a list", "a list is expected", "lists"};
constexpr EntityWords parameter{"parameter", "is a parameter", "a parameter is expected",
                                "parameters"};
constexpr EntityWords party{"party", "is a party", "a party is expected", "parties", party_events};
constexpr EntityWords cohort{"cohort", "is a cohort", "a cohort is expected", "cohorts",
                             cohort_events};
constexpr EntityWords level{"level", "is a level", "a level is expected", "levels"};
constexpr EntityWords formula{"formula", "is a formula", "a formula is expected", "formulas"};
constexpr EntityWords window{"window", "is a window", "a window is expected", "windows",
                             window_events};
constexpr EntityWords phase{"phase", "is a phase", "a phase is expected", "phases", phase_events};
constexpr EntityWords obligation{"obligation", "is an obligation", "an obligation is expected",
                                 "phases", obligation_events};
constexpr EntityWords talks{"talks", "is the name of talks", "talks are expected", "talks",
                            talks_events};
constexpr EntityWords incident{"incident", "is an incident", "an incident is expected", "incidents",
                               incident_events};
constexpr EntityWords trigger{"trigger", "is a trigger", "a trigger is expected", "triggers",
                              trigger_events};
constexpr EntityWords signal{"signal", "is a signal", "a signal is expected", "", signal_events};

}  // namespace

std::span<const EntityKind> all_kinds() {
  return kinds;
}

const EntityWords& words_for(EntityKind kind) {
  switch (kind) {
    case EntityKind::list:
      return list;
    case EntityKind::parameter:
      return parameter;
    case EntityKind::party:
      return party;
    case EntityKind::cohort:
      return cohort;
    case EntityKind::level:
      return level;
    case EntityKind::formula:
      return formula;
    case EntityKind::window:
      return window;
    case EntityKind::phase:
      return phase;
    case EntityKind::obligation:
      return obligation;
    case EntityKind::talks:
      return talks;
    case EntityKind::incident:
      return incident;
    case EntityKind::trigger:
      return trigger;
    case EntityKind::signal:
      return signal;
  }
  throw std::logic_error("no such kind of entity");
}

}  // namespace truce::scenario
