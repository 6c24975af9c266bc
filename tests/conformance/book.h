// The truth a report tells: money, people, indicators of one unit in one year,
// drawn so that everything agrees with everything. Writing it down is another
// matter (write_*.cc).
#ifndef JIXIAO_CONFORMANCE_BOOK_H_
#define JIXIAO_CONFORMANCE_BOOK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "conformance/random.h"
#include "conformance/words.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::conformance {

// One row of the base data table: 上年决算数, 本年预算数, 本年决算数. In fen.
struct Amounts {
  int64_t prior = 0;
  int64_t budget = 0;
  int64_t final = 0;

  Amounts operator+(const Amounts& other) const {
    return {prior + other.prior, budget + other.budget, final + other.final};
  }
};

// 年初预算数, 全年预算数, 全年执行数. In fen.
struct Funds {
  int64_t initial = 0;
  int64_t adjusted = 0;
  int64_t executed = 0;

  Funds operator+(const Funds& other) const {
    return {initial + other.initial, adjusted + other.adjusted, executed + other.executed};
  }
};

struct IndicatorBook {
  std::string level1;
  std::string level2;
  std::string name;
  std::string target;
  std::string measure;  // `期`, `%`, `万元`, `定性指标`
  std::string actual;
  int64_t weight = 0;  // 1/1000 point
  int64_t score = 0;
  std::string reason;
  bool is_numeric = false;
  bool is_missed = false;
  // For numeric rows, in 1/100 of `measure`; a floor unless `is_ceiling`.
  int64_t target_centi = 0;
  int64_t actual_centi = 0;
  bool is_ceiling = false;
  // The execution rate as an indicator among the others.
  bool is_execution = false;
  std::string coefficient;  // 得分系数, where the form has it
};

struct TableBook {
  Funds funds;
  std::string execution_reason;  // where the form has such a column and the rate is low
  int64_t execution_weight = 0;  // 0 if the rate has no points of its own
  int64_t execution_score = 0;
  std::vector<IndicatorBook> indicators;
  int64_t total_score = 0;
  std::string grade;
};

struct ProjectBook {
  std::string name;
  Funds funds;
  int64_t prior = 0;
  TableBook table;
};

struct Book {
  int year = 0;
  std::string division_code;
  std::string place;      // `岳阳市君山区`
  std::string unit_name;  // `岳阳市君山区农业农村局`
  const Domain* domain = nullptr;

  int64_t authorised_staff = 0;
  int64_t actual_staff = 0;
  int64_t retired_staff = 0;

  Funds personnel;
  Amounts office;
  Amounts utilities;
  Amounts meetings;
  Amounts vehicle_purchase;
  Amounts vehicle_running;
  Amounts abroad;
  Amounts reception;
  Funds public_funds;
  std::vector<ProjectBook> projects;

  // Of the executed money, by source.
  int64_t government_fund = 0;  // part of the first project
  int64_t other_money = 0;      // part of the basic spending

  TableBook table;

  Amounts PublicFunds() const { return office + utilities + meetings; }
  Amounts Vehicles() const { return vehicle_purchase + vehicle_running; }
  Amounts ThreePublic() const { return Vehicles() + abroad + reception; }
  Funds Basic() const { return personnel + public_funds; }
  Funds Projects() const;
  Funds Total() const { return Basic() + Projects(); }
  int64_t GeneralBudget() const { return Total().executed - government_fund - other_money; }
};

// A place where a unit may sit.
struct Seat {
  std::string code;
  std::string name;  // from the prefecture down
};

// Counties below the divisions that `rule_set` covers; those divisions
// themselves where the lists hold no county.
std::vector<Seat> SeatsOf(const scoring::LoadedRuleSet& rule_set);

// Draws a department in one of `seats` and its projects.
Book DrawBook(const scoring::v1::RuleSet& rule_set, const std::vector<Seat>& seats, Random& random);

// Draws the indicators and scores of one table: of the department if `project` is
// null. `book` lends its trade.
TableBook DrawTable(const scoring::v1::RuleSet& rule_set, const Book& book, const ProjectBook* project, Random& random);

// Points for `part` of `whole`, to 1/100 point, at most `weight`.
int64_t ProRata(int64_t weight_milli, int64_t part, int64_t whole);

// `weight` x `part` / `whole` as the rule set's formula scores a missed target.
int64_t FormulaScore(const IndicatorBook& row, scoring::v1::QuantitativeFormula formula);

// Grade of `points_milli` in the rule set's bands.
std::string GradeIn(const scoring::v1::RuleSet& rule_set, int64_t points_milli);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_BOOK_H_
