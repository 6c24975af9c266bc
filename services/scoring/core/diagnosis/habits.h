// How the figures of one table are written: to how many decimals, and with or
// without the zeros at the end.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_HABITS_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_HABITS_H_

#include "scoring/core/diagnosis/written_figure.h"

namespace jixiao::scoring {

// Of amounts in 万元 in the cells of a table: sentences follow no habit, and
// other units have their own.
class Habits {
 public:
  explicit Habits(const Facts& facts);

  // Says in `figure`, one of `fact`, how the others are written.
  void Tell(const Fact& fact, WrittenFigure& figure) const;

 private:
  int count_ = 0;
  int most_decimals_ = 0;
  int zeros_ = 0;    // end in a zero behind the point
  int shorter_ = 0;  // have fewer decimals than most_decimals_
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_HABITS_H_
