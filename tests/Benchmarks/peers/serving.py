"""A peer as a server of jobs: a JSON object a line in, one a line out. It stays warm, so that its rounds can interleave with ours."""
import json
import os
import sys
import traceback


def about(*modules):
    """Versions, threads and the BLAS that is mapped into this process (call it after a product, when the library has been loaded)."""
    facts = {module.__name__: module.__version__ for module in modules}
    facts["python"] = sys.version.split()[0]
    facts["threads"] = os.environ.get("OMP_NUM_THREADS", "default")
    facts["blas"] = blas_in_use()
    return facts


def blas_in_use():
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "/" in line}
    except OSError:
        return "unknown"
    names = sorted({os.path.basename(os.path.realpath(file)) for file in files})
    for word, name in (("openblas", "OpenBLAS"), ("mkl", "MKL"), ("blis", "BLIS"), ("atlas", "ATLAS")):
        found = [file for file in names if word in file and "mkldnn" not in file]
        if found:
            return f"{name} ({found[0]})"
    found = [file for file in names if file.startswith("libblas")]
    return f"reference BLAS ({found[0]})" if found else "built in"


def serve(jobs):
    """Runs jobs[request["job"]](request) for each line until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = jobs[request["job"]](request)
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), flush=True)
