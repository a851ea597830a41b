/* usage: client SCENARIO PARAMETER VALUE OUTCOME
 * Prints, of 2,000 trials with seed 7 and that value: the outcome's mean and interval, the first
 * trial's ending, and its trace. Everything else is checked here; what does not hold is printed to
 * stderr, and the exit code is then 1. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <truce/truce.h>

static int problems = 0;

static void check(int holds, const char* what, int line) {
  if (holds) return;
  fprintf(stderr, "%d: %s\n", line, what);
  ++problems;
}
#define CHECK(holds) check((holds), #holds, __LINE__)

/* Of what must go well. */
static void well(truce_error* error) {
  if (error == NULL) return;
  fprintf(stderr, "%s\n", truce_message(error));
  truce_free_error(error);
  exit(2);
}

/* Of what must fail: its fault, and a part of its text. */
static void fails(truce_error* error, truce_fault fault, const char* text, int line) {
  check(error != NULL, "it fails", line);
  if (error == NULL) return;
  check(truce_fault_of(error) == fault, "it has that fault", line);
  check(strstr(truce_message(error), text) != NULL, truce_message(error), line);
  truce_free_error(error);
}
#define FAILS(error, text) fails((error), TRUCE_INPUT, text, __LINE__)

static const char* const broken =
    "truce: 2\n"
    "name: Breaks\n"
    "horizon: 10\n"
    "parameters: {p: 2}\n"
    "parties: {north: {role: principal}, south: {role: principal}}\n"
    "cohorts: {prisoners: {held_by: north, living: 10}}\n"
    "begin:\n"
    "  - release: {prisoners: 'binomial(10, p * uniform(0.1, 0.9))'}\n";

static int stop_at_once(void* context, uint64_t done, uint64_t planned) {
  (void)done;
  *(uint64_t*)context = planned;
  return 1;
}

static void ask_wrongly(const truce_scenario* scenario, const truce_trials* trials) {
  truce_scenario* made = (truce_scenario*)&problems;
  truce_trials* run = NULL;
  const truce_column* column = NULL;
  truce_estimate estimate;
  char* json = NULL;
  truce_options options = TRUCE_OPTIONS;
  const truce_setting unknown[] = {{"engagment", 0.5}};
  const truce_setting no_number[] = {{"engagement", NAN}};
  const truce_setting twice[] = {{"engagement", 0.5}, {"engagement", 0.6}};
  const truce_setting no_name[] = {{NULL, 0.5}};

  FAILS(truce_load("nowhere.yaml", NULL, 0, &made), "nowhere.yaml");
  CHECK(made == NULL);
  FAILS(truce_load("/", NULL, 0, &made), "/: error: ");
  FAILS(truce_load(NULL, NULL, 0, &made), "path is NULL");
  FAILS(truce_load("x.yaml", NULL, 1, &made), "set is NULL");
  FAILS(truce_load("x.yaml", NULL, 0, NULL), "scenario is NULL");
  FAILS(truce_parse("truce: 2\nhorizn: 3\n", "mine.yaml", NULL, 0, &made),
        "mine.yaml:2:1: error: unknown key 'horizn'");
  FAILS(truce_parse(NULL, NULL, NULL, 0, &made), "text is NULL");
  FAILS(truce_parse("\xff", NULL, NULL, 0, &made), "scenario.yaml");
  FAILS(truce_set(scenario, unknown, 1, &made), "did you mean 'engagement'?");
  FAILS(truce_set(scenario, no_number, 1, &made), "'engagement' is nan");
  FAILS(truce_set(scenario, twice, 2, &made), "'engagement' is set twice");
  FAILS(truce_set(scenario, no_name, 1, &made), "name is NULL");
  FAILS(truce_set(NULL, NULL, 0, &made), "scenario is NULL");
  FAILS(truce_run(NULL, NULL, &run), "scenario is NULL");
  options.trials = 0;
  FAILS(truce_run(scenario, &options, &run), "at least one trial");
  options.size = 8;
  FAILS(truce_run(scenario, &options, &run), "TRUCE_OPTIONS");
  options.size = sizeof options;
#ifndef __SANITIZE_ADDRESS__ /* of which `new` ends the process */
  options.trials = UINT64_C(1) << 47;
  fails(truce_run(scenario, &options, &run), TRUCE_MEMORY, "memory", __LINE__);
#endif
  CHECK(run == NULL);
  FAILS(truce_find_column(trials, "endng", &column), "'ending'");
  CHECK(column == NULL);
  FAILS(truce_find_column(NULL, "ending", &column), "trials is NULL");
  FAILS(truce_estimate_of(trials, "ending", &estimate), "no mean");
  FAILS(truce_trace(scenario, UINT64_C(1) << 48, NULL, &json), "2^48");
  CHECK(json == NULL);

  size_t count = 1;
  CHECK(truce_parameters(NULL, &count) == NULL && count == 0);
  count = 1;
  CHECK(truce_columns(NULL, &count) == NULL && count == 0);
  CHECK(truce_failures(NULL, NULL) == NULL && truce_count(NULL) == 0);
  CHECK(strcmp(truce_message(NULL), "") == 0 && strcmp(truce_warnings(NULL), "") == 0);
  truce_free_error(NULL);
  truce_free_scenario(NULL);
  truce_free_trials(NULL);
  truce_free_text(NULL);
}

