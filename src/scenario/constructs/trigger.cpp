#include "scenario/constructs/trigger.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/mapping_reader.hpp"

namespace truce::scenario {

void Room<Trigger>::finish(MappingReader& in, Trigger& trigger) {
  const auto written =
      std::ranges::count_if(sources, [&](std::string_view key) { return in.has(key); });
  if (!in.sound() || written == 1) return;
  in.diagnostics().error(trigger.name.position,
                         fmt::format("trigger '{}' has {} sources", trigger.name.text, written), {},
                         fmt::format("give it one of {}", fmt::join(sources, ", ")));
}

}  // namespace truce::scenario
