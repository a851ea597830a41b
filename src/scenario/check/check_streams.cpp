#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "scenario/check/checker.hpp"

namespace truce::scenario {

// Places of two entities with one stream would draw the same numbers.
void Checker::check_streams() {
  std::vector<std::pair<const Name*, const Name*>> written;  // entity, stream
  const auto add = [&](const Name& entity, const std::optional<Name>& stream) {
    if (stream) written.emplace_back(&entity, &*stream);
  };
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& obligation : phase.obligations) add(obligation.name, obligation.stream);
  }
  for (const Talks& talks : scenario_.talks) add(talks.name, talks.stream);
  for (const Incident& incident : scenario_.incidents) add(incident.name, incident.stream);
  std::map<std::string, std::string> owners = {{"begin", "begin"}, {"mediation", "mediation"}};
  for (const auto& [name, entity] : entities_) owners.emplace(name, name);
  for (const auto& [entity, stream] : written) owners.erase(entity->text);
  for (const auto& [entity, stream] : written) {
    if (!is_name(stream->text)) {
      error(*stream, fmt::format("{} is no name", shown(stream->text)),
            "names are letters, digits and '_', and begin with no digit");
      continue;
    }
    const auto [at, added] = owners.emplace(stream->text, entity->text);
    if (!added) {
      error(*stream,
            fmt::format("'{}' and '{}' have the same stream, '{}'", entity->text, at->second,
                        stream->text),
            "they would draw the same random numbers", "give each a stream of its own");
    }
  }
}

}  // namespace truce::scenario
