#include "results/detail/chronicle_writer.hpp"

#include <algorithm>
#include <numeric>

#include "results/detail/hdf5_read.hpp"

namespace truce::results {

struct ChronicleWriter::Table {
  explicit Table(hid_t root) : group(root, "chronicle") {
    time.attribute("units", "day");
    trial.attribute("long_name", "row of /trials");
  }

  template <class T>
  netcdf::Variable column(const char* name) const {
    return group.variable<T>(name, {"event"});
  }

  netcdf::Group group;
  netcdf::Variable event = group.growing_coordinate<std::int64_t>("event");
  netcdf::Variable trial = column<std::int64_t>("trial");
  netcdf::Variable time = column<double>("time");
  netcdf::Variable what = column<std::string>("what");
  netcdf::Variable who = column<std::string>("who");
  netcdf::Variable amount = column<double>("amount");
  netcdf::Variable why = column<std::string>("why");
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
  const auto put = [&]<class T>(netcdf::Variable& variable, T ChronicleRow::*member) {
    std::vector<T> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = std::move(waiting_[i].*member);
    variable.append(std::span<const T>(values));
  };
  std::vector<std::int64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), table_->rows);
  table_->event.append(std::span<const std::int64_t>(numbers));
  std::ranges::transform(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count),
                         numbers.begin(),
                         [](const auto& row) { return static_cast<std::int64_t>(row.trial); });
  table_->trial.append(std::span<const std::int64_t>(numbers));
  put(table_->time, &ChronicleRow::time);
  put(table_->what, &ChronicleRow::what);
  put(table_->who, &ChronicleRow::who);
  put(table_->amount, &ChronicleRow::amount);
  put(table_->why, &ChronicleRow::why);
  table_->rows += static_cast<std::int64_t>(count);
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
}

std::vector<ChronicleRow> read_chronicle(hid_t root) {
  if (!hdf5::has_member(root, "chronicle")) return {};
  const hdf5::Handle group = hdf5::open_group(root, "chronicle");
  const auto trial = hdf5::read<std::int64_t>(group.id(), "trial");
  std::vector<ChronicleRow> rows(trial.size());
  const auto take = [&]<class T>(const char* name, T ChronicleRow::*member) {
    std::vector<T> values = hdf5::read<T>(group.id(), name, {rows.size()});
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].*member = std::move(values[i]);
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].trial = static_cast<std::uint64_t>(trial[i]);
  }
  take("time", &ChronicleRow::time);
  take("what", &ChronicleRow::what);
  take("who", &ChronicleRow::who);
  take("amount", &ChronicleRow::amount);
  take("why", &ChronicleRow::why);
  return rows;
}

}  // namespace truce::results
