// The unit's own name: its place and what stands behind it.
#ifndef JIXIAO_SCORING_CORE_VIEW_OWN_NAME_H_
#define JIXIAO_SCORING_CORE_VIEW_OWN_NAME_H_

#include <string>
#include <string_view>

#include "common/domain/divisions.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::scoring {

// Folded and without blanks; parts are empty if not known.
struct OwnName {
  std::string official;         // as registered, else as filed
  std::string_view prefecture;  // `株洲市`, from the register of divisions
  std::string_view county;      // `芦淞区`
  std::string tail;             // `庆云街道办事处`: the name behind its place
};

// Points into `divisions`.
OwnName OwnNameOf(const report::v1::Unit& unit, const v1::ScoringContext& context, const Divisions& divisions);

// What stands behind the place in `name`, also where one character of the place
// is wrong; all of `name` if it names no place.
std::string TailOf(std::string_view name, const OwnName& own);

// True if both have the same length and differ in exactly one character, which
// is not the last.
bool IsOneOff(std::u32string_view a, std::u32string_view b);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VIEW_OWN_NAME_H_
