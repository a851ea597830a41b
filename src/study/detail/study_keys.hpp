#pragma once

#include "scenario/keys.hpp"

/// The keys of a study's file.
namespace truce::study::keys {

extern const scenario::KeyTable study, precision, design, compare;

}  // namespace truce::study::keys
