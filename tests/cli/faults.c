/* Faults for the program's tests, preloaded: what happens rarely, made to happen at a known call.
     FAULT_THREADS=N   no more than N threads can be started
     FAULT_SIGNAL=S    the process gets signal S (twice, FAULT_TWICE milliseconds apart, where that is set) ...
     FAULT_AT=CALL     ... at the first call of fsync, rename or pthread_create
     FAULT_CALL=CALL   the FAULT_NTH-th (from 1) of these calls: write, pwrite, read, pread, fsync, rename,
                       ftruncate, open, close, mkdir, unlink, malloc (each with its relatives: fopen is an open) ...
     FAULT_HOW=HOW     ... fails with EIO, ENOSPC, EINTR, ENOMEM; is "short" (half of the bytes); or the process
                       gets a signal, by its number, before ("9") or after the call ("9 after"); or both ("EIO 2"), the
                       signal once the call has failed, before anybody has asked why
     FAULT_FROM=1      ... and so do all later ones
     FAULT_TOLD=FILE   holds a line for each call of any kind: its name
     FAULT_CLOCK=S     the clock of the day jumps by S seconds, forwards and backwards in turn, whenever it is read */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) (*(void**)&next = dlsym(RTLD_NEXT, name))

static void reach(const char* call) {
  static atomic_flag reached = ATOMIC_FLAG_INIT;
  const char* at = getenv("FAULT_AT");
  if (at == NULL || strcmp(at, call) != 0 || atomic_flag_test_and_set(&reached)) return;
  const int number = atoi(getenv("FAULT_SIGNAL"));
  kill(getpid(), number);
  const char* apart = getenv("FAULT_TWICE");
  if (apart != NULL) {
    usleep((useconds_t)atoi(apart) * 1000);
    kill(getpid(), number);
    usleep(300000);
  }
}

struct fault {
  int error;  /* what errno is to be */
  int cut;    /* only half is to be written */
  int signal; /* is to be sent after the call */
};

/* What is to happen at this call. */
static struct fault fault_at(const char* call) {
  static atomic_long calls;
  static const struct {
    const char* name;
    int number;
  } errors[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"ENOMEM", ENOMEM}};
  struct fault fault = {0, 0, 0};
  const char* told = getenv("FAULT_TOLD");
  if (told != NULL) { /* past what is counted */
    const int file = (int)syscall(SYS_openat, AT_FDCWD, told, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (file >= 0) {
      const struct iovec line[] = {{(void*)call, strlen(call)}, {(void*)"\n", 1}};
      syscall(SYS_writev, file, line, 2);
      syscall(SYS_close, file);
    }
  }
  const char* at = getenv("FAULT_CALL");
  if (at == NULL || strcmp(at, call) != 0) return fault;
  const long number = atomic_fetch_add(&calls, 1) + 1;
  const char* nth = getenv("FAULT_NTH");
  const char* how = getenv("FAULT_HOW");
  if (nth == NULL || how == NULL) return fault;
  if (getenv("FAULT_FROM") != NULL ? number < atol(nth) : number != atol(nth)) return fault;
  for (size_t i = 0; i < sizeof errors / sizeof *errors; ++i) {
    const size_t size = strlen(errors[i].name);
    if (strncmp(how, errors[i].name, size) != 0) continue;
    fault.error = errors[i].number;
    fault.signal = atoi(how + size);
    return fault;
  }
  fault.cut = strcmp(how, "short") == 0;
  const int signal_number = atoi(how);
  if (signal_number > 0 && strstr(how, "after") == NULL) {
    kill(getpid(), signal_number);
  } else {
    fault.signal = signal_number;
  }
  return fault;
}

static void follow(struct fault fault) {
  if (fault.signal <= 0) return;
  const int kept = errno;
  kill(getpid(), fault.signal);
  errno = kept;
}

/* The program's handler leaves errno as it is. */
static void fail(struct fault fault) {
  errno = fault.error;
  if (fault.signal > 0) kill(getpid(), fault.signal);
}

/* The body of a function that forwards to the next of its name. */
#define FORWARD(call, type, failure, name, parameters, ...) \
  type(*next) parameters;                                   \
  NEXT(name);                                               \
  const struct fault fault = fault_at(call);                \
  if (fault.error != 0) {                                   \
    fail(fault);                                            \
    return failure;                                         \
  }                                                         \
  type result = next(__VA_ARGS__);                          \
  follow(fault);                                            \
  return result

static size_t cut(struct fault fault, size_t size) {
  return fault.cut && size > 1 ? size / 2 : size;
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*work)(void*),
                   void* argument) {
  static atomic_int started;
  const char* most = getenv("FAULT_THREADS");
  reach("pthread_create");
  if (most != NULL && atomic_fetch_add(&started, 1) >= atoi(most)) return EAGAIN;
  int (*next)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  NEXT("pthread_create");
  return next(thread, attributes, work, argument);
}

int fsync(int descriptor) {
  reach("fsync");
  FORWARD("fsync", int, -1, "fsync", (int), descriptor);
}

