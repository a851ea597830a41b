#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/study_table.hpp"

namespace truce::cli {

/// Options of the verbs that read one outcome of a study.
struct TargetOptions {
  std::string file;
  std::string outcome;
  std::string ending;
  std::string variant;
  std::optional<double> threshold;
  bool json = false;

  void add_to(CLI::App& verb);
  /// Throws std::invalid_argument unless just one of outcome and ending is given.
  [[nodiscard]] analysis::Target target() const;
  /// The variants to look at: that asked for, or all. Throws std::invalid_argument.
  [[nodiscard]] std::vector<std::size_t> variants(const results::StudySchema& schema) const;
};

/// What of the points and trials does not count, in words: a line, or nothing.
std::string left_out_text(const analysis::StudyTable& table, const analysis::Target& target);
/// The same for machines.
nlohmann::ordered_json left_out_json(const analysis::StudyTable& table);

}  // namespace truce::cli
