#pragma once

#include "scenario/document.hpp"

namespace truce::scenario {

/// Deep merge of `overlay` over `base`. Warns of nulls that delete nothing, where there are
/// `diagnostics`.
Node merged_over(Node base, const Node& overlay, Diagnostics* diagnostics);

}  // namespace truce::scenario
