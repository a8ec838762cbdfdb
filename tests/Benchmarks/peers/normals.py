#!/usr/bin/env python3
"""Standard normals in float32 by PyTorch and numpy, into a buffer that exists: the peers of Sweeps' normals. Serves jobs (serving.py)."""
import time

import numpy
import torch

from serving import about, serve

buffers = {}


def prepare(request):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    buffers["torch"] = torch.empty(request["count"])
    buffers["numpy"] = numpy.empty(request["count"], dtype=numpy.float32)
    for name in fills:
        fills[name]()
    return about(torch, numpy)


pcg = numpy.random.Generator(numpy.random.PCG64(1))
sfc = numpy.random.Generator(numpy.random.SFC64(1))
fills = {
    "torch": lambda: buffers["torch"].normal_(),
    "pcg64": lambda: pcg.standard_normal(dtype=numpy.float32, out=buffers["numpy"]),
    "sfc64": lambda: sfc.standard_normal(dtype=numpy.float32, out=buffers["numpy"]),
}


def fill(request):
    function = fills[request["generator"]]
    begin = time.perf_counter()
    for _ in range(request["repeats"]):
        function()
    seconds = time.perf_counter() - begin
    values = numpy.asarray(buffers["torch" if request["generator"] == "torch" else "numpy"])
    mean, square = values.mean(dtype=numpy.float64), (values.astype(numpy.float64) ** 2).mean()
    return {"seconds": seconds, "mean": float(mean), "square": float(square)}


if __name__ == "__main__":
    serve({"prepare": prepare, "fill": fill})
