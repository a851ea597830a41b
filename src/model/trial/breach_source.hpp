#pragma once

#include <string>

#include "base/contract.hpp"
#include "model/model.hpp"

namespace truce::model {

/// What a breach is a breach of: an obligation, or the peace by an incident. One of both is valid.
struct BreachSource {
  explicit BreachSource(ObligationId id) : obligation(id) {}
  explicit BreachSource(IncidentId id) : incident(id) {}
  BreachSource() = default;

  ObligationId obligation;
  IncidentId incident;

  [[nodiscard]] bool valid() const { return obligation.valid() || incident.valid(); }
  /// What `get` says of the obligation or incident.
  template <class Get>
  decltype(auto) in(const Model& model, const Get& get) const {
    TRUCE_EXPECT(obligation.valid() != incident.valid());
    return obligation.valid() ? get(model.obligations[obligation]) : get(model.incidents[incident]);
  }
  [[nodiscard]] const std::string& name(const Model& model) const {
    return in(model, [](const auto& source) -> const std::string& { return source.name; });
  }
  [[nodiscard]] CauseId cause(const Model& model) const {
    return in(model, [](const auto& source) { return source.cause; });
  }
};

}  // namespace truce::model
