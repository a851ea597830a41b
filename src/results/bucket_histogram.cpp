#include "results/bucket_histogram.hpp"

#include <algorithm>

namespace truce::results {

void BucketHistogram::add(double x) {
  add(Entry{x, x, 1});
}

void BucketHistogram::add(const Entry& added) {
  Entry& entry = entries_[bucket_of(added.min)];
  const bool first = entry.count == 0;
  entry.min = first ? added.min : std::min(entry.min, added.min);
  entry.max = first ? added.max : std::max(entry.max, added.max);
  entry.count += added.count;
  count_ += added.count;
}

std::vector<BucketHistogram::Entry> BucketHistogram::entries() const {
  std::vector<Entry> result;
  entries_.for_each([&](Bucket, const Entry& entry) { result.push_back(entry); });
  return result;
}

}  // namespace truce::results
