#!/usr/bin/env python3
"""The empirical-score job in PyTorch and in numpy: the peers of Sweeps' score kernel.

From raw float32 arrays (queries M x d, data n x d) to the log-sum-exp of l = -|x - decay a|^2 / (2 variance), the participation, the
largest weight, its index and the weighted mean of the data. Serves jobs "load", "torch" and "numpy" (see serving.py).
"""
import time

import numpy
import torch

from serving import about, serve

state = {}


def load(request):
    queries = numpy.fromfile(request["queries"], dtype=numpy.float32).reshape(-1, request["dimension"])
    data = numpy.fromfile(request["data"], dtype=numpy.float32).reshape(-1, request["dimension"])
    state.update(
        queries=queries, data=data, torch_queries=torch.from_numpy(queries), torch_data=torch.from_numpy(data),
        decay=request["decay"], variance=request["variance"])
    # Each side may choose the number of queries in a block that suits it best on this machine.
    blocks = [64, 128, 256, 512, 1024]
    for name, score in (("torch", score_torch), ("numpy", score_numpy)):
        seconds = {block: min(timed(score, block)[0] for _ in range(2)) for block in blocks}
        state[name + "_block"] = min(seconds, key=seconds.get)
    return {**about(torch, numpy), "torch_block": state["torch_block"], "numpy_block": state["numpy_block"]}


def score_torch(block):
    queries, data = state["torch_queries"], state["torch_data"]
    decay, variance = state["decay"], state["variance"]
    from_data = (data * data).sum(dim=1) * (-0.5 * decay * decay / variance)
    log_sum, participation, largest, index, mean = [], [], [], [], []
    for x in queries.split(block):
        exponents = torch.addmm(from_data, x, data.T, alpha=decay / variance)
        log_sum.append(torch.logsumexp(exponents, dim=1) - (x * x).sum(dim=1) * (0.5 / variance))
        weights = torch.softmax(exponents, dim=1)
        participation.append((weights * weights).sum(dim=1))
        top = weights.max(dim=1)
        largest.append(top.values)
        index.append(top.indices)
        mean.append(weights @ data)
    return [torch.cat(parts).numpy() for parts in (log_sum, participation, largest, index, mean)]


def score_numpy(block):
    queries, data = state["queries"], state["data"]
    decay, variance = numpy.float32(state["decay"]), numpy.float32(state["variance"])
    from_data = numpy.einsum("ij,ij->i", data, data) * (numpy.float32(-0.5) * decay * decay / variance)
    count, dimension = queries.shape
    log_sum, participation, largest = (numpy.empty(count, numpy.float32) for _ in range(3))
    index, mean = numpy.empty(count, numpy.int64), numpy.empty((count, dimension), numpy.float32)
    for first in range(0, count, block):
        part = slice(first, first + block)
        x = queries[part]
        weights = (x * (decay / variance)) @ data.T
        weights += from_data
        index[part] = weights.argmax(axis=1)
        maximum = weights.max(axis=1)
        weights -= maximum[:, None]
        numpy.exp(weights, out=weights)
        total = weights.sum(axis=1)
        log_sum[part] = maximum + numpy.log(total) - numpy.einsum("ij,ij->i", x, x) * (numpy.float32(0.5) / variance)
        weights /= total[:, None]
        participation[part] = numpy.einsum("ij,ij->i", weights, weights)
        largest[part] = 1 / total
        mean[part] = weights @ data
    return log_sum, participation, largest, index, mean


def timed(score, block):
    start = time.perf_counter()
    result = score(block)
    return time.perf_counter() - start, result


def answer(name, score):
    def job(request):
        seconds, (log_sum, participation, largest, index, mean) = timed(score, state[name + "_block"])
        return {
            "seconds": seconds,
            "log_sum": float(log_sum.mean(dtype=numpy.float64)),
            "participation": float(participation.mean(dtype=numpy.float64)),
            "largest": float(largest.mean(dtype=numpy.float64)),
            "index_sum": int(index.sum()),
            "mean_square": float((mean.astype(numpy.float64) ** 2).mean()),
        }
    return job


if __name__ == "__main__":
    with torch.no_grad():
        serve({"load": load, "torch": answer("torch", score_torch), "numpy": answer("numpy", score_numpy)})
