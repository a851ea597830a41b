#pragma once

#ifndef NDEBUG
#include <cstdio>
#include <cstdlib>
#endif

/// Contracts: what only a programmer can break. TRUCE_EXPECT states what must hold before, and
/// TRUCE_ENSURE what holds after. Where one is broken, the program says which and where, and
/// aborts. Builds with NDEBUG do not evaluate them.
#ifdef NDEBUG
#define TRUCE_CONTRACT(kind, condition) static_cast<void>(sizeof(!(condition)))
#else
#define TRUCE_CONTRACT(kind, condition)                                                         \
  ((condition) ? static_cast<void>(0)                                                           \
               : static_cast<void>((std::fprintf(stderr, "%s:%d: %s is broken: %s\n", __FILE__, \
                                                 __LINE__, kind, #condition),                   \
                                    std::abort())))
#endif
#define TRUCE_EXPECT(condition) TRUCE_CONTRACT("what is expected", condition)
#define TRUCE_ENSURE(condition) TRUCE_CONTRACT("what is ensured", condition)
