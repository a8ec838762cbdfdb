#!/usr/bin/env python3
"""The empirical score and the reverse sampler in PyTorch on a GPU: the peers of `sweeps bench --device`, and the plain matrix product.

The same work and the same count of operations: M queries of n points in d dimensions, from log-sum-exp, softmax and weighted mean, are
4 M n d operations; ours also finds participation, largest weight and its index, which is left out here. A coordinate-step is one Euler
step of one coordinate of one sample, noise included. Everything is on the device before the clock starts; GPUs are timed by CUDA events,
and the best of the rounds counts, ours and theirs. Every form is held against double precision, or the sampled law, before it is timed.

Prints a JSON object: device, driver, torch, figures (name, form, rate, unit, error), wrong (what failed its check), left_out.
Usage: torch_gpu.py [--device cuda[:i]|cpu] [--quick] [--budget SECONDS]
Needs torch 1.13 or later; compiled forms need torch.compile.
"""
import argparse
import json
import math
import signal
import subprocess
import sys
import time
import warnings

import torch

ROUNDS = 7
TIME = 1.4  # OU time of the score: where, at d = 256, many points have weight, so that a product of less precision shows
COMPILE_SECONDS = 60


class Clock:
    """Seconds that work takes on a device."""

    def __init__(self, device, least):
        self.device, self.least = device, least

    def once(self, work, repeats):
        if self.device.type != "cuda":
            start = time.perf_counter()
            for _ in range(repeats):
                work()
            return (time.perf_counter() - start) / repeats
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        for _ in range(repeats):
            work()
        end.record()
        torch.cuda.synchronize(self.device)
        return start.elapsed_time(end) / 1e3 / repeats

    def best(self, work):
        """The best of several rounds, each as long as `least`, after some that do not count."""
        once = min(self.once(work, 1) for _ in range(3))
        repeats = max(1, math.ceil(self.least / max(once, 1e-6)))
        return min(self.once(work, repeats) for _ in range(ROUNDS))


class Report:
    def __init__(self, budget):
        self.figures, self.wrong, self.left_out = [], [], []
        self.end = time.monotonic() + budget

    def add(self, name, form, work, amount, unit, clock, error, allowed):
        """Times one form, unless its error says that it does something else."""
        if time.monotonic() > self.end:
            self.left_out.append(f"{name}, {form}: no time left")
            return
        if not error <= allowed:
            self.wrong.append(f"{name}, {form}: error {error:.2g}, allowed {allowed:.2g}")
            return
        try:
            rate = amount / clock.best(work)
        except torch.cuda.OutOfMemoryError if hasattr(torch.cuda, "OutOfMemoryError") else MemoryError:
            self.left_out.append(f"{name}, {form}: out of memory")
            return
        self.figures.append({"name": name, "form": form, "rate": rate, "unit": unit, "error": error})

    def compiled(self, name, function, try_it):
        """torch.compile of a function, tried once; None where it does not work, or takes a minute."""
        if not hasattr(torch, "compile") or time.monotonic() > self.end:
            why = "no time left" if hasattr(torch, "compile") else "this torch has no torch.compile"
            self.left_out.append(f"{name}, compiled: {why}")
            return None

        def too_long(*_):
            raise TimeoutError(f"no end after {COMPILE_SECONDS} s")

        before = signal.signal(signal.SIGALRM, too_long)
        signal.alarm(COMPILE_SECONDS)
        try:
            form = torch.compile(function, dynamic=False)
            try_it(form)
            return form
        except Exception as error:  # a compiler may fail in any way it likes; the eager forms stand
            self.left_out.append(f"{name}, compiled: {type(error).__name__}: {str(error).strip().splitlines()[:1]}")
            return None
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)


def relative_error(value, reference):
    return float((value.double() - reference).norm() / reference.norm())


def matmul(report, device, clock, size, tf32):
    a, b = torch.randn(size, size, device=device), torch.randn(size, size, device=device)
    rows = a[:64]
    error = relative_error(rows @ b, rows.double() @ b.double())
    name = "matmul.tf32" if tf32 else "matmul"
    out = torch.empty_like(a)
    report.add(name, f"{size} cubed", lambda: torch.matmul(a, b, out=out), 2 * size**3, "FLOP/s", clock, error, 2e-3 if tf32 else 2e-6)


def softmax_form(queries, data, from_data, scale):
    """Log-sum-exp and weighted mean as they are usually written."""
    exponents = torch.addmm(from_data, queries, data.T, alpha=scale)
    return torch.logsumexp(exponents, dim=1), torch.softmax(exponents, dim=1) @ data


def exp_form(queries, data, from_data, scale):
    """The weights from the log-sum-exp, in place: a pass over memory less."""
    exponents = torch.addmm(from_data, queries, data.T, alpha=scale)
    log_sum = torch.logsumexp(exponents, dim=1)
    return log_sum, exponents.sub_(log_sum[:, None]).exp_() @ data


