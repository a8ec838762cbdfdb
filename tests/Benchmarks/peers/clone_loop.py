#!/usr/bin/env python3
"""The clone experiment of Biroli et al. (arXiv 2402.18491) as a PyTorch user would write it from the formulas: the peer of Sweeps' sampler.

Two modes +-m with |m|^2 = d and sigma = 1, Euler-Maruyama steps dt = 0.01 of the reverse process from T = 10; at each branch time the
trunk is cloned and both go on with noise of their own. Serves jobs (see serving.py):
  step      one step, as torch_step.py times it
  plain     10 trunk steps from t = 4.10, the clone, 10 steps of the clone
  blocked   the same in place, in blocks of samples of the size that is fastest here
  projected the whole experiment on one coordinate, the projection on m, which is all that the class depends on
"""
import math
import time

import torch

from serving import about, serve
from torch_step import step

DT = 0.01
state = {}


def score(x, mode, t):
    decay, variance = math.exp(-t), 1.0  # (1 - e^-2t) + sigma^2 e^-2t with sigma = 1
    projection = (x @ mode) * (decay / variance)
    return -x / variance + torch.tanh(projection)[:, None] * (mode * (decay / variance))


def reverse_step(x, mode, t):
    return x + DT * (x + 2.0 * score(x, mode, t)) + math.sqrt(2.0 * DT) * torch.randn_like(x)


def reverse_step_in_place(x, noise, mode, t):
    """The same step without temporaries of the size of x, its linear terms gathered."""
    decay = math.exp(-t)
    push = torch.tanh((x @ mode) * decay).mul_(2.0 * DT * decay)
    x.mul_(1.0 - DT).addcmul_(push[:, None], mode).add_(noise.normal_(), alpha=math.sqrt(2.0 * DT))


def prepare(request):
    torch.set_num_threads(request["threads"])
    torch.manual_seed(1)
    samples, dimension = request["samples"], request["dimension"]
    mode = torch.ones(dimension)
    decay = math.exp(-request["from"] * DT)
    sign = torch.randint(0, 2, (samples, 1)) * 2.0 - 1.0
    state.update(start=torch.randn(samples, dimension) + sign * decay * mode, mode=mode)
    slice_plain(request)
    seconds = {}
    for block in (16, 64, 256, 1024):
        state["block"] = block
        seconds[block] = min(slice_blocked(request)["seconds"] for _ in range(2))
    state["block"] = min(seconds, key=seconds.get)
    return about(torch)


def run_step(request):
    x = state["start"].clone()
    begin = time.perf_counter()
    for _ in range(request["steps"]):
        x = step(x, state["mode"], 3.0, DT)
    return {"seconds": time.perf_counter() - begin}


def slice_plain(request):
    x, mode = state["start"].clone(), state["mode"]
    begin = time.perf_counter()
    for k in range(request["from"], request["branch"], -1):
        x = reverse_step(x, mode, k * DT)
    clone = x.clone()
    for k in range(request["branch"], request["to"], -1):
        clone = reverse_step(clone, mode, k * DT)
    return reply(time.perf_counter() - begin, x, clone)


def slice_blocked(request):
    x, mode = state["start"].clone(), state["mode"]
    clone = torch.empty_like(x)
    begin = time.perf_counter()
    for trunk, copy in zip(x.split(state["block"]), clone.split(state["block"])):
        noise = torch.empty_like(trunk)
        for k in range(request["from"], request["branch"], -1):
            reverse_step_in_place(trunk, noise, mode, k * DT)
        copy.copy_(trunk)
        for k in range(request["branch"], request["to"], -1):
            reverse_step_in_place(copy, noise, mode, k * DT)
    return reply(time.perf_counter() - begin, x, clone)


def reply(seconds, x, clone):
    along = [(y @ state["mode"]) / math.sqrt(y.shape[1]) for y in (x, clone)]
    return {
        "seconds": seconds,
        "trunk_along": float((along[0].double() ** 2).mean()), "clone_along": float((along[1].double() ** 2).mean()),
        "trunk_square": float((x.double() ** 2).mean()), "clone_square": float((clone.double() ** 2).mean()),
    }


def projected(request):
    """Coordinates orthogonal to m neither feed back into the class nor are they read: left out, as a careful user would."""
    samples, norm = request["samples"], math.sqrt(request["dimension"])
    branches = set(request["branches"])
    begin = time.perf_counter()
    decay = math.exp(-request["steps"] * DT)
    x = torch.randn(samples) + (torch.randint(0, 2, (samples,)) * 2.0 - 1.0) * (decay * norm)
    noise = torch.empty_like(x)
    clones = {}

    def advance(y, k):
        scale = math.exp(-k * DT) * norm
        push = torch.tanh(y * scale).mul_(2.0 * DT * scale)
        y.mul_(1.0 - DT).add_(push).add_(noise.normal_(), alpha=math.sqrt(2.0 * DT))

    for k in range(request["steps"], 0, -1):
        if k in branches:
            clone = x.clone()
            for j in range(k, 0, -1):
                advance(clone, j)
            clones[k] = clone > 0
        advance(x, k)
    same = {str(k): float(((x > 0) == clone).double().mean()) for k, clone in clones.items()}
    return {"seconds": time.perf_counter() - begin, "same": same}


if __name__ == "__main__":
    with torch.no_grad():
        serve({"prepare": prepare, "step": run_step, "plain": slice_plain, "blocked": slice_blocked, "projected": projected})
