#include <fmt/format.h>

#include "scenario/constructs/read.hpp"
#include "scenario/record.hpp"
#include "scenario/record/check_record.hpp"

namespace truce::scenario {

namespace {

/// The keys that belong to a form of fact beside its own, and those that it cannot do without.
struct FactForm {
  std::string_view key;
  FactKind kind;
  std::vector<std::string_view> takes;
  std::vector<std::string_view> needs;
};

const std::vector<FactForm>& fact_forms() {
  static const std::vector<FactForm> forms = {
      {"that", FactKind::condition, {"at", "from", "to"}, {}},
      {"event", FactKind::event, {"number", "between"}, {"between"}},
      {"value", FactKind::measurement, {"at", "is", "sd"}, {"at", "is", "sd"}},
      {"draw", FactKind::draw, {"number", "is", "by"}, {"is"}}};
  return forms;
}

void check_keys_of(const FactForm& form, MappingReader& in) {
  for (const Node::Entry& entry : in.node().entries) {
    const Key* key = Room<Fact>::table.find(entry.key);
    const bool of_all = entry.key == "summary" || entry.key == "source";
    if (key == nullptr || of_all || entry.key == form.key) continue;
    if (std::ranges::find(form.takes, entry.key) != form.takes.end()) continue;
    if (std::ranges::find(Room<Fact>::forms, entry.key) != Room<Fact>::forms.end()) continue;
    in.diagnostics().error(
        entry.key_position,
        fmt::format("'{}' does not belong to a fact with '{}'", entry.key, form.key), {},
        fmt::format("it takes {}", fmt::join(form.takes, ", ")));
  }
  for (const std::string_view key : form.needs) {
    if (in.has(key)) continue;
    in.diagnostics().error(in.node().position,
                           fmt::format("a fact with '{}' lacks the key '{}'", form.key, key),
                           std::string(Room<Fact>::table.find(key)->summary));
  }
}

}  // namespace

void Room<Fact>::finish(MappingReader& in, Fact& fact) {
  if (!in.sound()) return;
  const FactForm* form = nullptr;
  std::size_t found = 0;
  for (const FactForm& each : fact_forms()) {
    if (!in.has(each.key)) continue;
    form = &each;
    ++found;
  }
  if (found != 1) {
    in.diagnostics().error(fact.position, fmt::format("a fact says {} things", found), {},
                           fmt::format("give it one of {}", fmt::join(forms, ", ")));
    return;
  }
  fact.kind = form->kind;
  check_keys_of(*form, in);
  if (fact.kind == FactKind::condition) {
    if (fact.to) fact.kind = FactKind::throughout;
    if (fact.at && (fact.from || fact.to)) {
      in.diagnostics().error(in.position_of("at"), "a fact with 'at' has 'from' or 'to' as well",
                             {}, "'at' is for a moment, 'from' and 'to' for all the time between");
    } else if (!fact.at && !fact.to) {
      in.diagnostics().error(fact.position, "a fact with 'that' says nothing of when", {},
                             "give it 'at', or 'from' and 'to'");
    }
  }
  read_days(in, fact);
}

void Room<RecordedOutcome>::finish(MappingReader& in, RecordedOutcome& outcome) {
  if (!in.sound()) return;
  if (outcome.is && (outcome.at_least || outcome.at_most)) {
    in.diagnostics().error(in.position_of("is"),
                           fmt::format("outcome {} has 'is' and a bound", shown(in.owner())));
  } else if (!outcome.is && !outcome.at_least && !outcome.at_most) {
    in.diagnostics().error(outcome.name.position,
                           fmt::format("outcome {} says nothing", shown(in.owner())), {},
                           "give it a value, or 'at_least' or 'at_most'");
  }
}

void Room<Series>::finish(MappingReader& in, Series& series) {
  if (series.day.empty()) series.day = "day";
  if (series.value.empty()) series.value = "value";
  const Node* file = in.get("file");
  if (file != nullptr && file->is_scalar()) series.file = Name{file->text, file->position};
}

namespace {

/// Facts become known one after the other: each when it is all known. Those without a day stay
/// where they are.
void put_in_order(std::vector<Fact>& facts) {
  std::vector<Fact> dated;
  for (const Fact& fact : facts) {
    if (fact.dated) dated.push_back(fact);
  }
  std::ranges::stable_sort(dated, {}, &Fact::end);
  auto next = dated.begin();
  for (Fact& fact : facts) {
    if (fact.dated) fact = *next++;
  }
}

}  // namespace

void Room<Record>::finish(MappingReader& in, Record& record) {
  const Node* version = in.get("record");
  if (version != nullptr && version->text != std::to_string(record_version)) {
    in.diagnostics().error(
        version->position,
        fmt::format("'record' is {}, a version that is not known", described(*version)),
        fmt::format("this program reads version {}", record_version));
  }
  check_facts(record, in.diagnostics());
  put_in_order(record.known);
}

bool is_record(const Node& document) {
  return document.find("record") != nullptr;
}

std::optional<Record> read_record(Node document, Diagnostics& diagnostics) {
  if (document.is_null()) return std::nullopt;
  for (const auto& [key, what, verb] :
       {std::tuple{"truce", "a scenario", "run"}, std::tuple{"study", "a study", "study"}}) {
    if (is_record(document) || document.find(key) == nullptr) continue;
    diagnostics.error(document.position,
                      fmt::format("this is {}, where a record is expected", what), {},
                      fmt::format("run it with 'truce {}'", verb));
    return std::nullopt;
  }
  const std::size_t before = diagnostics.errors();
  Record record;
  record.document = std::move(document);
  read_rows(record.document, "", diagnostics, record);
  if (diagnostics.errors() > before) return std::nullopt;
  return record;
}

std::optional<Record> read_record_text(std::string_view text, const std::string& file,
                                       Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  auto record = read_record(parse_file(text, file, diagnostics), diagnostics);
  return diagnostics.errors() > before ? std::nullopt : std::move(record);
}

std::optional<Record> load_record(const std::filesystem::path& path, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  auto record = read_record(load_document(path, diagnostics), diagnostics);
  if (record) read_series(*record, diagnostics);
  return diagnostics.errors() > before ? std::nullopt : std::move(record);
}

}  // namespace truce::scenario