def scores(report, device, clock, dimension, queries, points, tf32):
    decay, variance = math.exp(-TIME), 1 - math.exp(-2 * TIME)
    data = torch.randn(points, dimension, device=device)
    planted = data[torch.randint(points, (queries,), device=device)]
    x = decay * planted + math.sqrt(variance) * torch.randn(queries, dimension, device=device)
    from_data = (data * data).sum(dim=1) * (-0.5 * decay * decay / variance)
    scale = decay / variance

    few, exact = x[:64], data.double()
    exponents = (few.double() @ exact.T) * scale - 0.5 * decay * decay / variance * (exact * exact).sum(dim=1)
    log_sums, means = torch.logsumexp(exponents, dim=1), torch.softmax(exponents, dim=1) @ exact

    def error_of(form):
        log_sum, mean = form(few, data, from_data, scale)
        return max(relative_error(log_sum, log_sums), relative_error(mean, means))

    name = f"score.{'tf32' if tf32 else 'single'}.d{dimension}"
    forms = {"softmax": softmax_form, "exp in place": exp_form}
    if not tf32:
        compiled = report.compiled(name, softmax_form, lambda form: form(x, data, from_data, scale))
        if compiled:
            forms["compiled"] = compiled
    for word, form in forms.items():
        blocks = [queries] if word == "compiled" else [block for block in (1024, 4096, 8192) if block <= queries] or [queries]
        error = error_of(softmax_form if word == "compiled" else form)  # a compiled form is made for one shape
        for block in blocks:
            def work(form=form, block=block):
                for part in x.split(block):
                    form(part, data, from_data, scale)
            amount = 4 * queries * points * dimension
            report.add(name, f"{word}, blocks of {block}", work, amount, "FLOP/s", clock, error, 0.05 if tf32 else 1e-4)


def step(x, mode, decay, dt, noise):
    """x <- x + dt (x + 2 score(x, t)) + sqrt(2 dt) z for the two-mode mixture with unit variance, isotropic."""
    logit = x @ mode * decay
    score = -x + (decay * torch.tanh(logit))[:, None] * mode
    return x + dt * (x + 2.0 * score) + noise * torch.randn_like(x)


def sampler(report, device, clock, dimension, samples, steps=100):
    """The whole loop from t = 1 to 0: its end is held against the law, mean square 2 per coordinate, Euler's error beside it."""
    dt, mode = 0.01, torch.ones(dimension, device=device)
    times = [1 - k * dt for k in range(steps)]

    def start():
        signs = torch.randint(2, (samples, 1), device=device) * 2.0 - 1.0
        return signs * math.exp(-1) * mode + torch.randn(samples, dimension, device=device)

    plain = [(math.exp(-t), dt, math.sqrt(2 * dt)) for t in times]
    # As tensors, else each step's constants would be compiled anew.
    tensors = [tuple(torch.tensor(value, device=device) for value in each) for each in plain]
    first = start()

    def loop(form, coefficients):
        x = first
        for decay, delta, noise in coefficients:
            x = form(x, mode, decay, delta, noise)
        return x

    name = f"sampler.d{dimension}"
    forms = {"eager": (step, plain)}
    compiled = report.compiled(name, step, lambda form: form(first, mode, *tensors[0]))
    if compiled:
        forms["compiled"] = (compiled, tensors)
    for word, (form, coefficients) in forms.items():
        end = loop(form, coefficients)
        error = abs(float((end.double() ** 2).mean()) - 2) / 2
        work, amount = lambda form=form, c=coefficients: loop(form, c), samples * dimension * steps
        report.add(name, f"{word}, {samples} samples", work, amount, "coordinate-steps/s", clock, error, 0.04)


def driver():
    try:
        command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.split()
        return said[0] if said else "unknown"
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--budget", type=float, default=150)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    device = torch.device(options.device)
    if device.type == "cuda":
        if not torch.cuda.is_available():
            sys.exit(f"torch_gpu.py: this torch ({torch.__version__}) sees no CUDA device")
        torch.cuda.set_device(device)
    torch.manual_seed(1)
    clock, report = Clock(device, 0.005 if options.quick else 0.05), Report(options.budget)
    size, dimensions = (256, [32]) if options.quick else (8192, [256, 1024])
    queries, points = (128, 1000) if options.quick else (8192, 20_000)
    samples = [512] if options.quick else [10_000, 65_536]
    with torch.no_grad():
        for tf32 in [False, True]:
            torch.backends.cuda.matmul.allow_tf32 = tf32
            matmul(report, device, clock, size, tf32)
            for dimension in dimensions:
                scores(report, device, clock, dimension, queries, points, tf32)
        torch.backends.cuda.matmul.allow_tf32 = False
        for dimension in dimensions:
            for count in samples:
                sampler(report, device, clock, dimension, count)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu"
    print(json.dumps({
        "device": name, "driver": driver() if device.type == "cuda" else "none", "torch": torch.__version__, "quick": options.quick,
        "figures": report.figures, "wrong": report.wrong, "left_out": report.left_out}))


if __name__ == "__main__":
    main()
