#include "keys.hpp"

#include <algorithm>
#include <array>

namespace truce::scenario {

const Key* KeyTable::find(std::string_view name) const {
  const auto at = std::ranges::find(keys, name, &Key::name);
  return at == keys.end() ? nullptr : &*at;
}

std::vector<std::string> KeyTable::names() const {
  std::vector<std::string> all;
  for (const Key& key : keys) all.emplace_back(key.name);
  return all;
}

namespace keys {

namespace {

using enum ValueKind;
constexpr bool must = true;
constexpr bool may = false;

constexpr Key summary_key{"summary", text, may, "what this is, in a sentence"};
constexpr Key source_key{"source", text, may, "where the numbers come from, or 'assumption: ...'"};

using Word = std::string_view;
constexpr std::array collapse_words = {Word("end"), Word("continue")};
constexpr std::array role_words = {Word("principal"), Word("mediator"), Word("guarantor"),
                                   Word("monitor"),   Word("donor"),    Word("spoiler")};
constexpr std::array upon_words = {Word("fulfilled"), Word("performed")};
constexpr std::array failure_words = {Word("late"), Word("partial"), Word("refuse")};
constexpr std::array unsettled_words = {Word("retry"), Word("drop"), Word("withdraw")};
constexpr std::array due_kinds = {Word("day"), Word("every")};
constexpr std::array trigger_sources = {Word("upon"), Word("when"), Word("at"), Word("every"),
                                        Word("rate")};
constexpr std::array outcome_kinds = {Word("value"), Word("first"), Word("integral"), Word("peak"),
                                      Word("trough")};
constexpr std::array delivery_kinds = {Word("release"), Word("effects")};
constexpr std::array effect_kinds = {
    Word("set"),      Word("add"),     Word("release"), Word("deaths"),  Word("due"),
    Word("credit"),   Word("open"),    Word("close"),   Word("advance"), Word("extend"),
    Word("incident"), Word("suspend"), Word("hold"),    Word("resume"),  Word("collapse"),
    Word("end"),      Word("signal")};

constexpr std::array top_keys = {
    Key{"truce", version, must, "version of the language: 1"},
    Key{"name", text, may, "title of the scenario"},
    Key{"summary", text, may, "a paragraph on the scenario"},
    Key{"sources", texts, may, "references; kept in the results"},
    Key{"start", date, may, "date of day 0 (YYYY-MM-DD), for labels only"},
    Key{"horizon", duration, must, "when every trial ends at the latest"},
    Key{"tick", duration, may, "step of periodic re-reading and of drift; default 1 day"},
    Key{"parameters", entries, may, "assumptions that studies vary", &parameter},
    Key{"correlations", list, may, "correlations between priors (Gaussian copula)", &correlation},
    Key{"parties", entries, may, "who takes part", &party},
    Key{"cohorts", entries, may, "groups of people held", &cohort},
    Key{"levels", entries, may, "scalar state", &level},
    Key{"verification", entries, may, "who checks performance, and how well", &verifier},
    Key{"responses", entries, may, "policies: what a side does about a breach", &policy},
    Key{"mediation", mapping, may, "how disputes end", &mediation},
    Key{"phases", entries, may, "the agreement, phase by phase", &phase},
    Key{"talks", entries, may, "negotiations and their ratification", &talks},
    Key{"incidents", entries, may, "violations of the ceasefire and shocks from outside",
        &incident},
    Key{"triggers", entries, may, "event-condition-action rules", &trigger},
    Key{"begin", effects, may, "effects at day 0; default: advance to the first phase"},
    Key{"on_collapse", choice, may, "'end' (default) or 'continue'", nullptr, collapse_words},
    Key{"outcomes", entries, may, "what is measured of every trial", &outcome},
    Key{"timelines", list, may, "expressions sampled at every whole day"},
};
constexpr std::array parameter_keys = {
    Key{"value", number, must, "its value; may use other parameters"},
    Key{"prior", number, may, "distribution that --uncertain draws it from"},
    Key{"unit", text, may, "unit of the value"}, summary_key, source_key};
constexpr std::array correlation_keys = {
    Key{"between", pair, must, "two parameters that have priors"},
    Key{"rho", number, must, "correlation of the normal scores"}, summary_key, source_key};
// A party may have further keys: its attributes.
constexpr std::array party_keys = {
    Key{"role", choice, must, "principal, mediator, guarantor, monitor, donor or spoiler", nullptr,
        role_words},
    Key{"trust", mapping, may, "its trust in the agreement, from 0 to 1", &trust}, summary_key,
    source_key};
constexpr std::array trust_keys = {
    Key{"initial", number, must, "at day 0; may be a distribution"},
    Key{"fulfilled", number, may, "added when an obligation owed to it is seen as fulfilled"},
    Key{"breached", number, may, "added when an obligation owed to it is seen as breached"},
    Key{"settled", number, may, "added when a dispute that it is in settles"},
    Key{"incident", number, may, "added when an incident is done to it"},
    summary_key,
    source_key};
constexpr std::array level_keys = {Key{"initial", number, must, "at day 0; may be a distribution"},
                                   Key{"min", number, may, "lower bound"},
                                   Key{"max", number, may, "upper bound"},
                                   Key{"unit", text, may, "unit"},
                                   Key{"drift", rate, may, "change per day, applied at ticks"},
                                   summary_key,
                                   source_key};
constexpr std::array cohort_keys = {
    Key{"held_by", name, must, "the party that holds them"},
    Key{"living", number, may, "living persons at day 0; may be a distribution"},
    Key{"remains", number, may, "remains held at day 0"},
    Key{"held", number, may, "living and remains together: those not living are remains"},
    Key{"mortality", rate, may, "hazard of death per living person"},
    summary_key,
    source_key};
constexpr std::array verifier_keys = {
    Key{"takes", duration, may, "from performance to finding; default 0"},
    Key{"detects", probability, may, "that a breach is seen; default 1"},
    Key{"false_alarms", probability, may, "that full performance is seen as a breach; default 0"},
    summary_key, source_key};
constexpr std::array policy_keys = {
    Key{"tolerate", mapping, may, "weight of doing nothing", &response},
    Key{"dispute", mapping, may, "weight of opening a dispute", &response},
    Key{"hold", mapping, may, "weight of withholding the answers to it", &response},
    Key{"suspend", mapping, may, "weight of suspending all that it owes", &response},
    Key{"retaliate", mapping, may, "weight of an incident in return", &response},
    Key{"withdraw", mapping, may, "weight of leaving the agreement: it collapses", &response},
    summary_key,
    source_key};
constexpr std::array response_keys = {
    Key{"weight", number, must, "relative to the other responses"},
    Key{"for", duration, may, "of hold and suspend; default: until mended or resumed"},
    Key{"notice", duration, may, "of hold and suspend: given before it begins"},
    Key{"incident", name_by_party, may,
        "of retaliate: the incident, or a mapping party: incident"}};
constexpr std::array mediation_keys = {
    Key{"teams", number, may, "disputes that can be mediated at once; default 1"},
    Key{"takes", duration, may, "of one mediation; default 0"},
    Key{"settles", probability, may, "that a mediation settles the dispute; default 1"},
    Key{"unsettled", entries, may, "weights of retry, drop, withdraw; default drop", nullptr,
        unsettled_words},
    summary_key,
    source_key};
constexpr std::array phase_keys = {
    Key{"lasts", duration, may, "how long it lasts"},
    Key{"ends_when", condition, may, "an earlier end"},
    Key{"obligations", entries, may, "what is owed in it", &obligation},
    Key{"then", list, may, "rules at its end; default: the next phase", &rule},
    summary_key,
    source_key};
constexpr std::array obligation_keys = {
    Key{"by", name, must, "the party that owes"},
    Key{"to", name, may, "the party that it is owed to; default: the other principal"},
    Key{"release", name, may, "a cohort, or COHORT.remains"},
    Key{"effects", effects, may, "what performance does, where it is no release"},
    Key{"due", list, may, "when tranches fall due, and their counts", &due},
    Key{"singly", flag, may, "each person is a tranche of its own"},
    Key{"against", name, may, "the obligation whose tranches this one answers"},
    Key{"ratio", number, may, "persons per person performed there; default 1"},
    Key{"count", number, may, "a lump sum per tranche, in place of a ratio"},
    Key{"upon", choice, may, "'fulfilled' (default) or 'performed'", nullptr, upon_words},
    Key{"lag", duration, may, "from that tranche to the answer's falling due"},
    Key{"requires", condition, may, "while it is false, due tranches wait"},
    Key{"comply", probability, may, "that a tranche is given in full and in time; default 1"},
    Key{"otherwise", entries, may, "weights of late, partial, refuse; default refuse", nullptr,
        failure_words},
    Key{"late_by", duration, may, "lateness of a late tranche"},
    Key{"partial_share", number, may, "share delivered of a partial tranche"},
    Key{"share", number, may, "share delivered when complying or late; default 1"},
    Key{"tolerance", number, may, "delivered share that counts as full; default 1"},
    Key{"takes", duration, may, "from decision to performance; default 0"},
    Key{"grace", duration, may, "lateness that is no breach; default 0"},
    Key{"verified_by", name, may, "who checks; default: seen at once, as it is"},
    Key{"breach", name, may, "policy of the party that it is owed to; default: none"},
    Key{"stream", name, may, "names its random numbers; default: its own name"},
    summary_key,
    source_key};
constexpr std::array due_keys = {
    Key{"day", duration, may, "days from the phase's beginning"},
    Key{"every", duration, may, "step of a series"},
    Key{"from", duration, may, "first of the series; default: one step"},
    Key{"to", duration, may, "last of the series; default: as long as the phase is active"},
    Key{"count", number, may, "persons, or 'rest'"}};
constexpr std::array rule_keys = {
    Key{"if", condition, may, "the rule acts only if this holds"},
    Key{"chance", probability, may, "the rule acts with this probability"},
    Key{"do", effects, must, "what it does"}, summary_key, source_key};
constexpr std::array talks_keys = {
    Key{"rounds", duration, must, "length of a round"},
    Key{"agree", probability, must, "that a round agrees"},
    Key{"ratify", entries, may, "probability of ratification by party"},
    Key{"ratify_takes", duration, may, "from agreement to ratification; default 0"},
    Key{"deadline", duration, may, "after the opening"},
    Key{"agreed", effects, may, "what agreement does"},
    Key{"failed", effects, may, "what failure does"},
    Key{"stream", name, may, "names their random numbers; default: their own name"},
    summary_key,
    source_key};
constexpr std::array incident_keys = {
    Key{"by", name, may, "who does it"},
    Key{"to", name, may, "whom it is done to"},
    Key{"rate", rate, may, "base rate; without it only effects and retaliation cause it"},
    Key{"excites", mapping, may, "self-excitation: jump and decay", &excites},
    Key{"while", condition, may, "it can happen only while this holds; default: active"},
    Key{"breach", name, may, "policy of the party that it is done to"},
    Key{"stream", name, may, "names its random numbers; default: its own name"},
    Key{"do", effects, may, "what it does"},
    summary_key,
    source_key};
constexpr std::array excites_keys = {
    Key{"jump", rate, must, "added to the intensity at each occurrence"},
    Key{"decay", rate, must, "at which that decays"}};
constexpr std::array trigger_keys = {Key{"upon", names, may, "event or list of events"},
                                     Key{"when", condition, may, "acts when this comes to hold"},
                                     Key{"at", duration, may, "acts once, then"},
                                     Key{"every", duration, may, "acts again and again"},
                                     Key{"rate", rate, may, "acts at this rate"},
                                     Key{"while", condition, may, "acts only while this holds"},
                                     Key{"chance", probability, may, "acts with this probability"},
                                     Key{"limit", number, may, "greatest number of firings"},
                                     Key{"do", effects, may, "what it does"},
                                     summary_key,
                                     source_key};
constexpr std::array effect_keys = {
    Key{"set", entries, may, "levels, attributes or trust to values"},
    Key{"add", entries, may, "to levels, attributes or trust"},
    Key{"release", entries, may, "persons of a cohort"},
    Key{"deaths", entries, may, "persons of a cohort"},
    Key{"due", entries, may, "an extra tranche of an obligation now"},
    Key{"credit", entries, may, "persons already given, towards an obligation's next tranches"},
    Key{"open", name, may, "talks"},
    Key{"close", name, may, "talks"},
    Key{"advance", name, may, "to a phase"},
    Key{"extend", duration, may, "the active phase"},
    Key{"incident", name, may, "happens now"},
    Key{"suspend", mapping, may, "{party, for}: all its tranches wait", &suspend},
    Key{"hold", mapping, may, "{obligation, for}: its tranches wait", &hold},
    Key{"resume", name, may, "a party or obligation: lifts suspensions or holds"},
    Key{"collapse", name, may, "the agreement, for this cause"},
    Key{"end", name, may, "the trial, with this ending"},
    Key{"signal", name, may, "an event of your own"},
    Key{"if", condition, may, "only if this holds"},
    Key{"chance", probability, may, "with this probability"},
    Key{"after", duration, may, "a delay"}};
constexpr std::array suspend_keys = {Key{"party", name, must, "the party whose tranches wait"},
                                     Key{"for", duration, may, "how long; default: until resumed"}};
constexpr std::array hold_keys = {
    Key{"obligation", name, must, "the obligation whose tranches wait"},
    Key{"for", duration, may, "how long; default: until resumed"}};
constexpr std::array outcome_keys = {Key{"value", number, may, "at the trial's end"},
                                     Key{"first", condition, may, "time when it first held"},
                                     Key{"integral", number, may, "over time"},
                                     Key{"peak", number, may, "largest value"},
                                     Key{"trough", number, may, "smallest value"},
                                     Key{"unit", text, may, "unit"},
                                     summary_key,
                                     source_key};

}  // namespace

const KeyTable top{"the scenario", top_keys};
const KeyTable parameter{"parameter", parameter_keys, Naming::own, "value"};
const KeyTable correlation{"correlation", correlation_keys};
const KeyTable party{"party", party_keys, Naming::own, {}, &level};
const KeyTable trust{"trust", trust_keys, Naming::owner, "initial"};
const KeyTable level{"level", level_keys, Naming::own, "initial"};
const KeyTable cohort{
    "cohort", cohort_keys, Naming::own, {}, nullptr, {}, "{held_by: PARTY, living: 10}"};
const KeyTable verifier{"verification", verifier_keys};
const KeyTable policy{"policy", policy_keys};
const KeyTable response{"response", response_keys, Naming::own, "weight"};
const KeyTable mediation{"mediation", mediation_keys};
const KeyTable phase{"phase", phase_keys};
const KeyTable obligation{"obligation", obligation_keys, Naming::own, {}, nullptr, delivery_kinds};
const KeyTable due{"due entry", due_keys,  Naming::owner,       {},
                   nullptr,     due_kinds, "{day: 7, count: 5}"};
const KeyTable rule{
    "rule", rule_keys, Naming::owner, {}, nullptr, {}, "{if: CONDITION, do: [{advance: PHASE}]}"};
const KeyTable talks{"talks", talks_keys};
const KeyTable incident{"incident", incident_keys};
const KeyTable excites{"excites", excites_keys, Naming::owner};
const KeyTable trigger{"trigger",
                       trigger_keys,
                       Naming::own,
                       {},
                       nullptr,
                       trigger_sources,
                       "{at: 10 days, do: [{signal: NAME}]}"};
const KeyTable effect{"effect", effect_keys, Naming::owner, {}, nullptr, effect_kinds};
const KeyTable suspend{"suspend", suspend_keys, Naming::owner, "party"};
const KeyTable hold{"hold", hold_keys, Naming::owner, "obligation"};
const KeyTable outcome{"outcome",     outcome_keys,           Naming::own, {}, nullptr,
                       outcome_kinds, "{value: guests.freed}"};

}  // namespace keys

}  // namespace truce::scenario
