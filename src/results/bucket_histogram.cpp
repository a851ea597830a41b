#include "results/bucket_histogram.hpp"

#include <algorithm>

namespace truce::results {

void BucketHistogram::add(double x) {
  Entry& entry = entries_[bucket_of(x)];
  const bool first = entry.count == 0;
  entry.min = first ? x : std::min(entry.min, x);
  entry.max = first ? x : std::max(entry.max, x);
  ++entry.count;
  ++count_;
}

std::vector<BucketHistogram::Entry> BucketHistogram::entries() const {
  std::vector<Entry> result;
  entries_.for_each([&](Bucket, const Entry& entry) { result.push_back(entry); });
  return result;
}

}  // namespace truce::results
