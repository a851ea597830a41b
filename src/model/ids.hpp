#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace truce::model {

/// Index into one kind of table, not convertible to another kind's. Default-constructed: none.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value_(static_cast<std::uint32_t>(index)) {}
  [[nodiscard]] constexpr std::size_t index() const { return value_; }
  [[nodiscard]] constexpr bool valid() const { return value_ != none; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  std::uint32_t value_ = none;
};

using VariableId = Id<struct VariableTag>;
using StreamId = Id<struct StreamTag>;
using EventId = Id<struct EventTag>;
using FormulaId = Id<struct FormulaTag>;
using EndingId = Id<struct EndingTag>;
using CauseId = Id<struct CauseTag>;
using WatcherId = Id<struct WatcherTag>;
using MeasureId = Id<struct MeasureTag>;

// Of what comes and goes in a trial.
using SlotId = Id<struct SlotTag>;  ///< of the calendar
using TrancheId = Id<struct TrancheTag>;
using SeriesId = Id<struct SeriesTag>;
using DisputeId = Id<struct DisputeTag>;
using RestraintId = Id<struct RestraintTag>;
using DelayedId = Id<struct DelayedTag>;  ///< effects that act later

/// An id of which something beside it (a kind) says what it is the id of.
class AnyId {
 public:
  constexpr AnyId() = default;
  constexpr explicit AnyId(std::size_t index) : value_(static_cast<std::uint32_t>(index)) {}
  template <class Tag>
  constexpr AnyId(Id<Tag> id) : value_(static_cast<std::uint32_t>(id.index())) {}
  /// As what it was made from, which the caller knows.
  template <class IdType>
  [[nodiscard]] constexpr IdType as() const {
    return IdType(value_);
  }
  constexpr bool operator==(const AnyId&) const = default;

 private:
  std::uint32_t value_ = 0;
};

/// The ids of a table, in order. Views of the library would do, but for compilers that lack them.
template <class IdType>
class Ids {
 public:
  explicit Ids(std::size_t size) : size_(size) {}

  class Iterator {
   public:
    explicit Iterator(std::size_t index) : index_(index) {}
    IdType operator*() const { return IdType(index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    std::size_t index_;
  };

  [[nodiscard]] Iterator begin() const { return Iterator(0); }
  [[nodiscard]] Iterator end() const { return Iterator(size_); }

 private:
  std::size_t size_;
};

/// A vector that is indexed by one kind of id.
template <class IdType, class T>
class Table {
 public:
  IdType add(T item) {
    items_.push_back(std::move(item));
    return IdType(items_.size() - 1);
  }
  T& operator[](IdType id) { return items_[id.index()]; }
  const T& operator[](IdType id) const { return items_[id.index()]; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }
  /// All ids, for loops that need them.
  [[nodiscard]] Ids<IdType> ids() const { return Ids<IdType>(items_.size()); }

 private:
  std::vector<T> items_;
};

/// Half-open range of indices into a shared array.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
};

}  // namespace truce::model
