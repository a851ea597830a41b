#include "cli/study_target.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cli/page_parts.hpp"
#include "cli/report.hpp"
#include "results/study_reader.hpp"
#include "scenario/diagnostics.hpp"

namespace truce::cli {

void TargetOptions::add_to(CLI::App& verb) {
  verb.add_option("file", file, "results of a study (HDF5)")->required();
  verb.add_option("--outcome", outcome, "the outcome to explain");
  verb.add_option("--ending", ending, "in its place: the share of an ending");
  verb.add_option("--threshold", threshold,
                  "explain how often the outcome is at least this, not its mean");
  verb.add_option("--variant", variant, "of the study; default: each in turn");
  verb.add_flag("--json", json, "print for machines");
}

analysis::Target TargetOptions::target() const {
  if (outcome.empty() && ending.empty()) {
    const results::StudyReader study(file);
    throw std::invalid_argument(fmt::format("give --outcome NAME ({}) or --ending NAME",
                                            fmt::join(told_outcomes(study.schema().common), ", ")));
  }
  if (!outcome.empty() && !ending.empty()) {
    throw std::invalid_argument("give just one of --outcome and --ending");
  }
  if (threshold && outcome.empty()) throw std::invalid_argument("--threshold needs --outcome");
  if (threshold && !std::isfinite(*threshold)) {
    throw std::invalid_argument(
        fmt::format("--threshold {}: expected a finite number", *threshold));
  }
  return {.outcome = outcome.empty() ? ending : outcome,
          .is_ending = outcome.empty(),
          .has_threshold = threshold.has_value(),
          .threshold = threshold.value_or(0)};
}

std::vector<std::size_t> TargetOptions::variants(const results::StudySchema& schema) const {
  std::vector<std::size_t> all;
  for (std::size_t v = 0; v < schema.variants.size(); ++v) {
    if (variant.empty() || schema.variants[v] == variant) all.push_back(v);
  }
  if (!all.empty()) return all;
  throw std::invalid_argument(fmt::format("unknown variant '{}'; {}", variant,
                                          scenario::name_hint(variant, schema.variants)));
}

std::string left_out_text(const analysis::StudyTable& table, const analysis::Target& target) {
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, std::string text) {
    if (count > 0) parts.push_back(std::move(text));
  };
  add(table.failed,
      fmt::format("{} of {} trials failed and do not count", table.failed, table.trials));
  add(table.never,
      fmt::format("in {} of {} trials '{}' never came: {}", table.never, table.trials,
                  target.outcome,
                  target.has_threshold ? "later than any threshold" : "not in the mean"));
  add(table.left_out.size(),
      fmt::format("{} of {} points have no value and are left out: {}", table.left_out.size(),
                  table.left_out.size() + table.rows.size(), fmt::join(table.left_out, ", ")));
  return parts.empty() ? "" : fitted(fmt::format("note: {}\n", fmt::join(parts, "\nnote: ")));
}

nlohmann::ordered_json left_out_json(const analysis::StudyTable& table) {
  return {{"trials", table.trials},
          {"failed", table.failed},
          {"never", table.never},
          {"points_without_value", table.left_out}};
}

}  // namespace truce::cli
