#include "results/detail/wide_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::results {

WideSum::WideSum(const WideSum& other)
    : near_(other.near_),
      all_(other.all_ ? std::make_unique<All>(*other.all_) : nullptr),
      first_(other.first_),
      pending_(other.pending_),
      beyond_(other.beyond_) {}

WideSum& WideSum::operator=(const WideSum& other) {
  WideSum copy(other);
  *this = std::move(copy);
  return *this;
}

void WideSum::take_all() {
  if (all_) return;
  all_ = std::make_unique<All>();
  all_->fill(0);
  if (first_ != unset) {
    std::ranges::copy(near_, all_->begin() + static_cast<std::ptrdiff_t>(first_));
  }
}

void WideSum::carry() {
  pending_ = 0;
  const auto all = chunks();
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    all[i + 1] += all[i] >> 32U;
    all[i] &= 0xFFFFFFFF;
  }
  // The last chunk must have room for what the next terms carry.
  constexpr std::int64_t large = std::int64_t{1} << 40U;
  if (!all_ && (near_.back() >= large || near_.back() <= -large)) {
    take_all();
    carry();
  }
}

void WideSum::add(const WideSum& other) {
  beyond_ += other.beyond_;
  const Digits digits = other.digits();
  if (digits.chunks.empty()) return;
  if (pending_ > 0) carry();
  const auto count = static_cast<unsigned>(digits.chunks.size());
  if (!all_ && first_ == unset && digits.first + count <= all_chunks && count < near_chunks) {
    first_ = std::min(digits.first < 2 ? 0 : digits.first - 2, all_chunks - near_chunks);
  }
  if (!all_ && (digits.first < first_ || digits.first + count > first_ + near_chunks)) take_all();
  std::int64_t* const into =
      all_ ? all_->data() + digits.first : near_.data() + (digits.first - first_);
  for (unsigned i = 0; i < count; ++i) into[i] += digits.chunks[i];
  carry();
}

void WideSum::add_times(double x, std::int64_t times) {
  if (!std::isfinite(x)) {
    beyond_ += x > 0 ? times : -times;
    return;
  }
  // Twofold of twofold: a term for each bit.
  WideSum power;
  power.add(times < 0 ? -x : x);
  for (auto rest = times < 0 ? 0 - static_cast<std::uint64_t>(times)
                             : static_cast<std::uint64_t>(times);
       rest != 0; rest >>= 1U) {
    if ((rest & 1U) != 0) add(power);
    power.add(WideSum(power));
  }
}

WideSum::Digits WideSum::digits() const {
  WideSum canonical(*this);
  canonical.carry();
  const auto all = canonical.chunks();
  Digits digits{.first = canonical.all_ ? 0 : canonical.first_, .chunks = {all.begin(), all.end()}};
  auto& chunks = digits.chunks;
  while (chunks.back() > 0xFFFFFFFF || chunks.back() < -1) {
    const std::int64_t high = chunks.back() >> 32U;
    chunks.back() &= 0xFFFFFFFF;
    chunks.push_back(high);
  }
  // A negative number in front of which there is nothing but -1 of 2^32 needs no chunk of its own.
  while (chunks.size() > 1 && chunks.back() == -1) {
    chunks.pop_back();
    chunks.back() -= std::int64_t{1} << 32U;
  }
  while (!chunks.empty() && chunks.back() == 0) chunks.pop_back();
  const auto low = std::ranges::find_if(chunks, [](std::int64_t c) { return c != 0; });
  digits.first += static_cast<unsigned>(low - chunks.begin());
  chunks.erase(chunks.begin(), low);
  if (chunks.empty()) digits.first = 0;
  return digits;
}

ExactSum WideSum::rounded() const {
  ExactSum sum;
  if (beyond_ != 0) {
    sum.add(beyond_ > 0 ? std::numeric_limits<double>::infinity()
                        : -std::numeric_limits<double>::infinity());
    return sum;
  }
  const Digits digits = this->digits();
  // From the highest on; what lies 128 bits lower than the first does not count.
  for (std::size_t i = digits.chunks.size(), used = 0; i-- > 0 && used < 6; ++used) {
    const auto chunk = static_cast<double>(digits.chunks[i]);
    sum.add(std::ldexp(chunk, static_cast<int>(32 * (digits.first + i)) - 1075));
  }
  return sum;
}

void WideSum::write(ByteWriter& to) const {
  const Digits digits = this->digits();
  to.number(beyond_);
  to.whole(digits.first);
  to.whole(digits.chunks.size());
  for (const std::int64_t chunk : digits.chunks) to.number(chunk);
}

WideSum WideSum::read(ByteReader& from) {
  WideSum sum;
  const std::int64_t beyond = from.number();
  const std::uint64_t first = from.whole_below(all_chunks);
  const std::uint64_t count = from.whole_below(all_chunks + 1 - first);
  sum.take_all();
  for (std::uint64_t i = 0; i < count; ++i) (*sum.all_)[first + i] = from.number();
  // Again with few chunks, where these are enough.
  WideSum small;
  small.add(sum);
  small.beyond_ = beyond;
  return small;
}

}  // namespace truce::results
