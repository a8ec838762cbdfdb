#!/usr/bin/env python3
"""Times one reverse Euler-Maruyama step as a PyTorch loop would do it: the peer of Sweeps' sampler.

Prints one JSON line: coordinate-steps per second for each dimension, and seconds per step.
Usage: torch_step.py [--threads N] [--samples N] [--dimensions 256,1024] [--seconds S]
Needs torch (Debian: python3-torch).
"""
import argparse
import json
import math
import time

import torch


def step(x, mode, t, dt):
    """x <- x + dt (x + 2 score(x, t)) + sqrt(2 dt) z for the two-mode mixture with unit variance, U = I."""
    decay = math.exp(-t)
    logit = x @ mode * decay
    score = -x + (decay * torch.tanh(logit))[:, None] * mode
    return x + dt * (x + 2.0 * score) + math.sqrt(2.0 * dt) * torch.randn_like(x)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--samples", type=int, default=10000)
    parser.add_argument("--dimensions", default="256,1024")
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    results = {}
    for dimension in map(int, options.dimensions.split(",")):
        x = torch.randn(options.samples, dimension)
        mode = torch.ones(dimension)
        x = step(x, mode, 3.0, 0.01)
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < options.seconds:
            x = step(x, mode, 3.0, 0.01)
            steps += 1
        elapsed = time.perf_counter() - start
        results[f"d{dimension}"] = {
            "seconds_per_step": elapsed / steps,
            "coordinate_steps_per_s": options.samples * dimension * steps / elapsed,
        }
    print(json.dumps({"peer": "torch", "version": torch.__version__, "threads": options.threads, **results}))


if __name__ == "__main__":
    main()
