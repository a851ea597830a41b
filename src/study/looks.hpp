#pragma once

#include <cstdint>
#include <vector>

#include "study/run.hpp"

namespace truce::study {

/// Numbers of trials at which a stopping rule looks, ascending without end: block borders that grow
/// by a quarter each from four blocks on.
class Looks {
 public:
  static constexpr std::uint64_t first = 4 * block_trials;

  [[nodiscard]] std::uint64_t next() const;
  void advance() { least_ += least_ / 4; }

 private:
  std::uint64_t least_ = first;
};

/// Those below `at_most`, and that last.
std::vector<std::uint64_t> looks_until(std::uint64_t at_most);

/// The bound that a mean's error in standard errors keeps at all looks with this probability, in
/// large samples: P. Armitage, C. K. McPherson and B. C. Rowe, J. R. Stat. Soc. A 132 (1969),
/// 235-244; as a constant bound, S. J. Pocock, Biometrika 64 (1977), 191-199. Intervals of that
/// width hold together, and so at whatever look a rule stops (C. Jennison and B. W. Turnbull, J. R.
/// Stat. Soc. B 51 (1989), 305-361).
double bound_at_all(const std::vector<std::uint64_t>& looks, double confidence);

}  // namespace truce::study
