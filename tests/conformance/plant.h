// Plants mistakes into clean reports and writes down what was planted.
#ifndef JIXIAO_CONFORMANCE_PLANT_H_
#define JIXIAO_CONFORMANCE_PLANT_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/consistency.h"
#include "conformance/generate.h"
#include "jixiao/conformance/v1/label.pb.h"

namespace jixiao::conformance {

// One mistake on its way into a report.
class Planting {
 public:
  Planting(const Profile& profile, Generated& made, Random& random);

  const scoring::v1::RuleSet& rule_set() const { return profile_.rule_set->rule_set; }
  const Profile& profile() const { return profile_; }
  Draft& draft() { return made_.draft; }
  report::v1::ReportContent& content() { return made_.draft.content(); }
  const Book& book() const { return made_.book; }
  Random& random() { return random_; }

  // What the book says about evaluation table `index`.
  const TableBook& TableOf(int index) const;

  // Figures that satisfy `wanted`.
  std::vector<int> Figures(const std::function<bool(const Figure&)>& wanted) const;

  // Writes `text` over a figure and notes it. `is_told`: something else in the
  // report tells what stood there.
  void Change(int figure, const std::string& text, bool is_told = true);

  // The same for a cell that is no figure.
  void ChangeCell(report::v1::Value& cell, const std::string& text);

  // Writes what follows from a mistake.
  void Follow(int figure, const std::string& text);

  // Adds up rows and the total of evaluation table `index` again, the sentence
  // and grade that repeat it too.
  void FollowTotal(int index);

  // Where a finding may point.
  void Place(const report::v1::Address& address) { *mistake_.add_places() = address; }

  // Ends a mistake of indicators or the document: these rules show it.
  bool Expect(std::initializer_list<std::string_view> rule_ids);

  // Ends a numeric mistake: the comparisons that no longer hold show it. False
  // if all still hold.
  bool ExpectBroken(std::initializer_list<scoring::v1::Cause> causes);

  v1::Mistake& mistake() { return mistake_; }

 private:
  void NoteCells(const Comparison& comparison);
  void MoveUntold(const std::vector<const Comparison*>& broken);
  bool HasRival(const std::vector<const Comparison*>& broken, const std::vector<Comparison>& all);

  const Profile& profile_;
  Generated& made_;
  Random& random_;
  v1::Mistake mistake_;
  std::vector<int> changed_;
  std::vector<Comparison> before_;
};

// A kind of mistake.
struct Kind {
  std::string_view id;
  std::string_view title;
  // Plants one. False if this report has no place for it, or nothing would be
  // wrong afterwards: draw another report.
  bool (*plant)(Planting& planting);
  // Rules that show it; a rule set with none of them is not asked. Empty: any
  // relation.
  std::vector<std::string_view> rule_ids;
  bool is_department_only = false;
  // May be planted together with another.
  bool is_pairable = false;
};

// All kinds, in the order they are printed.
const std::vector<Kind>& Kinds();

// The kinds of one file each; Kinds() joins them.
std::vector<Kind> FigureKinds();
std::vector<Kind> BlockKinds();
std::vector<Kind> IndicatorKinds();
std::vector<Kind> DocumentKinds();
std::vector<Kind> TextKinds();

// True if `profile` has a rule and a form that show `kind`.
bool Applies(const Kind& kind, const Profile& profile);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_PLANT_H_
