// Computes which rows of two lists belong together.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_MATCH_ROWS_H_
#define JIXIAO_INTAKE_CORE_REVIEW_MATCH_ROWS_H_

#include <string>
#include <vector>

namespace jixiao::intake {

// A row of both lists, or of one; -1 where it has no counterpart.
struct RowMatch {
  int older = -1;
  int newer = -1;
};

// Matches rows by key, in order (longest common subsequence); between two
// matches the rows left over are paired from the top as changed ones. Every row
// occurs once. Cost: the product of the lengths after equal ends are cut off;
// beyond 4,000,000 rows are paired by position.
std::vector<RowMatch> MatchRows(const std::vector<std::string>& older, const std::vector<std::string>& newer);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_MATCH_ROWS_H_
