#pragma once

namespace truce::engine {

/// Quantile of the standard normal distribution, 0 < u < 1, to about 1e-16 relative: algorithm AS
/// 241 (PPND16) of M. J. Wichura, Applied Statistics 37 (1988), 477-484.
double inverse_normal(double u);

/// P(Z <= z) of a standard normal variable.
double normal_cdf(double z);

}  // namespace truce::engine
