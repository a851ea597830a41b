#pragma once

#include <string>

#include "results/moments.hpp"
#include "study/run_study.hpp"

namespace truce::cli {

/// One line on stderr that tells how a run goes: redrawn several times a second on a terminal, a
/// new line every ten seconds elsewhere, nothing with `--quiet`.
class ProgressLine {
 public:
  enum class Style { terminal, log, silent };

  /// `outcome` is the one whose running mean is shown.
  ProgressLine(Style style, std::string outcome) : style_(style), outcome_(std::move(outcome)) {}

  static Style style_for_stderr(bool quiet);

  void show(const study::Progress& progress, const results::Moments& outcome);
  /// Clears the line.
  void finish();

 private:
  Style style_;
  std::string outcome_;
  double last_shown_ = 0;
  bool drawn_ = false;
};

/// The same of a study, which counts points.
class PointProgressLine {
 public:
  explicit PointProgressLine(ProgressLine::Style style) : style_(style) {}

  void show(const study::StudyProgress& progress);
  void finish();
  /// Whether any work was begun.
  [[nodiscard]] bool drawn() const { return begun_; }

 private:
  ProgressLine::Style style_;
  double last_shown_ = 0;
  bool drawn_ = false;
  bool begun_ = false;
};

/// "1.23 million", "45,600".
std::string readable(double number);

}  // namespace truce::cli
