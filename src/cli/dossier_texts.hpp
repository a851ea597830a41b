#pragma once

#include <string>
#include <vector>

#include "cli/dossier_data.hpp"

namespace truce::cli {

/// The description after the ODD protocol: V. Grimm et al., JASSS 23 (2), 2020, 7.
std::string odd_text(const DossierData& data);

/// TRACE, in its eight elements: V. Grimm et al., Ecological Modelling 280 (2014), 129-139.
std::string trace_text(const DossierData& data);

/// One of the factors of credibility, as the tables of NASA-STD-7009 (2008), appendix B, level
/// them.
struct Credibility {
  std::string factor;
  int level = 0;        ///< 0 to 4
  std::string why;      ///< what the level stands on
  std::string missing;  ///< what the next one asks for
};

/// What can be told of a scenario and its results by a program. Where that is nothing the level is
/// 0: a person may know more.
std::vector<Credibility> credibility_of(const DossierData& data);
std::string credibility_text(const DossierData& data);

/// Every number with its source, as CSV.
std::string assumptions_csv(const DossierData& data);
/// The same as a table in Markdown.
std::string assumptions_table(const std::vector<Assumption>& all);

/// How to make the results again.
std::string reproduce_text(const DossierData& data);
/// For who cites it, in the Citation File Format 1.2.0.
std::string citation_text(const DossierData& data);

/// A file of the dossier, as RO-Crate tells it.
struct CrateFile {
  std::string name, description, format;
  std::size_t size = 0;
};
/// ro-crate-metadata.json (RO-Crate 1.1) over these files; `date` is when it was made, in ISO 8601.
std::string crate_text(const DossierData& data, const std::vector<CrateFile>& files,
                       const std::string& date);

}  // namespace truce::cli
