#!/usr/bin/env python3
"""Holds all memory of a GPU but so much, until its standard input ends: a neighbour on the same card.

Prints `held GIB left MIB` once it holds it. Usage: hold_memory.py [--device cuda[:i]] [--leave MIB]
Needs torch that sees the GPU.
"""
import argparse
import sys

import torch

MIB = 1 << 20


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--leave", type=int, default=900)
    options = parser.parse_args()
    device = torch.device(options.device)
    torch.cuda.set_device(device)
    held, piece = [], 4096 * MIB
    while piece >= 16 * MIB:
        free = torch.cuda.mem_get_info(device)[0]
        if free - piece < options.leave * MIB:
            piece //= 2
            continue
        try:
            held.append(torch.empty(piece, dtype=torch.uint8, device=device))
        except RuntimeError:  # free, and yet not to be had in one piece
            piece //= 2
    left = torch.cuda.mem_get_info(device)[0]
    print(f"held {sum(each.numel() for each in held) / 2**30:.1f} GiB, left {left // MIB} MiB", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
