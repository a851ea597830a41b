#include "results/run_reader.hpp"

#include <algorithm>

#include "base/nearest.hpp"
#include "results/detail/group_conditioned.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/group_summary.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/detail/group_trials.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/open_results.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

class RunReader::State {
 public:
  explicit State(const std::filesystem::path& path) : path_(path) {
    guarded(path_, [&] {
      file_ = hdf5::open_file(path);
      root_ = hdf5::open_group(file_.id(), "/");
      require_run(root_.id());
      run_ = read_run(root_.id());
      run_.schema.columns = read_columns(root_.id(), {rows_of(run_)});
      run_.schema.timelines = read_timelines(root_.id());
      for (PointFailures& point : read_failures(root_.id())) {
        std::ranges::move(point.failures, std::back_inserter(run_.failures));
      }
      run_.outcomes = read_summary(root_.id(), run_.schema.columns);
      run_.endings = read_shares(root_.id(), "ending", days_of(run_.schema));
      run_.causes = read_shares(root_.id(), "cause", days_of(run_.schema));
      distributions_ = hdf5::open_group(root_.id(), "distributions");
    });
  }

  [[nodiscard]] const RunSummary& summary() const { return run_; }

  [[nodiscard]] std::vector<double> column(const std::string& name) const {
    const Column& column = find(run_.schema.columns, &Column::name, name, "outcome");
    return guarded(path_, [&] { return read_column(root_.id(), column, rows_of(run_)); });
  }
  [[nodiscard]] std::vector<Status> status() const {
    return guarded(path_, [&] { return read_status(root_.id(), {rows_of(run_)}); });
  }
  [[nodiscard]] std::vector<double> drawn(const std::string& name) const {
    std::vector<RunParameter> drawn;
    std::ranges::copy_if(run_.schema.parameters, std::back_inserter(drawn),
                         [](const RunParameter& p) { return p.origin == Origin::drawn; });
    static_cast<void>(find(drawn, &RunParameter::name, name, "drawn parameter"));
    return guarded(path_, [&] {
      const auto group = hdf5::open_group(root_.id(), "parameters");
      return hdf5::read<double>(group.id(), name, {rows_of(run_)});
    });
  }
  void require_rows() const {
    const std::uint64_t rows = rows_of(run_);
    if (rows < run_.trials) throw ResultsError(path_, why_not_kept(rows, run_.trials));
  }
  [[nodiscard]] Distribution distribution(const std::string& name) const {
    const auto& outcome = find(run_.outcomes, &OutcomeSummary::name, name, "outcome with numbers");
    return guarded(path_, [&] { return read_distribution(distributions_.id(), outcome); });
  }
  [[nodiscard]] TimelineSummary timeline(const std::string& name) const {
    find(run_.schema.timelines, &Timeline::name, name, "timeline");
    return guarded(path_, [&] { return read_timeline(root_.id(), name, days_of(run_.schema)); });
  }
  [[nodiscard]] std::optional<ControlPlan> controls() const {
    return guarded(path_, [&] { return read_controls(root_.id()); });
  }
  /// All that could be asked for.
  void read_all() const {
    static_cast<void>(status());
    for (const Column& column : run_.schema.columns) {
      static_cast<void>(this->column(column.name));
    }
    for (const OutcomeSummary& outcome : run_.outcomes) {
      static_cast<void>(distribution(outcome.name));
    }
    for (const Timeline& timeline : run_.schema.timelines) {
      static_cast<void>(this->timeline(timeline.name));
    }
    guarded(path_, [&] { read_conditioned_groups(root_.id(), rows_of(run_)); });
  }

 private:
  template <class Item>
  const Item& find(const std::vector<Item>& items, std::string Item::*member,
                   const std::string& name, const char* what) const {
    const auto at = std::ranges::find(items, name, member);
    if (at == items.end()) {
      std::vector<std::string> names;
      for (const auto& item : items) names.push_back(item.*member);
      throw ResultsError(path_,
                         "has no " + (what + (" '" + name + "'; ")) + base::name_hint(name, names));
    }
    return *at;
  }

  std::filesystem::path path_;
  hdf5::Handle file_;
  hdf5::Handle root_;
  hdf5::Handle distributions_;
  RunSummary run_;
};

RunReader::RunReader(const std::filesystem::path& path) {
  examine(path, [&] { State(path).read_all(); });
  state_ = std::make_unique<State>(path);
}
RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;
RunReader::~RunReader() = default;

const RunSummary& RunReader::summary() const {
  return state_->summary();
}
const Schema& RunReader::schema() const {
  return state_->summary().schema;
}
std::vector<double> RunReader::column(const std::string& outcome) const {
  state_->require_rows();
  return state_->column(outcome);
}
std::vector<Status> RunReader::status() const {
  state_->require_rows();
  return state_->status();
}
std::optional<ControlPlan> RunReader::controls() const {
  return state_->controls();
}
std::vector<double> RunReader::drawn(const std::string& parameter) const {
  state_->require_rows();
  return state_->drawn(parameter);
}
Distribution RunReader::distribution(const std::string& outcome) const {
  return state_->distribution(outcome);
}
TimelineSummary RunReader::timeline(const std::string& name) const {
  return state_->timeline(name);
}

}  // namespace truce::results
