#pragma once

#include "scenario/document.hpp"

namespace truce::scenario {

/// Deep merge of `overlay` over `base`. Warns of nulls that delete nothing, where there are
/// `diagnostics`.
/// A null that deletes what only a repetition makes (`aid_north: null` over `aid_<zone>`) is kept.
Node merged_over(Node base, const Node& overlay, Diagnostics* diagnostics);

/// Tells of a null under a key that the mapping does not have.
void warn_of_idle_deletion(const Node& mapping, const Node::Entry& deletion,
                           Diagnostics& diagnostics);
/// Tells of an overlay's key with nothing below it, which leaves what it is laid over as it is.
void warn_of_empty_key(const Node::Entry& entry, Diagnostics& diagnostics);

}  // namespace truce::scenario
