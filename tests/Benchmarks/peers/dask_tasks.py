#!/usr/bin/env python3
"""Trivial tasks through Dask's scheduler, two workers of one thread: the peer of Sweeps' cycles on PostgreSQL. Serves jobs (serving.py)."""
import logging
import platform
import time

import distributed

from serving import serve

state = {}


def inc(x):
    return x + 1


def prepare(request):
    logging.getLogger("distributed").setLevel(logging.ERROR)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1")
    state.update(cluster=cluster, client=distributed.Client(cluster))
    return {"versions": f"distributed {distributed.__version__}, python {platform.python_version()}"}


def run(request):
    # Other arguments each time: a task with a known key would not run again.
    first, count = state.get("next", 0), request["tasks"]
    state["next"] = first + count
    begin = time.perf_counter()
    results = state["client"].gather(state["client"].map(inc, range(first, first + count)))
    seconds = time.perf_counter() - begin
    if results != list(range(first + 1, first + count + 1)):
        raise ValueError("dask's results are wrong")
    return {"seconds": seconds}


if __name__ == "__main__":
    serve({"prepare": prepare, "run": run})
    if "client" in state:
        state["client"].close()
        state["cluster"].close()
