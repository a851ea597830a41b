#pragma once

namespace truce::cli {

/// What the program's exit tells: done; something failed while running; the input is wrong, found
/// before any work; interrupted, with what is finished kept.
enum class ExitCode { done = 0, failed = 1, wrong_input = 2, interrupted = 130 };

}  // namespace truce::cli
