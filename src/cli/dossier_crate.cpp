#include <fmt/format.h>

#include <cctype>

#include "cli/dossier_texts.hpp"
#include "study/version.hpp"

namespace truce::cli {

namespace {

Json reference(const std::string& id) {
  return {{"@id", id}};
}

/// A name as a relative URI (RFC 3986).
std::string as_uri(const std::string& name) {
  std::string uri;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return uri;
}

std::string author_id(std::size_t index) {
  return fmt::format("#author-{}", index + 1);
}

/// The whole, of these files.
Json dataset(const DossierData& data, const std::vector<CrateFile>& files, const std::string& date,
             const std::string& license) {
  const std::string title = data.scenario.name.empty() ? data.file : data.scenario.name;
  Json parts = Json::array();
  for (const CrateFile& file : files) parts.push_back(reference(as_uri(file.name)));
  Json authors = Json::array();
  for (std::size_t i = 0; i < data.authors.size(); ++i) authors.push_back(reference(author_id(i)));
  Json root = {{"@id", "./"},
               {"@type", "Dataset"},
               {"name", title},
               {"description", data.scenario.summary.empty() ? title : data.scenario.summary},
               {"datePublished", date},
               {"license", reference(license)},
               {"author", authors},
               {"hasPart", parts}};
  if (data.results) root["mentions"] = reference("#run");
  return root;
}

Json program(const DossierData& data) {
  return {
      {"@id", "#truce"},
      {"@type", "SoftwareApplication"},
      {"name", "truce"},
      {"version", data.results ? data.results->schema.program_version : study::program_version()},
      {"softwareVersion",
       data.results ? data.results->schema.git_revision : study::git_revision()}};
}

}  // namespace

std::string crate_text(const DossierData& data, const std::vector<CrateFile>& files,
                       const std::string& date) {
  const std::string license = data.license.starts_with("http") ? data.license : "#license";
  Json graph = Json::array();
  graph.push_back({{"@id", "ro-crate-metadata.json"},
                   {"@type", "CreativeWork"},
                   {"conformsTo", reference("https://w3id.org/ro/crate/1.1")},
                   {"about", reference("./")}});
  graph.push_back(dataset(data, files, date, license));
  for (const CrateFile& file : files) {
    graph.push_back({{"@id", as_uri(file.name)},
                     {"@type", "File"},
                     {"name", file.name},
                     {"description", file.description},
                     {"encodingFormat", file.format},
                     {"contentSize", std::to_string(file.size)}});
  }
  graph.push_back({{"@id", license},
                   {"@type", "CreativeWork"},
                   {"name", data.license.empty() ? "no licence is stated" : data.license}});
  for (std::size_t i = 0; i < data.authors.size(); ++i) {
    graph.push_back({{"@id", author_id(i)}, {"@type", "Organization"}, {"name", data.authors[i]}});
  }
  graph.push_back(program(data));
  if (data.results) {
    graph.push_back({{"@id", "#run"},
                     {"@type", "CreateAction"},
                     {"name", data.results->schema.command_line},
                     {"instrument", reference("#truce")},
                     {"object", reference(as_uri(data.files.front().name))},
                     {"result", reference("results.json")}});
  }
  const Json crate = {{"@context", "https://w3id.org/ro/crate/1.1/context"}, {"@graph", graph}};
  return crate.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace truce::cli
