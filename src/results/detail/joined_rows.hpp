#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "results/detail/study_layout.hpp"
#include "results/detail/study_reader_state.hpp"

namespace truce::results {

/// Where a point's rows are.
struct Source {
  std::size_t file = 0;
  std::size_t row = 0;

  friend bool operator==(const Source&, const Source&) = default;
};

/// The rows of a joined file, read point by point. Where a chunk of trials is a chunk of one of the
/// files too, it is taken as it is stored: compressing it again would give the same bytes.
class JoinedRows {
 public:
  /// `sources` has every point of the joined file, whose layout must stay.
  JoinedRows(const StudyLayout& layout, std::vector<Source> sources)
      : layout_(&layout), sources_(std::move(sources)) {}

  /// Of the next point, which has so many trials in its file, in the order of the layout's names.
  /// Chunks are taken only where the file is `sealed`: outside of its rows there is nothing then.
  /// Throws hdf5::Error where the file does not fit.
  std::vector<RowValues> next(const StudyReader::State& from, bool sealed, std::uint64_t trials);
  /// The next point's rows are not read from one file: its source is `none`.
  void skip();

  static constexpr Source none = {std::numeric_limits<std::size_t>::max(), 0};

 private:
  /// Whether a chunk begins with the next point, which is set up then.
  bool begin_chunk();
  /// Whether the rows of the chunk at hand are a chunk of that file, and all that it holds.
  [[nodiscard]] bool is_chunk_of(const StudyReader::State& from) const;
  [[nodiscard]] netcdf::StoredRows stored(const StudyReader::State& from,
                                          const std::string& name) const;

  const StudyLayout* layout_;
  std::vector<Source> sources_;
  std::size_t next_ = 0;
  std::size_t first_ = 0;  ///< of the chunk at hand
  std::size_t end_ = 0;
  bool taken_ = false;         ///< as it is stored
  std::uint64_t longest_ = 0;  ///< rows of trials of its points so far
};

}  // namespace truce::results
