/* The matrices of a time, [9][d], as ScoreFrameDevice.cs lays them out. A matrix of 2 x 2 blocks, then single coordinates, takes two rows:
   what each coordinate takes of itself, and of its partner. */
#pragma once

/* Sigma^(-1/2). */
#define TO_UNIT 0
/* log2(e) W^T. */
#define TO_COLUMNS 2
/* W m. */
#define WHITENED_MODE 4
/* -1/2 log2(e) K. */
#define FORM 5
/* W. */
#define WHITENING 7

#define LOG2_E 1.44269504f

/* Coordinate k of a matrix times a vector. */
DEVICE_FUNCTION float block_row(GLOBAL const float* matrix, int dimension, int k, float own, float partner)
{
    return FMA(matrix[k], own, matrix[dimension + k] * partner);
}
