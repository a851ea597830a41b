#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/output_folder.hpp"

namespace truce::cli {

/// Stops an export that a signal has ended.
struct ExportInterrupted {};

/// A table in CSV (RFC 4180, UTF-8; numbers in full precision, nothing where there is no value),
/// cell by cell; handed on to its file a megabyte at a time. Throws ResultsError; ExportInterrupted
/// once `stop` says so.
class Sheet {
 public:
  Sheet(const OutputFolder& folder, const std::string& name, bool (*stop)());

  void cell(std::string_view text);
  void cell(double x);
  void cell(std::uint64_t n);
  void end_line();
  void close();

 private:
  void separate();
  void hand_on();

  TextFile file_;
  bool (*stop_)();
  std::string line_;
  bool first_ = true;
};

}  // namespace truce::cli
