// truce._truce: the public face for Python. What is wrong with arguments' types and ranges has been
// found by the package around it.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cmath>
#include <cstdint>
#include <exception>
#include <limits>
#include <string>
#include <truce/truce.hpp>
#include <vector>

#include "python/watch.hpp"

namespace py = pybind11;

namespace {

using truce_python::watched;

/// Text of the library, which may quote what is no UTF-8.
py::str text_of(const std::string& text) {
  return py::reinterpret_steal<py::str>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "backslashreplace"));
}

truce::RunOptions options_of(std::uint64_t trials, std::uint64_t seed, bool uncertain,
                             unsigned threads) {
  return {.trials = trials, .seed = seed, .uncertain = uncertain, .threads = threads};
}

/// Trials that were run, and what they are of.
struct Run {
  truce::Trials trials;
  std::vector<truce::Outcome> outcomes;
};

/// A column as the file of results stores it; `failed` is what a failed trial has.
template <class T>
py::array_t<T> stored(const std::vector<double>& values, const std::vector<char>& has_failed,
                      T failed, const std::string& name) {
  py::array_t<T> array(static_cast<py::ssize_t>(values.size()));
  T* const stored = array.mutable_data();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values[i];
    if (has_failed[i] != 0) {
      stored[i] = failed;
    } else if (x > std::numeric_limits<T>::min() && x <= std::numeric_limits<T>::max() &&
               x == std::trunc(x)) {
      stored[i] = static_cast<T>(x);
    } else {
      throw truce::Error("outcome '" + name + "' of trial " + std::to_string(i) + " is " +
                         py::cast<std::string>(py::str(py::float_(x))) +
                         ", not a whole number of " + std::to_string(8 * sizeof(T)) + " bits");
    }
  }
  return array;
}

py::array column_of(const Run& run, const truce::Outcome& outcome) {
  const std::vector<double>& values = run.trials.column(outcome.name);
  if (outcome.kind == truce::OutcomeKind::real) {
    return py::array_t<double>(static_cast<py::ssize_t>(values.size()), values.data());
  }
  std::vector<char> has_failed(values.size());
  for (const truce::FailedTrial& failed : run.trials.failed()) has_failed[failed.trial] = 1;
  if (outcome.kind == truce::OutcomeKind::whole) {
    return stored<std::int32_t>(values, has_failed, std::numeric_limits<std::int32_t>::min(),
                                outcome.name);
  }
  return stored<std::int8_t>(values, has_failed, -1, outcome.name);
}

const char* name_of(truce::OutcomeKind kind) {
  switch (kind) {
    case truce::OutcomeKind::whole:
      return "whole";
    case truce::OutcomeKind::yes_no:
      return "yes_no";
    case truce::OutcomeKind::category:
      return "category";
    case truce::OutcomeKind::real:
      break;
  }
  return "real";
}

py::list failures_of(const truce::Trials& trials) {
  py::list all;
  for (const truce::FailedTrial& failed : trials.failed()) {
    all.append(py::make_tuple(failed.trial, text_of(failed.message)));
  }
  return all;
}

/// Means over the trials that did not fail, and the shares of the labels of categories.
py::dict means_of(const Run& run) {
  py::dict means;
  const auto valid = static_cast<double>(run.trials.count() - run.trials.failed().size());
  for (const truce::Outcome& outcome : run.outcomes) {
    if (outcome.kind != truce::OutcomeKind::category) {
      means[text_of(outcome.name)] = run.trials.mean(outcome.name);
      continue;
    }
    const std::vector<std::string>& labels = run.trials.labels(outcome.name);
    std::vector<double> counts(labels.size());
    for (const double x : run.trials.column(outcome.name)) {
      if (!std::isnan(x)) ++counts[static_cast<std::size_t>(x)];
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
      means[text_of(outcome.name + "=" + labels[i])] = counts[i] / valid;
    }
  }
  return means;
}

Run run(const truce::Scenario& scenario, std::uint64_t trials, std::uint64_t seed, bool uncertain,
        unsigned threads, const py::object& progress) {
  return watched(options_of(trials, seed, uncertain, threads), progress,
                 [&](const truce::RunOptions& options, const auto&) {
                   return Run{truce::run(scenario, options), scenario.outcomes()};
                 });
}

