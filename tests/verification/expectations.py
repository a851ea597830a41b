"""What an expert of ceasefires expects of the plan: variants, and claims on their outcomes."""

import dataclasses

PLAN, OPENING = "cairo-three-phase.yaml", "cairo-opening.yaml"
ALL_FOR_ALL = "alternatives/all-for-all.yaml"

# How the page calls an outcome.
NAMES = {
    "hostages_freed": "hostages freed", "hostage_days": "days in captivity",
    "deaths": "deaths of hostages", "civilian_harm": "civilian harm",
    "second_phase": "second phase, %", "all_three_phases": "three phases, %",
    "first_phase_kept": "first phase kept, %", "aid_days": "days of full aid",
    "hamas_complies": "compliance of Hamas, %", "israel_complies": "compliance of Israel, %",
    "days_a_dispute": "days a dispute", "settled": "disputes settled, %",
    "relapsed": "relapse, %", "quarrels": "quarrels a day",
    "expired": "ran out less broken, %", "ran_its_course": "ran its course, %",
    "if_kept": "second phase if the first was kept less if not, %",
    "if_second_deal": "second phase of second agreements less that of first ones, %",
    "if_kept_at_term": "the same of those that reached the term, %"}
SHARES = {"second_phase", "all_three_phases", "first_phase_kept", "relapsed"}
# Ratios of two sums over the trials: what is summed above, and below.
RATIOS = {
    "hamas_complies": ("hamas_sum", "first_days"),
    "israel_complies": ("israel_sum", "first_days"),
    "days_a_dispute": ("dispute_days", "disputes.opened"),
    "settled": ("disputes.settled", "disputes.opened"),
    "quarrels": ("quarrel_sum", "days_sum")}
# Outcomes that the scenario does not have.
SUMS = {
    "hamas_sum": {"integral": "if(civilians_first.active, hamas_complies, 0)"},
    "israel_sum": {"integral": "if(civilians_first.active, israel_complies, 0)"},
    "first_days": {"integral": "if(civilians_first.active, 1, 0)"},
    "dispute_days": {"integral": "disputes.open"},
    "quarrel_sum": {"value": "quarrel_over_hostages.occurred + quarrel_over_terms.occurred"},
    "days_sum": {"integral": "if(active and held > 0, 1, 0)"},
    "ran_out": {"value": "expired >= 1"},
    "broken": {"value": "collapsed >= 1 and expired == 0"}}


def parameters(**values):
    return {"parameters": values}


IN_FULL = {"hamas_compliance": 1, "israel_compliance": 1, "quarrel_rate": 0, "fire_rate": 0,
           "spoiler_rate": 0}
NOT_GIVEN = {"effects": [], "breach": None}
# Overlays by name; a text is the path of a scenario that builds on the plan.
VARIANTS = {
    "as written": {},
    "guarantor 0.2": parameters(engagement=0.2),
    "guarantor 0.95": parameters(engagement=0.95),
    "detection 0.5": parameters(detection=0.5, false_alarms=0),
    "detection 1": parameters(detection=1, false_alarms=0),
    "mediation in 1 day": parameters(mediation_days=1),
    "no mediators": parameters(qatar_access=0, egypt_access=0),
    "hotline": "overlays/hotline.yaml",
    "monitored zones": "overlays/ceasefire-zones.yaml",
    "corridors": "overlays/corridors.yaml",
    "better verification": "overlays/better-verification.yaml",
    "stronger guarantees": "overlays/stronger-guarantees.yaml",
    "1 prisoner": parameters(prisoners_per_civilian=1),
    "10 prisoners": parameters(prisoners_per_civilian=10),
    "60 prisoners": parameters(prisoners_per_civilian=60),
    "100 prisoners": parameters(prisoners_per_civilian=100),
    "no aid": {"phases": {"civilians_first": {"obligations": {
        "expand_aid": NOT_GIVEN, "ease_movement": NOT_GIVEN}}}},
    "trust fixed": parameters(trust_moves=0),
    "all kept": parameters(**IN_FULL),
    "all kept, trust fixed": parameters(**IN_FULL, trust_moves=0),
    "stakes do not matter": parameters(stakes_matter=0),
    "front-loaded": "alternatives/front-loaded.yaml"}
# Of the opening: one in which agreements come, so that recovery is reached.
EASY = {"opening_agrees": 0.9, "opening_ratified": 0.9, "round_agrees": 0.9, "ratification": 0.98,
        "fire_rate": 0.01, "quarrel_rate": 0.03, "relapse_rate": 0.002}
RECOVERIES = {
    "recovery succeeds": parameters(**EASY, governance_kept=1, borders_opened=1, security_kept=1,
                                    pledges_paid=1),
    "recovery fails": parameters(**EASY, governance_kept=0, borders_opened=0, security_kept=0,
                                 pledges_paid=0)}
# Of the opening: whether the second phase began under the second agreement of a trial.
SECOND = {
    "levels": {"under_second": 0},
    "triggers": {"under_second_agreement": {
        "upon": "women_and_remains.started", "while": "civilians_first.started == 2",
        "do": [{"set": {"under_second": 1}}]}},
    "outcomes": {"under_second": {"value": "under_second"},
                 "deals": {"value": "civilians_first.started"}}}


