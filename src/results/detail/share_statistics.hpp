#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/detail/bytes.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// Counts how and on which day trials ended: competing risks, of which each ends a trial once.
class ShareStatistics {
 public:
  /// Days 0, 1, ..., days - 1.
  ShareStatistics(std::vector<std::string> labels, std::size_t days);

  /// A trial that ended with label `code` at time `duration` >= 0, in days.
  void add(std::size_t code, double duration);

  void add(const ShareStatistics& other);

  [[nodiscard]] std::vector<Share> shares() const;

  void write(ByteWriter& to) const;
  /// Into one that is empty.
  void read(ByteReader& from);

 private:
  std::vector<std::string> labels_;
  std::size_t days_;
  std::vector<std::uint64_t> counts_;  ///< [label][day], flat; ends after the day before
};

}  // namespace truce::results
