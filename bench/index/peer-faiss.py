# A contestant (contestant.mjs): faiss, as HMA configures it (python-threatexchange: 16 maps of 16 bits, 31 // 16 flips)
# or its flat scan. python3 peer-faiss.py multihash|flat hashes needles count threshold
import json
import resource
import sys
import time

import faiss
import numpy

kind, hash_file, needle_file, count, threshold = sys.argv[1:]
threshold = int(threshold)
faiss.omp_set_num_threads(1)
hashes = numpy.fromfile(hash_file, dtype=numpy.uint8).reshape(-1, 32)
needles = numpy.fromfile(needle_file, dtype=numpy.uint8).reshape(-1, 32)[: int(count)]

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
if kind == "multihash":
    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.nflip = threshold // 16
else:
    index = faiss.IndexBinaryFlat(256)
index.add(hashes)
build = time.process_time() - start
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"build": build, "bytes": grown * 1024}), flush=True)

first = True
for _ in sys.stdin:
    cpu, wall = time.process_time(), time.perf_counter()
    limits, distances, _labels = index.range_search(needles, threshold + 1)
    result = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    if first:
        spans = zip(limits[:-1], limits[1:])
        result["answers"] = [[int(b - a), int(distances[a:b].sum())] for a, b in spans]
        first = False
    print(json.dumps(result), flush=True)
