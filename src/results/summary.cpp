#include "truce/results/summary.hpp"

#include <cmath>

namespace truce::results {

std::string_view name_of(Completion completion) {
  switch (completion) {
    case Completion::complete:
      return "complete";
    case Completion::precise:
      return "precise";
    case Completion::interrupted:
      return "interrupted";
  }
  return {};
}

std::string_view name_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::real:
      return "real";
    case ColumnKind::integer:
      return "integer";
    case ColumnKind::boolean:
      return "boolean";
    case ColumnKind::category:
      return "category";
  }
  return {};
}

OutcomeSummary summary_of(const Moments& moments, ColumnKind kind) {
  OutcomeSummary result;
  result.kind = kind;
  result.count = moments.count();
  result.mean = moments.mean();
  result.sd = moments.sd();
  result.se = moments.standard_error();
  result.min = moments.min();
  result.max = moments.max();
  if (kind == ColumnKind::boolean) {
    const double successes =
        moments.count() == 0 ? 0 : moments.mean() * static_cast<double>(moments.count());
    result.ci =
        wilson_interval(static_cast<std::uint64_t>(std::llround(successes)), moments.count());
  } else {
    result.ci = normal_interval(result.mean, result.se);
  }
  return result;
}

}  // namespace truce::results
