// A contestant (contestant.mjs): Meta's own C++ indexes, compiled from a checkout of facebook/ThreatExchange.
// peer-meta flat|mih hashes needles count threshold
#include <sys/resource.h>
#include <time.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <pdq/cpp/index/flat.h>
#include <pdq/cpp/index/mih.h>

using facebook::pdq::hashing::Hash256;
using facebook::pdq::index::Flat;
using facebook::pdq::index::MIH256;

static double seconds(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static std::vector<Hash256> readHashes(const char* file, size_t most) {
  std::vector<Hash256> hashes;
  FILE* in = fopen(file, "rb");
  if (in == nullptr) exit(1);
  Hash256 hash;
  while (hashes.size() < most && fread(hash.w, 32, 1, in) == 1) hashes.push_back(hash);
  fclose(in);
  return hashes;
}

static long peakBytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024L;
}

struct Answer {
  long hits = 0;
  long bits = 0;
};

int main(int, char** argv) {
  const std::string kind = argv[1];
  const auto hashes = readHashes(argv[2], SIZE_MAX);
  const auto needles = readHashes(argv[3], atol(argv[4]));
  const int threshold = atoi(argv[5]);
  MIH256<int> mih;
  const long before = peakBytes();
  const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
  if (kind == "mih") {
    for (size_t i = 0; i < hashes.size(); i++) mih.insert(hashes[i], (int)i);
  }
  const double build = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
  const long bytes = kind == "mih" ? peakBytes() - before : 32L * hashes.size();
  printf("{\"build\":%f,\"bytes\":%ld}\n", build, bytes);
  fflush(stdout);

  bool first = true;
  char line[64];
  while (fgets(line, sizeof line, stdin) != nullptr) {
    std::vector<Answer> answers(needles.size());
    const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    const double wall = seconds(CLOCK_MONOTONIC);
    if (kind == "mih") {
      std::vector<std::pair<Hash256, int>> matches;
      for (size_t n = 0; n < needles.size(); n++) {
        matches.clear();
        mih.queryAll(needles[n], threshold, matches);
        for (const auto& match : matches) {
          answers[n].hits++;
          answers[n].bits += match.first.hammingDistance(needles[n]);
        }
      }
    } else {
      std::vector<std::pair<size_t, size_t>> matches;
      for (size_t n = 0; n + 8 <= needles.size(); n += 8) {
        alignas(64) std::array<Hash256, 8> eight;
        for (size_t i = 0; i < 8; i++) eight[i] = needles[n + i];
        const Flat flat(eight);
        matches.clear();
        flat.queryAll(hashes.data(), hashes.size(), threshold, matches);
        for (const auto& [at, needle] : matches) {
          answers[n + needle].hits++;
          answers[n + needle].bits += hashes[at].hammingDistance(eight[needle]);
        }
      }
    }
    printf("{\"cpu\":%f,\"wall\":%f", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, seconds(CLOCK_MONOTONIC) - wall);
    if (first) {
      printf(",\"answers\":[");
      for (size_t n = 0; n < answers.size(); n++) {
        printf("%s[%ld,%ld]", n == 0 ? "" : ",", answers[n].hits, answers[n].bits);
      }
      printf("]");
      first = false;
    }
    printf("}\n");
    fflush(stdout);
  }
}
