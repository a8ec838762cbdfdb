/* Panels of points are cut into segments, the share of a thread. */
#pragma once

#define SEGMENT 128

#define INFINITE AS_FLOAT(0x7F800000)
