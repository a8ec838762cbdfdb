// Put before the C library: where a chunk's part is opened for staging, it is slow, hangs, or kills the process, as files in CONTROL say.
//   delay   seconds that each opening takes
//   hang    as long as it is there, nothing is opened
//   crash   part of a path; who opens it dies
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void look(const char *path)
{
    if (path == NULL || strstr(path, "/_staging/") == NULL) return;
    char word[200] = "";
    FILE *file = fopen(CONTROL "/crash", "r");
    if (file != NULL) {
        size_t read = fread(word, 1, sizeof word - 1, file);
        fclose(file);
        word[read] = 0;
        char *sweep = strtok(word, " "), *part = strtok(NULL, " ");
        if (sweep != NULL && part != NULL && strstr(path, sweep) != NULL && strstr(path, part) != NULL) abort();
    }
    file = fopen(CONTROL "/delay", "r");
    if (file != NULL) {
        double seconds = 0;
        if (fscanf(file, "%lf", &seconds) == 1) usleep((useconds_t)(1e6 * seconds));
        fclose(file);
    }
    while (access(CONTROL "/hang", F_OK) == 0) usleep(100000);
}

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
