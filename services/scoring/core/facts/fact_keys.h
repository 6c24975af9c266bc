// Names of facts: which keys there are and what their figures count. The table
// in services/scoring/README.md explains each. Keys are numbers inside, so that
// collecting and finding facts costs no spelling.
#ifndef JIXIAO_SCORING_CORE_FACTS_FACT_KEYS_H_
#define JIXIAO_SCORING_CORE_FACTS_FACT_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::scoring {

// What a fact's integer counts.
enum class FactScale { kFen, kPointsMilli, kCountMilli, kRatePpm };

// A key: its family, such as `table.fund_rows.{n}.executed`, and the {n} in it.
struct FactKey {
  int32_t family = 0;
  int32_t number = 0;

  friend bool operator==(const FactKey&, const FactKey&) = default;
};

// Columns, in the order of their families.
enum class FundColumn { kInitial, kAdjusted, kExecuted, kRate, kWeight, kScore };
enum class TaskColumn { kBudget, kBudgetFiscal, kExecuted, kExecutedFiscal, kRate };
enum class PointsColumn { kWeight, kScore };
enum class BaseColumn { kPriorFinal, kBudget, kFinal };

// Money that sentences state: `text.{quantity}.{qualifier}`.
enum class Quantity {
  kTotal,
  kGeneral,
  kGovernmentFund,
  kStateCapital,
  kBasic,
  kProject,
  kPersonnel,
  kPublicFunds,
  kWages,
  kGoods,
  kThreePublic,
  kReception,
  kAbroad,
  kVehicles,
  kVehiclePurchase,
  kVehicleRunning,
  kBalance,
  kFixedAssets,
};
enum class Qualifier {
  kBudget,
  kInitial,
  kExecuted,
  kIncome,
  kPrior,
  kChange,
  kRate,
  kShare,
  kShareOfBasic,
  kChangeRate,
};

// Keys by what they name. First of a role, project and other rows numbered.
FactKey FundKey(report::v1::FundRole role, FundColumn column);
FactKey FundRowKey(int row, FundColumn column);
FactKey SourceKey(report::v1::FundRole role);
FactKey SourceRowKey(int row);
FactKey NatureKey(report::v1::FundRole role);
FactKey NatureRowKey(int row);
FactKey TaskKey(int row, TaskColumn column);
FactKey IndicatorKey(int row, PointsColumn column);
FactKey LevelStatedKey(std::string_view level1);
FactKey LevelRowKey(std::string_view level1, int row, PointsColumn column);
FactKey TotalKey(PointsColumn column);
FactKey BaseKey(report::v1::CostItem item, int row, BaseColumn column);
FactKey BaseRowKey(int row, BaseColumn column);
FactKey ProjectTableKey(int table, FundColumn column);
FactKey SheetRowKey(int row, PointsColumn column);
FactKey TextKey(Quantity quantity, Qualifier qualifier);
FactKey TextLevelKey(std::string_view level1, PointsColumn column);

// The other way to write a key, for those that have two: `table.rows.3.weight`
// is `table.rows.weight.3`, too.
std::optional<FactKey> TwinOf(FactKey key);

// The key written out; empty if there is none such.
std::optional<FactKey> FindKey(std::string_view key);
std::string KeyText(FactKey key);
FactScale ScaleOf(FactKey key);

// Keys that a relation names: `a.b.c`, everything below `a.b.*`, one figure of
// every row, `a.*.c`, or of one row to be named later, `a.{}.c`.
struct KeyPattern {
  // The same for row `row`, if that is still open.
  KeyPattern AtRow(int32_t row) const {
    return is_per_row ? KeyPattern{families, row, families->size() == 1, false} : *this;
  }

  const std::vector<int32_t>* families = nullptr;  // never null, ascending; lives forever
  std::optional<int32_t> number;                   // any if empty
  bool is_one_key = false;                         // no more than one fact can match
  bool is_per_row = false;
};
KeyPattern FindKeys(std::string_view pattern);

// By FactKey::family: not 0 if its keys have a number.
const std::vector<char>& NumberedFamilies();

// Scale of all keys that `pattern` names; empty if no fact can have such a key,
// or they count different things.
std::optional<FactScale> ScaleOfKey(std::string_view pattern);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_FACT_KEYS_H_
