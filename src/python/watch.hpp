#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <truce/truce.hpp>
#include <utility>

namespace truce_python {

namespace py = pybind11;

/// What Python does while a run goes on: signals, and the user's function. The thread that called
/// has given the interpreter up.
class Watch {
 public:
  explicit Watch(py::object progress) : progress_(std::move(progress)) {}

  /// Whether to go on.
  bool operator()(std::uint64_t done, std::uint64_t planned) {
    if (raised_) return false;
    const py::gil_scoped_acquire interpreter;
    if (PyErr_CheckSignals() != 0) {
      raised_ = true;
      return false;
    }
    if (progress_.is_none()) return true;
    try {
      return !progress_(done, planned).is(py::bool_(false));
    } catch (py::error_already_set& error) {
      error.restore();
      raised_ = true;
      return false;
    }
  }

  [[nodiscard]] bool raised() const { return raised_; }
  /// Throws what was raised meanwhile.
  void rethrow() const {
    if (raised_) throw py::error_already_set();
  }

 private:
  py::object progress_;
  bool raised_ = false;  ///< the interpreter keeps what
};

/// Runs something that takes long while other threads of Python go on.
template <class Run>
auto watched(truce::RunOptions options, const py::object& progress, Run&& run) {
  Watch watch(progress);
  options.progress = [&](std::uint64_t done, std::uint64_t planned) {
    return watch(done, planned);
  };
  auto result = [&] {
    const py::gil_scoped_release others;
    return run(options, [&] { return !watch.raised(); });
  }();
  watch.rethrow();
  return result;
}

}  // namespace truce_python
