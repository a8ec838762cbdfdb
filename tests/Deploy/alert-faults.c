// Put before the C library: where a chunk's part is staged or placed, it is slow, hangs, or kills the process, as files in CONTROL say.
//   delay   seconds that it takes to remove a staged file, which is how a part's placing ends
//   hang    as long as it is there, nothing is opened for staging
//   crash   two words; who opens for staging what has both in its path dies
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../Fakes/openings.h"

static int is_staging(const char *path)
{
    return path != NULL && strstr(path, "/_staging/") != NULL;
}

static void look(const char *path)
{
    if (!is_staging(path)) return;
    char words[200] = "";
    FILE *file = fopen(CONTROL "/crash", "r");
    if (file != NULL) {
        words[fread(words, 1, sizeof words - 1, file)] = 0;
        fclose(file);
        char *rest, *one = strtok_r(words, " ", &rest), *other = strtok_r(NULL, " ", &rest);
        if (one != NULL && other != NULL && strstr(path, one) != NULL && strstr(path, other) != NULL) abort();
    }
    while (access(CONTROL "/hang", F_OK) == 0) usleep(100000);
}

int unlink(const char *path)
{
    int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");
    FILE *file = is_staging(path) ? fopen(CONTROL "/delay", "r") : NULL;
    if (file != NULL) {
        double seconds = 0;
        if (fscanf(file, "%lf", &seconds) == 1) usleep((useconds_t)(1e6 * seconds));
        fclose(file);
    }
    return next(path);
}
