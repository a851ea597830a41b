#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

#include "cli/streams.hpp"
#include "results/interval.hpp"

namespace truce::cli {

namespace {

constexpr double log_interval = 10;  // seconds

std::string clock_time(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

}  // namespace

std::string readable(double number) {
  if (number >= 999'999.5) return fmt::format("{:.3g} million", number / 1e6);
  if (number < 1000) return fmt::format("{:.0f}", number);
  const long whole = std::lround(number);
  return fmt::format("{},{:03}", whole / 1000, whole % 1000);
}

ProgressLine::Style ProgressLine::style_for_stderr(bool quiet) {
  if (quiet) return Style::silent;
  return isatty(STDERR_FILENO) != 0 ? Style::terminal : Style::log;
}

void ProgressLine::show(const study::Progress& progress, const results::Moments& outcome) {
  if (style_ == Style::silent || progress.seconds <= 0 || progress.done == 0) return;
  if (style_ == Style::log && progress.seconds - last_shown_ < log_interval) return;
  last_shown_ = progress.seconds;
  const double rate = static_cast<double>(progress.done) / progress.seconds;
  std::string line;
  if (progress.planned == 0) {
    line = fmt::format("{} trials  {} trials/s", progress.done, readable(rate));
  } else {
    const double share = static_cast<double>(progress.done) / static_cast<double>(progress.planned);
    line = fmt::format("{:5.1f} %  {} trials/s  {} left", 100 * share, readable(rate),
                       clock_time(static_cast<double>(progress.planned - progress.done) / rate));
  }
  if (outcome.count() > 1) {
    line += fmt::format("  {} {:.4g} ± {:.2g}", outcome_, outcome.mean(),
                        results::z_95 * outcome.standard_error());
  }
  if (style_ == Style::terminal) {
    say("\r\033[K{}", line);
    drawn_ = true;
  } else {
    say("{}\n", line);
  }
  std::fflush(stderr);
}

void ProgressLine::finish() {
  if (drawn_) say("\r\033[K");
  drawn_ = false;
}

void PointProgressLine::show(const study::StudyProgress& progress) {
  begun_ = true;
  if (style_ == ProgressLine::Style::silent || progress.seconds <= 0 || progress.trials == 0)
    return;
  const bool terminal = style_ == ProgressLine::Style::terminal;
  if (!terminal && progress.seconds - last_shown_ < log_interval) return;
  last_shown_ = progress.seconds;
  const double share = static_cast<double>(progress.points) / static_cast<double>(progress.planned);
  const std::string line = fmt::format(
      "{:5.1f} %  {} of {} points  {} trials/s", 100 * share, progress.points, progress.planned,
      readable(static_cast<double>(progress.trials) / progress.seconds));
  say("{}{}{}", terminal ? "\r\033[K" : "", line, terminal ? "" : "\n");
  drawn_ = terminal;
  std::fflush(stderr);
}

void PointProgressLine::finish() {
  if (drawn_) say("\r\033[K");
  drawn_ = false;
}

}  // namespace truce::cli
