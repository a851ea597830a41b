#include "scenario/lists/repetition.hpp"

#include "scenario/lists/repeater.hpp"

namespace truce::scenario {

Node repeated(const Node& document, Diagnostics& diagnostics) {
  const Node* written = document.find("lists");
  const NameLists lists = written ? NameLists(*written, diagnostics) : NameLists();
  try {
    Node result = Repeater(lists, diagnostics).document(document);
    if (diagnostics.has_errors()) return result;  // which may be why it is not used
    for (const Node::Entry& list : written ? written->entries : std::vector<Node::Entry>()) {
      if (lists.used(list.key) || lists.find(list.key) == nullptr) continue;
      diagnostics.warning(list.key_position, "list " + shown(list.key) + " is not used", {},
                          "write <" + list.key + "> in a key or an item that it is to repeat");
    }
    return result;
  } catch (const Repeater::TooLarge&) {
    Node nothing;
    nothing.position = document.position;
    return nothing;
  }
}

}  // namespace truce::scenario
