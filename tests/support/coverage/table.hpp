#pragma once

#include <algorithm>
#include <iomanip>
#include <ostream>

#include "support/coverage/coverage.hpp"

namespace truce::test {

/// Rows printed one by one, as a table in Markdown.
class DetailedTable {
 public:
  explicit DetailedTable(std::ostream& out) : out_(out) {
    out_ << "| interval | tried on | size | held | warned of | missed without | width |\n"
            "| --- | --- | --- | --- | --- | --- | --- |\n"
         << std::setprecision(3);
  }
  void add(const CoverageRow& row) {
    out_ << "| " << row.interval << " | " << row.truth << " | " << row.size << " | ";
    const auto told = row.told();
    if (told.empty()) {
      out_ << "not told | | | |\n" << std::flush;
      return;
    }
    const auto [least, most] = std::ranges::minmax_element(told, {}, &Coverage::share);
    out_ << least->share();
    if (told.size() > 1) out_ << " to " << most->share();
    out_ << " | " << least->share_warned() << " | "
         << std::ranges::max(told, {}, &Coverage::share_missed).share_missed() << " | "
         << least->width / least->told << " |\n"
         << std::flush;
  }

 private:
  std::ostream& out_;
};

/// One line for each interval, over all where it was tried.
class ShortTable {
 public:
  void add(const CoverageRow& row) {
    auto at = std::ranges::find(lines_, row.interval, &Line::interval);
    if (at == lines_.end()) at = lines_.insert(at, {row.interval, 0, {}, {}, "-", 0});
    ++at->rows;
    for (const Coverage& of : row.told()) {
      at->missed = std::max(at->missed, of.share_missed());
      if (of.mostly_warned()) {
        at->warned.add(of.share_mostly());
      } else if (at->unwarned.add(of.share_mostly())) {
        at->where = row.truth + (row.size.empty() ? "" : ", " + row.size);
      }
    }
  }
  void print(std::ostream& out) const {
    out << "| interval | tried | held | least at | held, warned of | missed without, most |\n"
           "| --- | --- | --- | --- | --- | --- |\n"
        << std::fixed << std::setprecision(3);
    for (const Line& line : lines_) {
      out << "| " << line.interval << " | " << line.rows << " | " << line.unwarned << " | "
          << line.where << " | " << line.warned << " | " << line.missed << " |\n";
    }
  }

 private:
  struct Range {
    double least = 2;
    double most = 0;
    /// Whether it is the least.
    bool add(double x) {
      most = std::max(most, x);
      if (x >= least) return false;
      least = x;
      return true;
    }
    friend std::ostream& operator<<(std::ostream& out, const Range& range) {
      if (range.most < range.least) return out << "-";
      return out << range.least << " to " << range.most;
    }
  };
  struct Line {
    std::string interval;
    int rows = 0;
    Range unwarned, warned;
    std::string where;  ///< the least without a warning
    double missed = 0;
  };

  std::vector<Line> lines_;
};

}  // namespace truce::test
