// A driver that loses a device: put before the C library of one silo, it hands out the driver's launch of kernels with a catch. As long as
// there is CONTROL/lose, whatever device is then used first is not available.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#define CL_DEVICE_NOT_AVAILABLE (-2)
#define CL_QUEUE_DEVICE 0x1091

typedef int launch(void *, void *, unsigned, const size_t *, const size_t *, const size_t *, unsigned, void *const *, void **);

typedef int queue_info(void *, unsigned, size_t, void *, size_t *);

static launch *driver;
static queue_info *asked;
static void *unlucky;

static int launch_or_lose(
    void *queue, void *kernel, unsigned dimensions, const size_t *offset, const size_t *global, const size_t *local, unsigned count,
    void *const *events, void **event)
{
    if (access(CONTROL "/lose", F_OK) == 0) {
        void *device = NULL;
        asked(queue, CL_QUEUE_DEVICE, sizeof device, &device, NULL);
        __sync_bool_compare_and_swap(&unlucky, NULL, device);
        if (device == unlucky) return CL_DEVICE_NOT_AVAILABLE;
    }
    return driver(queue, kernel, dimensions, offset, global, local, count, events, event);
}

void *dlsym(void *restrict library, const char *restrict name)
{
    static void *(*next)(void *restrict, const char *restrict);
    static const char *const versions[] = { "GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5" };
    for (int i = 0; next == NULL && i < 3; i++) next = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    if (strcmp(name, "clEnqueueNDRangeKernel") != 0) return next(library, name);
    launch *found = next(library, name);
    if (found == NULL) return NULL;
    if (driver == NULL) {
        asked = next(library, "clGetCommandQueueInfo");
        driver = found;
    }
    return launch_or_lose;
}
