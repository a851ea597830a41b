#include "results/detail/chronicle_writer.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "results/detail/file_rows.hpp"
#include "results/detail/flat_table.hpp"
#include "results/detail/hdf5_read.hpp"

namespace truce::results {

namespace {

constexpr FlatColumn<ChronicleRow> chronicle_columns[] = {
    {"trial", &ChronicleRow::trial, "long_name", "row of /trials"},
    {"time", &ChronicleRow::time, "units", "day"},
    {"what", &ChronicleRow::what},
    {"who", &ChronicleRow::who},
    {"amount", &ChronicleRow::amount},
    {"why", &ChronicleRow::why},
};

}  // namespace

struct ChronicleWriter::Table {
  explicit Table(hid_t root) : group(root, "chronicle") {
    for (const auto& column : chronicle_columns) {
      columns.push_back(std::visit(
          [&]<class T>(T ChronicleRow::*) {
            return group.variable<StoredFlat<T>>(column.name, {"event"});
          },
          column.of));
    }
    // From the last on: in this order they have always been in files.
    for (std::size_t i = columns.size(); i-- > 0;) {
      const auto& column = chronicle_columns[i];
      if (column.attribute != nullptr) columns[i].attribute(column.attribute, column.value);
    }
  }

  netcdf::Group group;
  netcdf::Variable event = group.growing_coordinate<std::int64_t>("event");
  std::vector<netcdf::Variable> columns;
  std::int64_t rows = 0;
};

void ChronicleWriter::Close::operator()(Table* table) const {
  delete table;
}

void ChronicleWriter::append(const std::vector<ChronicleRow>& rows) {
  waiting_.insert(waiting_.end(), rows.begin(), rows.end());
}

void ChronicleWriter::release(std::uint64_t trial) {
  const auto end = std::ranges::lower_bound(waiting_, trial, {}, &ChronicleRow::trial);
  auto count = static_cast<std::size_t>(end - waiting_.begin());
  for (; count >= netcdf::chunk_values; count -= netcdf::chunk_values) write(netcdf::chunk_values);
}

void ChronicleWriter::flush() {
  while (!waiting_.empty()) write(std::min<std::size_t>(waiting_.size(), netcdf::chunk_values));
}

void ChronicleWriter::write(std::size_t count) {
  if (!table_) table_.reset(new Table(root_));
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<ChronicleRow> rows(std::move_iterator(waiting_.begin()), std::move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  std::vector<std::int64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), table_->rows);
  table_->event.append(std::span<const std::int64_t>(numbers));
  for (std::size_t i = 0; i < table_->columns.size(); ++i) {
    std::visit(
        [&]<class T>(T ChronicleRow::*member) {
          const auto values = moved_from(member, rows);
          table_->columns[i].append(std::span<const StoredFlat<T>>(values));
        },
        chronicle_columns[i].of);
  }
  table_->rows += static_cast<std::int64_t>(count);
}

std::vector<ChronicleRow> read_chronicle(hid_t root) {
  if (!hdf5::has_member(root, "chronicle")) return {};
  const hdf5::Handle group = hdf5::open_group(root, "chronicle");
  return read_flat<ChronicleRow>(group.id(), chronicle_columns);
}

namespace file_rows {

FileGroup chronicle() {
  FileGroup group{.path = "/chronicle",
                  .variables = {coordinate("event", StoredType::int64)},
                  .files = Files::runs,
                  .when = "with --chronicle"};
  add_flat<ChronicleRow>(group, "event", chronicle_columns);
  return group;
}

}  // namespace file_rows

}  // namespace truce::results