static void see_failures(void) {
  truce_scenario* scenario = NULL;
  truce_trials* trials = NULL;
  truce_options options = TRUCE_OPTIONS;
  options.trials = 200;
  well(truce_parse(broken, NULL, NULL, 0, &scenario));
  well(truce_run(scenario, &options, &trials));
  size_t count = 0;
  const truce_failure* failures = truce_failures(trials, &count);
  /* uniform(0.2, 1.8) is above 1 in half of the trials: five standard errors. */
  CHECK(truce_count(trials) == 200 && count > 65 && count < 135);
  CHECK(strstr(failures[0].message, "binomial") != NULL);
  const truce_column* duration = NULL;
  well(truce_find_column(trials, "duration", &duration));
  CHECK(isnan(duration->values[failures[0].trial]));
  truce_estimate estimate;
  well(truce_estimate_of(trials, "duration", &estimate));
  CHECK(estimate.count == 200 - count && estimate.missing == 0 && estimate.mean == 10);
  char* json = NULL;
  well(truce_trace(scenario, failures[0].trial, &options, &json));
  CHECK(strstr(json, "\"failure\":") != NULL);
  truce_free_text(json);
  truce_free_trials(trials);
  truce_free_scenario(scenario);
}

static void see_columns(const truce_trials* trials) {
  size_t count = 0;
  const truce_column* columns = truce_columns(trials, &count);
  CHECK(count > 3);
  for (size_t i = 0; i < count; ++i) {
    const truce_column* found = NULL;
    well(truce_find_column(trials, columns[i].name, &found));
    CHECK(found == &columns[i] && columns[i].unit[0] != '\0' && columns[i].summary != NULL);
    CHECK((columns[i].kind == TRUCE_CATEGORY) == (columns[i].labels != NULL));
    for (uint64_t trial = 0; trial < truce_count(trials); ++trial) {
      const double x = columns[i].values[trial];
      if (columns[i].kind != TRUCE_REAL) CHECK(x == floor(x));
      if (columns[i].kind == TRUCE_CATEGORY) CHECK(x < (double)columns[i].label_count);
    }
  }
}

static const truce_scenario* shared;

static void* run_shared(void* mean) {
  truce_options options = TRUCE_OPTIONS;
  truce_trials* trials = NULL;
  truce_estimate estimate;
  options.trials = 500;
  options.threads = 2;
  well(truce_run(shared, &options, &trials));
  well(truce_estimate_of(trials, "duration", &estimate));
  *(double*)mean = estimate.mean;
  truce_free_trials(trials);
  return NULL;
}

static void run_together(const truce_scenario* scenario) {
  pthread_t threads[4];
  double means[4];
  shared = scenario;
  for (int i = 0; i < 4; ++i) CHECK(pthread_create(&threads[i], NULL, run_shared, &means[i]) == 0);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
  for (int i = 1; i < 4; ++i) CHECK(means[i] == means[0]);
}

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  CHECK(truce_abi() == TRUCE_ABI);
  CHECK(truce_version()[0] != '\0');
  truce_scenario* loaded = NULL;
  truce_scenario* scenario = NULL;
  well(truce_load(argv[1], NULL, 0, &loaded));
  CHECK(strcmp(truce_warnings(loaded), "") == 0);
  const truce_setting set[] = {{argv[2], strtod(argv[3], NULL)}};
  well(truce_set(loaded, set, 1, &scenario));
  size_t count = 0;
  const truce_parameter* parameters = truce_parameters(scenario, &count);
  const truce_parameter* before = truce_parameters(loaded, NULL);
  for (size_t i = 0; i < count; ++i) {
    const int is_set = strcmp(parameters[i].name, argv[2]) == 0;
    CHECK(parameters[i].value == (is_set ? set[0].value : before[i].value));
    CHECK(!is_set || (!parameters[i].has_prior && before[i].has_prior));
  }
  truce_free_scenario(loaded); /* what was made of it stays */

  truce_options options = TRUCE_OPTIONS;
  options.trials = 2000;
  options.seed = 7;
  truce_trials* trials = NULL;
  well(truce_run(scenario, &options, &trials));
  CHECK(truce_count(trials) == 2000);
  truce_estimate estimate;
  well(truce_estimate_of(trials, argv[4], &estimate));
  printf("%.17g %.17g %.17g\n", estimate.mean, estimate.ci_low, estimate.ci_high);
  const truce_column* ending = NULL;
  well(truce_find_column(trials, "ending", &ending));
  printf("%s\n", ending->labels[(size_t)ending->values[0]]);
  char* json = NULL;
  well(truce_trace(scenario, 0, &options, &json));
  printf("%s\n", json);
  truce_free_text(json);

  see_columns(trials);
  ask_wrongly(scenario, trials);
  truce_free_trials(trials);
  see_failures();
  run_together(scenario);

  uint64_t planned = 0;
  options.progress = stop_at_once;
  options.context = &planned;
  options.trials = 1000000;
  well(truce_run(scenario, &options, &trials));
  CHECK(planned == 1000000 && truce_count(trials) < 1000000);
  truce_free_trials(trials);
  truce_free_scenario(scenario);
  return problems > 0 ? 1 : 0;
}