py::bytes image(const truce::Scenario& scenario, std::uint64_t trials, std::uint64_t seed,
                bool uncertain, unsigned threads, const py::object& progress) {
  const auto file = watched(options_of(trials, seed, uncertain, threads), progress,
                            [&](const truce::RunOptions& options, const auto& wanted) {
                              return truce::run_to_memory(scenario, options, wanted);
                            });
  return {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()};
}

void add_scenario(py::module_& module) {
  using truce::Scenario;
  const py::call_guard<py::gil_scoped_release> others;
  py::class_<Scenario>(module, "Scenario")
      .def_static("load",
                  [](const py::bytes& path, const truce::Values& set) {
                    const std::string name = path;
                    const py::gil_scoped_release interpreter;
                    return Scenario::load(name, set);
                  })
      .def_static("parse", &Scenario::parse, others)
      .def("with_values", &Scenario::with, others)
      .def("title", [](const Scenario& self) { return text_of(self.title()); })
      .def("horizon", &Scenario::horizon)
      .def("warnings", [](const Scenario& self) { return text_of(self.warnings()); })
      .def("files",
           [](const Scenario& self) {
             py::list all;
             for (const auto& file : self.files()) all.append(py::bytes(file.string()));
             return all;
           })
      .def("parameters",
           [](const Scenario& self) {
             py::list all;
             for (const truce::Parameter& parameter : self.parameters()) {
               all.append(
                   py::make_tuple(text_of(parameter.name), parameter.value, parameter.has_prior));
             }
             return all;
           })
      .def("outcomes",
           [](const Scenario& self) {
             py::list all;
             for (const truce::Outcome& outcome : self.outcomes()) {
               all.append(py::make_tuple(text_of(outcome.name), name_of(outcome.kind),
                                         text_of(outcome.unit), text_of(outcome.summary)));
             }
             return all;
           })
      .def("run", &run)
      .def("image", &image)
      .def("sample",
           [](const Scenario& self, std::uint64_t trials, std::uint64_t seed, bool uncertain,
              unsigned threads) {
             const Run done = run(self, trials, seed, uncertain, threads, py::none());
             return py::make_tuple(means_of(done), failures_of(done.trials));
           })
      .def("trace",
           [](const Scenario& self, std::uint64_t trial, std::uint64_t seed, bool uncertain) {
             return text_of([&] {
               const py::gil_scoped_release interpreter;
               return truce::trace_json(self, trial, options_of(1, seed, uncertain, 1));
             }());
           });
}

void add_run(py::module_& module) {
  py::class_<Run>(module, "Run")
      .def("count", [](const Run& self) { return self.trials.count(); })
      .def("failures", [](const Run& self) { return failures_of(self.trials); })
      .def("columns", [](const Run& self) {
        py::list all;
        for (const truce::Outcome& outcome : self.outcomes) {
          py::list labels;
          if (outcome.kind == truce::OutcomeKind::category) {
            for (const auto& label : self.trials.labels(outcome.name))
              labels.append(text_of(label));
          }
          py::dict told;
          told["name"] = text_of(outcome.name);
          told["kind"] = name_of(outcome.kind);
          told["unit"] = text_of(outcome.unit);
          told["summary"] = text_of(outcome.summary);
          told["may_never_come"] = outcome.may_never_come;
          told["until_ending"] = outcome.until_ending;
          told["labels"] = labels;
          told["values"] = column_of(self, outcome);
          all.append(told);
        }
        return all;
      });
}

/// truce.Error, for as long as the process lives.
PyObject* error_type = nullptr;

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const truce::Error& error) {
    PyErr_SetObject(error_type, text_of(error.what()).ptr());
  }
}

}  // namespace

PYBIND11_MODULE(_truce, module) {
  error_type = PyErr_NewExceptionWithDoc(
      "truce.Error",
      "What a caller can cause: a scenario that is wrong, a file that cannot be read, a name that "
      "is "
      "not there. Its text is what the program prints, of a scenario one finding a line, "
      "file:line:column: error: problem (why); suggestion.",
      PyExc_Exception, nullptr);
  if (error_type == nullptr) throw py::error_already_set();
  module.attr("Error") = py::handle(error_type);
  py::register_local_exception_translator(&translate);
  module.attr("version") = truce::version();
  add_scenario(module);
  add_run(module);
}
