/* A driver of one pretended card, for tests of the binding: keeps a log of calls, has memory of the host for the device's, and holds back
   all work of a stream until it is synchronised, so that a copy from memory that the caller has changed meanwhile copies the change. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, INVALID_DEVICE = 101, INVALID_CONTEXT = 201, INVALID_PTX = 218, NOT_FOUND = 500 };
enum { LOG_BYTES = 1 << 16, WORK = 4096, RULES = 8, PARAMETERS = 32 };

typedef struct { int kind; void* to; const void* from; size_t bytes; } Work;
typedef struct { char function[64]; int status; int after; } Rule;

static char text[LOG_BYTES];
static size_t written;
static Work work[WORK];
static int waiting;
static Rule rules[RULES];
static int rule_count;
static int sizes[PARAMETERS];
static int size_count;
static int devices = 1;
static int capability = 90;
static int card; /* its address is the context */
static int references;
static size_t allocations;
static char image[1 << 20];
static __thread void* current;

static void note(const char* line)
{
    size_t length = strlen(line);
    if (written + length + 2 > LOG_BYTES) abort();
    memcpy(text + written, line, length);
    text[written += length] = '\n';
    text[++written] = 0;
}

/* The status that a test has asked for, or success. */
static int status_of(const char* function)
{
    for (int i = 0; i < rule_count; i++)
        if (strcmp(rules[i].function, function) == 0 && rules[i].after-- <= 0) return rules[i].status;
    return SUCCESS;
}

#define CALL(function, ...)                              \
    do                                                   \
    {                                                    \
        char line[512];                                  \
        int end = snprintf(line, sizeof line, function); \
        snprintf(line + end, sizeof line - end, " " __VA_ARGS__); \
        note(line);                                      \
        int asked = status_of(function);                 \
        if (asked != SUCCESS) return asked;              \
    } while (0)
/* A function's handle is where its name stands in the PTX. */
#define NAME(function) (int)strspn(function, "abcdefghijklmnopqrstuvwxyz0123456789_"), (const char*)(function)
#define IN_CONTEXT if (current != &card || references == 0) return INVALID_CONTEXT

/* For the tests. */
const char* fake_log(void) { return text; }
void fake_forget(void) { text[written = 0] = 0; }
void fake_devices(int count) { devices = count; }
void fake_capability(int value) { capability = value; }
long fake_allocations(void) { return (long)allocations; }
const char* fake_image(void) { return image; }
void fake_parameters(const int* values, int count) { memcpy(sizes, values, sizeof(int) * (size_count = count)); }
void fake_fail(const char* function, int status, int after)
{
    Rule* rule = &rules[rule_count++];
    snprintf(rule->function, sizeof rule->function, "%s", function);
    rule->status = status;
    rule->after = after;
}

/* The driver. */
int cuInit(unsigned flags) { CALL("cuInit", "%u", flags); return SUCCESS; }
int cuDriverGetVersion(int* version) { CALL("cuDriverGetVersion", ""); *version = 12040; return SUCCESS; }

int cuGetErrorName(int error, const char** name)
{
    switch (error)
    {
        case 2: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return SUCCESS;
        case 100: *name = "CUDA_ERROR_NO_DEVICE"; return SUCCESS;
        case 218: *name = "CUDA_ERROR_INVALID_PTX"; return SUCCESS;
        case 700: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; return SUCCESS;
        case 719: *name = "CUDA_ERROR_LAUNCH_FAILED"; return SUCCESS;
        case 803: *name = "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"; return SUCCESS;
        case 999: *name = "CUDA_ERROR_UNKNOWN"; return SUCCESS;
        default: *name = NULL; return INVALID_VALUE;
    }
}

int cuGetErrorString(int error, const char** words)
{
    *words = error == 2 ? "out of memory" : NULL;
    return *words ? SUCCESS : INVALID_VALUE;
}

int cuDeviceGetCount(int* count) { CALL("cuDeviceGetCount", ""); *count = devices; return SUCCESS; }

int cuDeviceGet(int* device, int ordinal)
{
    CALL("cuDeviceGet", "%d", ordinal);
    if (ordinal >= devices) return INVALID_DEVICE;
    *device = 40 + ordinal; /* handles are not ordinals */
    return SUCCESS;
}

int cuDeviceGetName(char* name, int length, int device)
{
    CALL("cuDeviceGetName", "%d", device);
    snprintf(name, (size_t)length, "Pretended Card %d", device - 40);
    return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t* bytes, int device) { CALL("cuDeviceTotalMem_v2", "%d", device); *bytes = (size_t)80 << 30; return SUCCESS; }

int cuDeviceGetAttribute(int* value, int attribute, int device)
{
    CALL("cuDeviceGetAttribute", "%d %d", attribute, device);
    switch (attribute)
    {
        case 1: *value = 1024; return SUCCESS;
        case 16: *value = 132; return SUCCESS;
        case 75: *value = capability / 10; return SUCCESS;
        case 76: *value = capability % 10; return SUCCESS;
        case 97: *value = 232448; return SUCCESS;
        default: return INVALID_VALUE;
    }
}

int cuDevicePrimaryCtxSetFlags_v2(int device, unsigned flags)
{
    CALL("cuDevicePrimaryCtxSetFlags_v2", "%d %u", device, flags);
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void** context, int device)
{
    CALL("cuDevicePrimaryCtxRetain", "%d", device);
    references++;
    *context = &card;
    return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int device) { CALL("cuDevicePrimaryCtxRelease_v2", "%d", device); references--; return SUCCESS; }

/* Called before everything else, so not in the log. */
int cuCtxSetCurrent(void* context) { current = context; return SUCCESS; }

