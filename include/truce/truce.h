#ifndef TRUCE_TRUCE_H
#define TRUCE_TRUCE_H

/* The library for C and whatever calls C.
 *
 *   truce_scenario* scenario = NULL;
 *   truce_error* error = truce_load("scenario.yaml", NULL, 0, &scenario);
 *   if (error != NULL) { puts(truce_message(error)); truce_free_error(error); return 2; }
 *
 * Errors are values: a function that can fail returns NULL where all is well, else an error, which
 * is the caller's to free; what it was to make is set to NULL then. Nothing is thrown and nothing
 * printed.
 *
 * Ownership: what a function makes (its last argument) is the caller's, to be freed by its own
 * truce_free_*, which take NULL too. What functions return otherwise (texts, arrays) belongs to the
 * object that was asked, and lives as long as that. Nothing that is given is kept. Texts are UTF-8
 * and end with a zero; names of files are as the system has them.
 *
 * Threads: a scenario and trials never change, and any number of threads may use one at a time, but
 * for freeing it. An error is used by one thread at a time.
 *
 * A number that is not there is NaN. Nothing here depends on the locale. */

#include <stddef.h>
#include <stdint.h>

#include "truce/export.hpp"

#ifdef __cplusplus
extern "C" {
#endif

/* Of this header. It is raised whenever a program that was compiled before could go wrong, by a
 * change of a structure or of a function; new functions alone do not raise it. */
#define TRUCE_ABI 1

#if defined(__GNUC__)
#define TRUCE_CHECK __attribute__((warn_unused_result))
#else
#define TRUCE_CHECK
#endif

/* TRUCE_ABI of the library that is loaded, and the version of its program, e.g. "0.1.0". */
TRUCE_API int truce_abi(void);
TRUCE_API const char* truce_version(void);

/* ---- errors ---- */

typedef struct truce_error truce_error;

typedef enum truce_fault {
  TRUCE_INPUT = 1,   /* what was given is wrong: a scenario, a name, a number, NULL */
  TRUCE_MEMORY = 2,  /* there is not enough of it */
  TRUCE_INTERNAL = 3 /* any other: please report it */
} truce_fault;

TRUCE_API truce_fault truce_fault_of(const truce_error* error);
/* What the program would print. Of a scenario all that is wrong, one finding a line,
 * `file:line:column: error: problem (why); suggestion`. */
TRUCE_API const char* truce_message(const truce_error* error);
TRUCE_API void truce_free_error(truce_error* error);

/* ---- scenarios ---- */

typedef struct truce_scenario truce_scenario;

/* A value that takes the place of a parameter's, as by `--set`. */
typedef struct truce_setting {
  const char* name;
  double value;
} truce_setting;

typedef struct truce_parameter {
  const char* name;
  double value;  /* that trials have, unless they draw their own */
  int has_prior; /* whether uncertain trials draw it, or compute it from what is drawn */
} truce_parameter;

/* Reads, checks and compiles a file. `set` may be NULL where `count` is 0. */
TRUCE_API TRUCE_CHECK truce_error* truce_load(const char* path, const truce_setting* set,
                                              size_t count, truce_scenario** scenario);
/* The same of text, which messages call `name`; NULL: "scenario.yaml". What it names is looked for
 * in the working directory. */
TRUCE_API TRUCE_CHECK truce_error* truce_parse(const char* text, const char* name,
                                               const truce_setting* set, size_t count,
                                               truce_scenario** scenario);
/* The same scenario with these values in place of the file's; what was set before is not any more.
 */
TRUCE_API TRUCE_CHECK truce_error* truce_set(const truce_scenario* scenario,
                                             const truce_setting* set, size_t count,
                                             truce_scenario** changed);
/* All parameters, of which `*count` receives the number. */
TRUCE_API const truce_parameter* truce_parameters(const truce_scenario* scenario, size_t* count);
/* What the program would warn of, one finding a line; "" where there is nothing. */
TRUCE_API const char* truce_warnings(const truce_scenario* scenario);
TRUCE_API void truce_free_scenario(truce_scenario* scenario);

/* ---- trials ---- */

typedef struct truce_trials truce_trials;

/* To be begun with TRUCE_OPTIONS. */
typedef struct truce_options {
  size_t size; /* sizeof(truce_options) */
  uint64_t trials;
  uint64_t seed;
  int uncertain;    /* each trial draws its parameters from their priors */
  unsigned threads; /* 0: as many as the machine has; results are the same for any number */
  /* Called several times per second in the thread that called, with `context`; another answer than
   * 0 stops the run, which then has the trials that are done. It must return. May be NULL. */
  int (*progress)(void* context, uint64_t done, uint64_t planned);
  void* context;
} truce_options;

#define TRUCE_OPTIONS \
  { sizeof(truce_options), 10000, 1, 0, 0, NULL, NULL }

typedef enum truce_kind {
  TRUCE_REAL = 0,
  TRUCE_WHOLE = 1,
  TRUCE_YES_NO = 2,  /* 0 or 1 */
  TRUCE_CATEGORY = 3 /* an index of labels */
} truce_kind;

/* An outcome of all trials. */
typedef struct truce_column {
  const char* name;
  const char* unit;    /* "day", "person", "1" */
  const char* summary; /* what the scenario says of it, or "" */
  truce_kind kind;
  const double* values; /* [truce_count]; NaN of a trial that failed, and where there is none */
  const char* const* labels; /* [label_count], of a category; else NULL */
  size_t label_count;
} truce_column;

/* A trial that could not go on, e.g. as a probability was above 1. */
typedef struct truce_failure {
  uint64_t trial;
  const char* message;
} truce_failure;

/* An outcome over the trials that did not fail. */
typedef struct truce_estimate {
  uint64_t count;   /* trials with a value */
  uint64_t missing; /* trials without */
  double mean;
  double sd;              /* divisor count - 1 */
  double se;              /* of the mean */
  double ci_low, ci_high; /* 95 % interval of the mean; of a yes/no outcome of its share */
  int too_few;            /* trials to rely on the interval */
  double min, max;
} truce_estimate;

/* Runs trials 0, 1, ... in memory: trial i is row i of the file that `truce run` writes with the
 * same settings. `options` may be NULL: TRUCE_OPTIONS. */
TRUCE_API TRUCE_CHECK truce_error* truce_run(const truce_scenario* scenario,
                                             const truce_options* options, truce_trials** trials);
/* Fewer than asked for where the run was stopped. */
TRUCE_API uint64_t truce_count(const truce_trials* trials);
/* All outcomes, in the order of the file: ending and cause, which are categories, are among them.
 */
TRUCE_API const truce_column* truce_columns(const truce_trials* trials, size_t* count);
/* The one of that name. */
TRUCE_API TRUCE_CHECK truce_error* truce_find_column(const truce_trials* trials, const char* name,
                                                     const truce_column** column);
/* Of an outcome that is no category. */
TRUCE_API TRUCE_CHECK truce_error* truce_estimate_of(const truce_trials* trials, const char* name,
                                                     truce_estimate* estimate);
/* The trials that failed. */
TRUCE_API const truce_failure* truce_failures(const truce_trials* trials, size_t* count);
TRUCE_API void truce_free_trials(truce_trials* trials);

/* ---- one trial ---- */

/* Replays a trial, event by event, as JSON: what `truce trace --json` prints, but for the draws. Of
 * the options seed and uncertain matter. */
TRUCE_API TRUCE_CHECK truce_error* truce_trace(const truce_scenario* scenario, uint64_t trial,
                                               const truce_options* options, char** json);
TRUCE_API void truce_free_text(char* text);

#ifdef __cplusplus
}
#endif

#endif
