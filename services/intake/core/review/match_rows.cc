#include "intake/core/review/match_rows.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace jixiao::intake {
namespace {

constexpr size_t kMaxCells = 4'000'000;

using Keys = std::vector<std::string>;

// Rows [older_from, older_to) and [newer_from, newer_to) have no equal keys.
void PairUp(int older_from, int older_to, int newer_from, int newer_to, std::vector<RowMatch>& out) {
  while (older_from < older_to && newer_from < newer_to) out.push_back({older_from++, newer_from++});
  while (older_from < older_to) out.push_back({older_from++, -1});
  while (newer_from < newer_to) out.push_back({-1, newer_from++});
}

// Lengths of common subsequences of the rests, row by row from the end.
class Table {
 public:
  Table(const Keys& older, const Keys& newer, int older_from, int older_to, int newer_from, int newer_to)
      : width_(static_cast<size_t>(newer_to - newer_from) + 1),
        cells_((static_cast<size_t>(older_to - older_from) + 1) * width_) {
    for (int i = older_to - older_from - 1; i >= 0; --i) {
      for (int j = newer_to - newer_from - 1; j >= 0; --j) {
        const bool is_equal = older[static_cast<size_t>(older_from) + static_cast<size_t>(i)] ==
                              newer[static_cast<size_t>(newer_from) + static_cast<size_t>(j)];
        Cell(i, j) = is_equal ? static_cast<uint16_t>(At(i + 1, j + 1) + 1) : std::max(At(i + 1, j), At(i, j + 1));
      }
    }
  }
  uint16_t At(int i, int j) const { return cells_[static_cast<size_t>(i) * width_ + static_cast<size_t>(j)]; }

 private:
  uint16_t& Cell(int i, int j) { return cells_[static_cast<size_t>(i) * width_ + static_cast<size_t>(j)]; }

  size_t width_;
  std::vector<uint16_t> cells_;  // lists are at most 2,000 long
};

void MatchMiddle(const Keys& older, const Keys& newer, int older_from, int older_to, int newer_from, int newer_to,
                 std::vector<RowMatch>& out) {
  const size_t cells = static_cast<size_t>(older_to - older_from) * static_cast<size_t>(newer_to - newer_from);
  if (cells == 0 || cells > kMaxCells) return PairUp(older_from, older_to, newer_from, newer_to, out);
  const Table table(older, newer, older_from, older_to, newer_from, newer_to);
  int older_done = older_from;
  int newer_done = newer_from;
  for (int i = older_from, j = newer_from; i < older_to && j < newer_to;) {
    if (older[static_cast<size_t>(i)] == newer[static_cast<size_t>(j)]) {
      PairUp(older_done, i, newer_done, j, out);
      out.push_back({i++, j++});
      older_done = i;
      newer_done = j;
    } else if (table.At(i + 1 - older_from, j - newer_from) >= table.At(i - older_from, j + 1 - newer_from)) {
      ++i;
    } else {
      ++j;
    }
  }
  PairUp(older_done, older_to, newer_done, newer_to, out);
}

}  // namespace

std::vector<RowMatch> MatchRows(const Keys& older, const Keys& newer) {
  int older_to = static_cast<int>(older.size());
  int newer_to = static_cast<int>(newer.size());
  std::vector<RowMatch> out;
  int from = 0;
  while (from < older_to && from < newer_to && older[static_cast<size_t>(from)] == newer[static_cast<size_t>(from)]) {
    out.push_back({from, from});
    ++from;
  }
  std::vector<RowMatch> tail;
  while (older_to > from && newer_to > from &&
         older[static_cast<size_t>(older_to - 1)] == newer[static_cast<size_t>(newer_to - 1)]) {
    tail.push_back({--older_to, --newer_to});
  }
  MatchMiddle(older, newer, from, older_to, from, newer_to, out);
  out.insert(out.end(), tail.rbegin(), tail.rend());
  return out;
}

}  // namespace jixiao::intake