int rename(const char* from, const char* to) {
  reach("rename");
  FORWARD("rename", int, -1, "rename", (const char*, const char*), from, to);
}

int renameat2(int old_folder, const char* from, int new_folder, const char* to, unsigned flags) {
  reach("rename");
  FORWARD("rename", int, -1, "renameat2", (int, const char*, int, const char*, unsigned), old_folder,
          from, new_folder, to, flags);
}

#define WRITING(name, call, parameters, types, ...)    \
  ssize_t name parameters {                            \
    ssize_t(*next) types;                              \
    NEXT(#name);                                       \
    const struct fault fault = fault_at(call);         \
    if (fault.error != 0) {                            \
      fail(fault);                                     \
      return -1;                                       \
    }                                                  \
    size = cut(fault, size);                           \
    ssize_t result = next(__VA_ARGS__);                \
    follow(fault);                                     \
    return result;                                     \
  }
WRITING(write, "write", (int file, const void* bytes, size_t size), (int, const void*, size_t), file,
        bytes, size)
WRITING(pwrite, "pwrite", (int file, const void* bytes, size_t size, off_t at),
        (int, const void*, size_t, off_t), file, bytes, size, at)
WRITING(pwrite64, "pwrite", (int file, const void* bytes, size_t size, off64_t at),
        (int, const void*, size_t, off64_t), file, bytes, size, at)
WRITING(read, "read", (int file, void* bytes, size_t size), (int, void*, size_t), file, bytes, size)
WRITING(pread, "pread", (int file, void* bytes, size_t size, off_t at), (int, void*, size_t, off_t),
        file, bytes, size, at)
WRITING(pread64, "pread", (int file, void* bytes, size_t size, off64_t at),
        (int, void*, size_t, off64_t), file, bytes, size, at)

ssize_t writev(int file, const struct iovec* pieces, int count) {
  ssize_t (*next)(int, const struct iovec*, int);
  NEXT("writev");
  const struct fault fault = fault_at("write");
  if (fault.error != 0) {
    fail(fault);
    return -1;
  }
  const struct iovec half = {pieces[0].iov_base, cut(fault, pieces[0].iov_len)};
  const ssize_t result = fault.cut ? next(file, &half, 1) : next(file, pieces, count);
  follow(fault);
  return result;
}

int ftruncate(int file, off_t size) {
  FORWARD("ftruncate", int, -1, "ftruncate", (int, off_t), file, size);
}
int ftruncate64(int file, off64_t size) {
  FORWARD("ftruncate", int, -1, "ftruncate64", (int, off64_t), file, size);
}

#define OPENING(name)                                                                          \
  int name(const char* path, int flags, ...) {                                                 \
    va_list rest;                                                                              \
    va_start(rest, flags);                                                                     \
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;              \
    va_end(rest);                                                                              \
    FORWARD("open", int, -1, #name, (const char*, int, ...), path, flags, mode);               \
  }
OPENING(open)
OPENING(open64)

FILE* fopen(const char* path, const char* mode) {
  FORWARD("open", FILE*, NULL, "fopen", (const char*, const char*), path, mode);
}
FILE* fopen64(const char* path, const char* mode) {
  FORWARD("open", FILE*, NULL, "fopen64", (const char*, const char*), path, mode);
}

/* What is closed is closed, whatever it answers. */
int close(int file) {
  int (*next)(int);
  NEXT("close");
  const struct fault fault = fault_at("close");
  const int result = next(file);
  if (fault.error != 0) {
    fail(fault);
    return -1;
  }
  follow(fault);
  return result;
}
int fclose(FILE* file) {
  int (*next)(FILE*);
  NEXT("fclose");
  const struct fault fault = fault_at("close");
  const int result = next(file);
  if (fault.error != 0) {
    fail(fault);
    return EOF;
  }
  follow(fault);
  return result;
}

int mkdir(const char* path, mode_t mode) {
  FORWARD("mkdir", int, -1, "mkdir", (const char*, mode_t), path, mode);
}
int unlink(const char* path) {
  FORWARD("unlink", int, -1, "unlink", (const char*), path);
}
int remove(const char* path) {
  FORWARD("unlink", int, -1, "remove", (const char*), path);
}

/* The clock of the day. */
static long jump(void) {
  static atomic_int readings;
  const char* seconds = getenv("FAULT_CLOCK");
  if (seconds == NULL) return 0;
  return atomic_fetch_add(&readings, 1) % 2 == 0 ? atol(seconds) : -atol(seconds);
}
int clock_gettime(clockid_t clock, struct timespec* now) {
  const int result = (int)syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += jump();
  return result;
}
int gettimeofday(struct timeval* restrict now, void* restrict zone) {
  struct timespec time;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &time) != 0) return -1;
  now->tv_sec = time.tv_sec;
  now->tv_usec = time.tv_nsec / 1000;
  return 0;
}
time_t time(time_t* now) {
  struct timespec read;
  clock_gettime(CLOCK_REALTIME, &read);
  if (now != NULL) *now = read.tv_sec;
  return read.tv_sec;
}
