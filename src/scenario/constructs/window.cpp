#include "scenario/constructs/window.hpp"

#include "base/date.hpp"
#include "scenario/mapping_reader.hpp"

namespace truce::scenario {

void Room<Window>::finish(MappingReader& in, Window& window) {
  const Node* from = in.get("from");
  if (from == nullptr) return;
  if (from->is_scalar() && base::has_form_of_date(from->text)) {
    window.date = Name{from->text, from->position};
    window.from = Expression{.position = from->position};
  } else {
    window.from = in.required("from");
  }
}

}  // namespace truce::scenario
