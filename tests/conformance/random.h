// The kit's own pseudo-random numbers: splitmix64. The standard distributions
// give other numbers on every library, this gives the same bytes everywhere.
#ifndef JIXIAO_CONFORMANCE_RANDOM_H_
#define JIXIAO_CONFORMANCE_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <utility>

namespace jixiao::conformance {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  // In [0, count). `count` is positive; the bias is below count / 2^64.
  int64_t Below(int64_t count) { return static_cast<int64_t>(Next() % static_cast<uint64_t>(count)); }

  // In [low, high].
  int64_t Between(int64_t low, int64_t high) { return low + Below(high - low + 1); }

  // True `percent` times in a hundred.
  bool Chance(int percent) { return Below(100) < percent; }

  // An element of anything with size() and [].
  template <typename List>
  const auto& Pick(const List& list) {
    return list[static_cast<size_t>(Below(static_cast<int64_t>(list.size())))];
  }

  template <typename List>
  void Shuffle(List& list) {
    for (size_t i = list.size(); i > 1; --i) {
      std::swap(list[i - 1], list[static_cast<size_t>(Below(static_cast<int64_t>(i)))]);
    }
  }

 private:
  uint64_t state_;
};

// A seed for part `index` of whatever `seed` stands for.
inline uint64_t SeedFor(uint64_t seed, uint64_t index) { return Random(seed ^ (index * 0xD1342543DE82EF95ULL)).Next(); }

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_RANDOM_H_