int cuModuleLoadDataEx(void** module, const void* ptx, unsigned count, const int* options, void** values)
{
    CALL("cuModuleLoadDataEx", "%u", count);
    IN_CONTEXT;
    char* errors = NULL;
    size_t room = 0;
    for (unsigned i = 0; i < count; i++)
    {
        if (options[i] == 5) errors = values[i];
        if (options[i] == 6) room = (size_t)(uintptr_t)values[i];
    }
    if (strlen(ptx) >= sizeof image) return INVALID_VALUE;
    strcpy(image, ptx);
    if (strstr(ptx, ".version") == NULL)
    {
        snprintf(errors, room, "ptxas fatal : missing .version");
        return INVALID_PTX;
    }
    *module = image;
    return SUCCESS;
}

int cuModuleUnload(void* module) { CALL("cuModuleUnload", "%d", module == image); IN_CONTEXT; return SUCCESS; }

int cuModuleGetFunction(void** function, void* module, const char* name)
{
    CALL("cuModuleGetFunction", "%s", name);
    IN_CONTEXT;
    if (module != image) return INVALID_VALUE;
    *function = strstr(image, name);
    return *function ? SUCCESS : NOT_FOUND;
}

int cuFuncSetAttribute(void* function, int attribute, int value)
{
    CALL("cuFuncSetAttribute", "%.*s %d %d", NAME(function), attribute, value);
    IN_CONTEXT;
    return SUCCESS;
}

int cuMemAlloc_v2(uint64_t* address, size_t bytes)
{
    CALL("cuMemAlloc_v2", "%zu", bytes);
    IN_CONTEXT;
    if (bytes == 0) return INVALID_VALUE;
    if (bytes > (size_t)1 << 30) return OUT_OF_MEMORY;
    void* memory = malloc(bytes);
    memset(memory, 0xA5, bytes);
    *address = (uint64_t)(uintptr_t)memory;
    allocations++;
    return SUCCESS;
}

int cuMemFree_v2(uint64_t address) { CALL("cuMemFree_v2", ""); IN_CONTEXT; free((void*)(uintptr_t)address); allocations--; return SUCCESS; }

int cuMemHostAlloc(void** memory, size_t bytes, unsigned flags)
{
    CALL("cuMemHostAlloc", "%zu %u", bytes, flags);
    IN_CONTEXT;
    *memory = malloc(bytes);
    allocations++;
    return SUCCESS;
}

int cuMemFreeHost(void* memory) { CALL("cuMemFreeHost", ""); IN_CONTEXT; free(memory); allocations--; return SUCCESS; }

static int later(int kind, void* to, const void* from, size_t bytes)
{
    if (waiting == WORK) return OUT_OF_MEMORY;
    work[waiting++] = (Work){kind, to, from, bytes};
    return SUCCESS;
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t bytes, void* stream)
{
    CALL("cuMemcpyHtoDAsync_v2", "%zu", bytes);
    IN_CONTEXT;
    return stream == work ? later(0, (void*)(uintptr_t)to, from, bytes) : INVALID_VALUE;
}

int cuMemcpyDtoHAsync_v2(void* to, uint64_t from, size_t bytes, void* stream)
{
    CALL("cuMemcpyDtoHAsync_v2", "%zu", bytes);
    IN_CONTEXT;
    return stream == work ? later(0, to, (void*)(uintptr_t)from, bytes) : INVALID_VALUE;
}

int cuMemsetD8Async(uint64_t to, unsigned char value, size_t count, void* stream)
{
    CALL("cuMemsetD8Async", "%d %zu", value, count);
    IN_CONTEXT;
    return stream == work && value == 0 ? later(1, (void*)(uintptr_t)to, NULL, count) : INVALID_VALUE;
}

int cuMemsetD32Async(uint64_t to, unsigned value, size_t count, void* stream)
{
    CALL("cuMemsetD32Async", "%u %zu", value, count);
    IN_CONTEXT;
    if (to % 4 != 0) return INVALID_VALUE;
    return stream == work && value == 0 ? later(1, (void*)(uintptr_t)to, NULL, 4 * count) : INVALID_VALUE;
}

int cuStreamCreate(void** stream, unsigned flags) { CALL("cuStreamCreate", "%u", flags); IN_CONTEXT; *stream = work; return SUCCESS; }
int cuStreamDestroy_v2(void* stream) { CALL("cuStreamDestroy_v2", "%d", stream == work); IN_CONTEXT; return SUCCESS; }

int cuStreamSynchronize(void* stream)
{
    CALL("cuStreamSynchronize", "");
    IN_CONTEXT;
    if (stream != work) return INVALID_VALUE;
    for (int i = 0; i < waiting; i++)
    {
        if (work[i].kind == 0) memcpy(work[i].to, work[i].from, work[i].bytes);
        else memset(work[i].to, 0, work[i].bytes);
    }
    waiting = 0;
    return SUCCESS;
}

int cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
    void* stream, void** parameters, void** extra)
{
    char values[PARAMETERS * 20] = "";
    size_t end = 0;
    for (int i = 0; i < size_count; i++)
    {
        uint64_t value = 0;
        memcpy(&value, parameters[i], (size_t)sizes[i]);
        end += (size_t)snprintf(values + end, sizeof values - end, " %llx", (unsigned long long)value);
    }
    CALL("cuLaunchKernel", "%.*s grid %u %u %u group %u %u %u local %u stream %d extra %d arguments%s", NAME(function), gx, gy, gz, bx, by,
        bz, shared, stream == work, extra != NULL, values);
    IN_CONTEXT;
    return SUCCESS;
}
