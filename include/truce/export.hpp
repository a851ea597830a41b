#pragma once

/// Marks what the shared library shows; all else is hidden.
#if defined(__GNUC__)
#define TRUCE_API __attribute__((visibility("default")))
#else
#define TRUCE_API
#endif
