// For code that is put before the C library: stands in for open and open64, and calls look(path) before either goes on.
#pragma once
#ifndef _GNU_SOURCE
#error "define _GNU_SOURCE before the first #include: RTLD_NEXT needs it"
#endif
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>

static void look(const char *path);

#define FORM(name)                                                      \
    int name(const char *path, int flags, ...)                          \
    {                                                                   \
        int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);  \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        int mode = va_arg(rest, int);                                   \
        va_end(rest);                                                   \
        look(path);                                                     \
        return next(path, flags, mode);                                 \
    }

FORM(open)
FORM(open64)
