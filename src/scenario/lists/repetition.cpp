#include "scenario/lists/repetition.hpp"

#include "scenario/lists/repeater.hpp"

namespace truce::scenario {

Node repeated(Node document, Diagnostics& diagnostics) {
  const Node* written = document.find("lists");
  const NameLists lists = written ? NameLists(*written, diagnostics) : NameLists();
  try {
    return Repeater(lists, diagnostics).document(document);
  } catch (const Repeater::TooLarge&) {
    Node nothing;
    nothing.position = document.position;
    return nothing;
  }
}

}  // namespace truce::scenario