@dataclasses.dataclass
class Row:
    """`claims`, by outcome: `< 0`, `not > 0` of the whole interval; `about 92` within 5 %."""
    expectation: str
    because: str
    one: str
    other: str  # '' where the outcome of `one` itself is meant
    claims: dict


LESS = {"hostage_days": "< 0", "deaths": "< 0", "civilian_harm": "< 0"}
ROWS = [
    Row("A stronger guarantor saves lives and days",
        "leaving costs more, and flare-ups are contained sooner",
        "guarantor 0.95", "guarantor 0.2",
        {"hostages_freed": "> 0", **LESS, "second_phase": "> 0"}),
    Row("So do stronger guarantees",
        "the guarantor presses for time as well",
        "stronger guarantees", "as written", {"hostages_freed": "> 0", **LESS}),
    Row("Better detection without false alarms does not cost anything",
        "what is found is mended, what would be found is done; what is missing harms, seen or not",
        "detection 1", "detection 0.5",
        {"hostages_freed": "> 0", **LESS, "first_phase_kept": "> 0", "aid_days": "> 0"}),
    Row("So with better verification",
        "false alarms are fewer, too",
        "better verification", "as written",
        {"hostage_days": "< 0", "deaths": "not > 0", "civilian_harm": "not > 0",
         "first_phase_kept": "> 0"}),
    Row("Quicker mediation helps",
        "a grave quarrel holds up batches until it is settled",
        "mediation in 1 day", "as written",
        {**LESS, "first_phase_kept": "> 0", "days_a_dispute": "< 0"}),
    Row("A hotline helps",
        "fewer incidents flare up, and not for so long",
        "hotline", "as written", {"hostages_freed": "> 0", **LESS}),
    Row("Monitored zones help",
        "incidents are fewer and less grave",
        "monitored zones", "as written", {"hostages_freed": "> 0", **LESS}),
    Row("Corridors help",
        "aid comes sooner, goes on in a flare-up, and is less quarrelled about",
        "corridors", "as written",
        {"hostages_freed": "> 0", **LESS, "hamas_complies": "> 0", "aid_days": "> 0"}),
    Row("More prisoners for a civilian bind the side that receives them, and strain the other",
        "it expects more, and the exchange is cheaper to it",
        "60 prisoners", "10 prisoners", {"hamas_complies": "> 1", "israel_complies": "< -1"}),
    Row("Neither one prisoner for a civilian ...",
        "the side that holds them gets next to nothing",
        "1 prisoner", "as written", {"hostages_freed": "< 0", "hamas_complies": "< -1"}),
    Row("... nor a hundred serve the agreement",
        "to the side that pays it is dear",
        "100 prisoners", "as written", {"hostages_freed": "< 0", "israel_complies": "< -1"}),
    Row("Without aid fewer are freed",
        "relief is what one side would lose by leaving",
        "no aid", "as written",
        {"hostages_freed": "< 0", "hamas_complies": "< 0", "civilian_harm": "> 0"}),
    Row("Without mediators fewer are freed, disputes are longer, and fewer of them settle",
        "what the sides cannot say to each other goes by others, and slowly",
        "no mediators", "as written",
        {"hostages_freed": "< 0", "days_a_dispute": "> 0", "settled": "< 0", "deaths": "> 0"}),
    Row("Where all is kept, trust that moves frees more",
        "each side comes to believe in what is still to come",
        "all kept", "all kept, trust fixed", {"hostages_freed": "> 3", "second_phase": "> 3"}),
    Row("As it goes, trust that moves changes what follows",
        "it falls by what is missing and by fire as much as it rises by persons",
        "as written", "trust fixed", {"all_three_phases": "> 0.5"}),
    Row("Stakes matter",
        "the side that has got most of what it wanted is less bound",
        "as written", "stakes do not matter",
        {"second_phase": "< 0", "israel_complies": "< 0", "hamas_complies": "> 0"}),
    Row("The second phase comes after a first that was kept",
        "what was kept raises trust and lowers opposition; what is owed is a grievance",
        "as written", "", {"if_kept": "> 10", "if_kept_at_term": "> 0"}),
    Row("Front-loading saves days in captivity",
        "all civilians are home in the first week",
        "front-loaded", "as written", {"hostage_days": "< 0", "deaths": "< 0"}),
    Row("Its price is paid in the later phases",
        "one side has got what it wanted most, the other holds less",
        "front-loaded", "as written",
        {"second_phase": "< 0", "all_three_phases": "< 0", "israel_complies": "< 0",
         "hamas_complies": "< 0", "civilian_harm": "> 0"}),
    Row("Agreements that fail run out; few are broken within their term",
        "flare-ups are contained, disputes are settled",
        "as written", "", {"expired": "> 0"}),
    Row("Quarrels come about every eight days, and nearly all of them settle",
        "record: 13 disputes of 2023 to 2025, of which 12 ended",
        "as written", "", {"quarrels": "about 0.125", "settled": "about 92"}),
    Row("All for all comes through in less than its 13.5 % of ratification",
        "who refuses goes on refusing",
        "all for all", "", {"ran_its_course": "< 13.5"}),
    Row("A later agreement is worse",
        "trust is no higher, what was not given is a grievance, the price has risen",
        "opening", "", {"if_second_deal": "< 0"}),
    Row("A recovery that succeeds keeps the war away",
        "governance, borders, reconstruction and security lower the risk",
        "recovery succeeds", "recovery fails", {"relapsed": "< 0"})]
