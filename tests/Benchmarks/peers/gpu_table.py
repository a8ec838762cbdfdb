#!/usr/bin/env python3
"""Ours beside PyTorch on one GPU: the table of tests/Benchmarks/gpu.

Usage: gpu_table.py BENCH.json [TORCH.json]: what `sweeps bench --device … --json` and torch_gpu.py printed. Without the second there are
no ratios. Needs Python alone.
"""
import json
import sys

# name of ours, what it is, names of theirs
ROWS = [
    ("fma_peak_gflops", "fused multiply-adds; matmul", "matmul"),
    ("score.d256.gflops", "score, d = 256, single precision", "score.single.d256"),
    ("score.d1024.gflops", "score, d = 1024, single precision", "score.single.d1024"),
    ("score.tensor.d256.gflops", "score, d = 256, tensor units; single precision", "score.single.d256"),
    ("score.tensor.d1024.gflops", "score, d = 1024, tensor units; single precision", "score.single.d1024"),
    ("score.tensor.d256.gflops", "score, d = 256, tensor units; plain TF32", "score.tf32.d256"),
    ("score.tensor.d1024.gflops", "score, d = 1024, tensor units; plain TF32", "score.tf32.d1024"),
    ("sampler_coordinate_steps_per_s", "sampler, all coordinates, d = 256", "sampler.d256"),
    ("sampler_coordinate_steps_per_s", "sampler, all coordinates (ours d = 256, its d = 1024)", "sampler.d1024"),
    ("normals_per_s", "standard normals", None),
]

# What an H100 is to reach: key, at least, in words; then the aim that is a ratio, with torch's name.
AIMS = [
    ("score.d256.gflops", 40_000, "score in single precision, 40 TFLOP/s"),
    ("score.d256.fraction", 0.6, "score in single precision, 60 % of peak"),
    ("score.tensor.d256.gflops", 65_000, "score on tensor units, 65 TFLOP/s"),
    ("sampler_coordinate_steps_per_s", 50e9, "sampler, 50 G coordinate-steps/s"),
]
RATIO_AIM = ("score.d256.gflops", "score.single.d256", 1.5, "score in single precision, 1.5 times PyTorch")


def best_of(bench, key):
    """A figure is a number, or an object of numbers by thread count."""
    value = bench.get(key)
    if isinstance(value, dict):
        value = max((each for each in value.values() if each is not None), default=None)
    return value


def plain(bench, key):
    """In operations, steps or normals per second."""
    value = best_of(bench, key)
    return None if value is None else value * 1e9 if key.endswith("gflops") else value


def short(value):
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M")):
        if value >= size:
            return f"{value / size:.4g} {letter}"
    return f"{value:.4g}"


def say(words, value, least, shown):
    print(f"aim on an H100: {words}: " + ("not measured" if value is None else f"{shown}, {'met' if value >= least else 'missed'}"))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        bench = json.load(file)
    torch = {"figures": []}
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            torch = json.load(file)
        print(f"PyTorch {torch['torch']} on {torch['device']}, driver {torch['driver']}" + (", small sizes" if torch["quick"] else ""))
    best = {}
    for figure in torch["figures"]:
        if figure["name"] not in best or figure["rate"] > best[figure["name"]]["rate"]:
            best[figure["name"]] = figure

    lines = [("per second", "ours", "PyTorch", "ours/PyTorch", "its best form", "its error")]
    shown = set()
    for key, words, name in ROWS:
        ours, theirs = plain(bench, key), best.get(name)
        if ours is None and theirs is None:
            continue
        shown.add(name)
        lines.append((
            words, "not measured" if ours is None else short(ours), short(theirs["rate"]) if theirs else "not measured" if name else "",
            f"{ours / theirs['rate']:.2f}" if ours and theirs else "", theirs["form"] if theirs else "",
            f"{theirs['error']:.1g}" if theirs else ""))
    for name, figure in best.items():
        if name not in shown:
            lines.append((name, "", short(figure["rate"]), "", figure["form"], f"{figure['error']:.1g}"))
    widths = [max(len(line[i]) for line in lines) for i in range(6)]
    for line in lines:
        print("  ".join(line[i].rjust(widths[i]) if 0 < i < 4 else line[i].ljust(widths[i]) for i in range(6)).rstrip())
    for sentence in torch.get("left_out", []):
        print(f"not measured: {sentence}")

    if not str(bench.get("device", "")).startswith("cuda"):
        return
    for key, least, words in AIMS:
        value = best_of(bench, key)
        say(words, value, least, "" if value is None else short(plain(bench, key)))
    key, name, least, words = RATIO_AIM
    ours, theirs = plain(bench, key), best.get(name)
    ratio = ours / theirs["rate"] if ours and theirs else None
    say(words, ratio, least, "" if ratio is None else f"{ratio:.2f}")


if __name__ == "__main__":
    main()
