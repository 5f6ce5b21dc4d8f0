// Meta's PDQ as a contestant: hashes what it is asked to and says what it took, in CPU time of this process.
//
//   peer pixels   frames on stdin {u32 width, u32 height, u32 repeats, 3 * width * height bytes}: luma and hash alone,
//                 from planes as CImg keeps them, memory included
//   peer files    a path a line: the reference's own `pdqHash256FromFile`, decode included
//
// Prints "hash,quality,milliseconds" for each.
#include <pdq/cpp/common/pdqhashtypes.h>
#include <pdq/cpp/hashing/pdqhashing.h>
#include <pdq/cpp/io/pdqio.h>
#include <time.h>

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

using namespace facebook::pdq::hashing;

static double milliseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void hashPixels(std::vector<uint8_t>& planes, int width, int height, Hash256& hash, int& quality) {
  const size_t count = (size_t)width * height;
  float* luma = new float[count];
  float* buffer = new float[count];
  float image[64][64], half[16][64], low[16][16];
  fillFloatLumaFromRGB(&planes[0], &planes[count], &planes[2 * count], height, width, width, 1, luma);
  pdqHash256FromFloatLuma(luma, buffer, height, width, image, half, low, hash, quality);
  delete[] luma;
  delete[] buffer;
}

static int pixels() {
  uint32_t head[3];
  while (fread(head, 4, 3, stdin) == 3) {
    const size_t count = (size_t)head[0] * head[1];
    std::vector<uint8_t> mixed(3 * count), planes(3 * count);
    if (fread(mixed.data(), 1, mixed.size(), stdin) != mixed.size()) return 1;
    for (size_t at = 0; at < 3 * count; at++) planes[(at % 3) * count + at / 3] = mixed[at];
    Hash256 hash;
    int quality = 0;
    const double start = milliseconds();
    for (uint32_t repeat = 0; repeat < head[2]; repeat++) hashPixels(planes, head[0], head[1], hash, quality);
    printf("%s,%d,%.6f\n", hash.format().c_str(), quality, (milliseconds() - start) / head[2]);
    fflush(stdout);
  }
  return 0;
}

static int files() {
  std::string path;
  while (std::getline(std::cin, path)) {
    Hash256 hash;
    int quality = 0, size = 0;
    float reading = 0, hashing = 0;
    const double start = milliseconds();
    pdqHash256FromFile(path.c_str(), hash, quality, size, reading, hashing);
    printf("%s,%d,%.6f\n", hash.format().c_str(), quality, milliseconds() - start);
    fflush(stdout);
  }
  return 0;
}

int main(int, char** arguments) {
  return std::string(arguments[1]) == "pixels" ? pixels() : files();
}
