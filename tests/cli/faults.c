/* Faults for the program's tests, preloaded: what happens rarely, made to happen at a known call.
     FAULT_THREADS=N   no more than N threads can be started
     FAULT_SIGNAL=S    the process gets signal S (twice where FAULT_TWICE is set) ...
     FAULT_AT=CALL     ... at the first call of fsync, rename or pthread_create */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void reach(const char* call) {
  static atomic_flag reached = ATOMIC_FLAG_INIT;
  const char* at = getenv("FAULT_AT");
  if (at == NULL || strcmp(at, call) != 0 || atomic_flag_test_and_set(&reached)) return;
  const int number = atoi(getenv("FAULT_SIGNAL"));
  kill(getpid(), number);
  if (getenv("FAULT_TWICE") != NULL) {
    usleep(50000);
    kill(getpid(), number);
    usleep(1000000);
  }
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*work)(void*),
                   void* argument) {
  static atomic_int started;
  const char* most = getenv("FAULT_THREADS");
  reach("pthread_create");
  if (most != NULL && atomic_fetch_add(&started, 1) >= atoi(most)) return EAGAIN;
  int (*next)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  *(void**)&next = dlsym(RTLD_NEXT, "pthread_create");
  return next(thread, attributes, work, argument);
}

int fsync(int descriptor) {
  reach("fsync");
  int (*next)(int);
  *(void**)&next = dlsym(RTLD_NEXT, "fsync");
  return next(descriptor);
}

int rename(const char* from, const char* to) {
  reach("rename");
  int (*next)(const char*, const char*);
  *(void**)&next = dlsym(RTLD_NEXT, "rename");
  return next(from, to);
}
