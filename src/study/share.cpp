#include "study/share.hpp"

#include <algorithm>

#include "study/run_file.hpp"

namespace truce::study {

namespace {

/// From here on a point takes seconds or more, which the files of its parts are small against.
constexpr std::uint64_t large = std::uint64_t{1} << 18U;

/// Where share number `at`, from 0, of n begins among so many things.
std::uint64_t border(std::uint64_t things, std::uint64_t at, std::uint64_t n) {
  return things * at / n;
}

/// What is divided: points, or rows that stop together.
std::size_t units_of(const Plan& plan) {
  return plan.rows_together() ? plan.rows() : plan.schema().contained.size();
}

}  // namespace

bool has_large_points(const Plan& plan) {
  return plan.schema().common.trials >= large && !plan.schema().precision;
}

Share all_of(const Plan& plan) {
  return {.points = plan.schema().contained};
}

std::uint64_t most_shares(const Plan& plan) {
  constexpr std::uint64_t enough = std::uint64_t{1} << 32U;  // for any number of a share
  const std::uint64_t trials = std::min(plan.schema().common.trials, enough);
  return units_of(plan) * (plan.schema().precision ? 1 : trials);
}

Share share_of(const Plan& plan, std::uint32_t k, std::uint32_t n) {
  const auto& all = plan.schema().contained;
  const std::uint64_t units = units_of(plan);
  Share share;
  if (n <= units) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::uint64_t unit = plan.rows_together() ? all[i] % plan.rows() : i;
      if (border(units, k - 1, n) <= unit && unit < border(units, k, n)) {
        share.points.push_back(all[i]);
      }
    }
    return share;
  }
  // The point of which the shares border(n, i, units) + 1 to border(n, i + 1, units) are.
  std::uint64_t i = border(units, k - 1, n);
  while (border(n, i + 1, units) < k) ++i;
  share.points = {all[i]};
  const std::uint64_t before = border(n, i, units);
  const std::uint64_t shares = border(n, i + 1, units) - before;
  if (shares > 1) {
    share.stretch =
        trials_of_shard(plan.schema().common.trials, static_cast<std::uint32_t>(k - before),
                        static_cast<std::uint32_t>(shares));
  }
  return share;
}

results::StudySchema schema_for(const Plan& plan, const Share& share) {
  results::StudySchema schema = plan.schema();
  schema.contained = share.points;
  schema.stretch = share.stretch;
  return schema;
}

}  // namespace truce::study
