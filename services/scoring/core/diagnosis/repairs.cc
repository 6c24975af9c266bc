#include "scoring/core/diagnosis/repairs.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "common/domain/decimal.h"
#include "scoring/core/diagnosis/moved_cells.h"

namespace jixiao::scoring {
namespace {

// How rare each kind is, in tenths of bits; see slips.cc.
constexpr Bits kPriorYear = 30;
constexpr Bits kCopiedBeside = 40;
constexpr Bits kCopiedBelow = 50;
// Budget and execution are often equal: that two such cells are says little.
constexpr Bits kCopiedCommon = 150;
constexpr Bits kShareForRate = 30;
constexpr Bits kOtherQuotient = 35;
constexpr Bits kPlacesDiffer = 10;
constexpr Bits kStaleTotal = 5;
constexpr Bits kMiscalculated = 20;
constexpr Bits kPlainPart = 75;
constexpr Bits kMostPlainRatio = 100;
constexpr Bits kMostPlainScore = 40;

// How far a rate may be from the quotient it was computed as: shares are often
// whole percents, rates have two decimals.
constexpr int64_t kWholePercent = 5'000;
constexpr int64_t kRoundedRate = 100;

class Generator {
 public:
  Generator(int relation, Ledger& ledger, const Grids& grids)
      : relation_(relation), bound_(ledger.relation(relation)), ledger_(ledger), grids_(grids) {}

  std::vector<Repair> Run() {
    // That money was overspent may be true: no figure follows from a bound.
    if (bound_.relation->comparison() == v1::COMPARISON_AT_MOST) return {};
    if (bound_.is_ratio()) {
      Ratio();
    } else {
      Equal();
    }
    for (const int fact : FactsOf(bound_)) {
      ForEachMove(fact, ledger_, grids_, [&](Repair repair) { AddIfItHolds(std::move(repair)); });
    }
    std::vector<Repair> repairs;
    for (auto& [changes, repair] : found_) repairs.push_back(std::move(repair));
    return repairs;
  }

 private:
  bool CanChange(int fact) const {
    return ledger_.facts().at(fact).cell != nullptr || ledger_.facts().at(fact).mention;
  }
  int64_t Value(int fact) const { return ledger_.value(fact); }

  // Keeps the cheapest explanation of the same changes.
  void Add(Repair repair) {
    std::sort(repair.changes.begin(), repair.changes.end());
    for (const Change& change : repair.changes) {
      if (!CanChange(change.fact)) return;
    }
    const auto [it, is_new] = found_.try_emplace(repair.changes, repair);
    if (!is_new && repair.cost < it->second.cost) it->second = std::move(repair);
  }

  void AddIfItHolds(Repair repair) {
    if (ledger_.WouldHold(relation_, repair.changes)) Add(std::move(repair));
  }

  void Equal() {
    const Compared now = ledger_.CompareNow(relation_);
    const int64_t apart = now.filed - now.expected;
    for (const bool is_left : {true, false}) {
      const auto& side = is_left ? bound_.left : bound_.right;
      const auto& other = is_left ? bound_.right : bound_.left;
      for (const int fact : side) {
        // A blank is filled only by what fell out of its place.
        if (ledger_.facts().at(fact).is_blank) continue;
        const int64_t meant = Value(fact) + (is_left ? -apart : apart);
        if (meant < 0 && Value(fact) >= 0 && meant != -Value(fact)) continue;
        Meant(fact, meant);
        Plain(fact, meant, side.size() > 1 || IsSum(is_left), other.size() > 1 || IsSum(!is_left));
      }
    }
  }

  // The relation says what `fact` was meant to be.
  void Meant(int fact, int64_t meant) {
    const auto slip = FindSlip(ledger_.Written(fact), Value(fact), meant, ledger_.ScaleOfFact(fact));
    if (slip) Add({slip->cause, slip->cost, {{fact, meant}}});
    Copied(fact, meant);
  }

  // True if the rule set means a sum, however many figures there are.
  bool IsSum(bool is_left) const {
    const auto& terms = is_left ? bound_.relation->left() : bound_.relation->right();
    return terms.size() > 1 || terms[0].fact().find('*') != std::string::npos;
  }

  void Plain(int fact, int64_t meant, bool is_part, bool is_total) {
    // Points differ by little where a row was changed later; money by anything.
    const bool is_points = ledger_.ScaleOfFact(fact) == FactScale::kPointsMilli;
    const Bits bits = BitsOfFigure(is_points ? meant - Value(fact) : meant, ledger_.Written(fact));
    Repair repair;
    repair.changes = {{fact, meant}};
    repair.is_plain = true;
    if (is_part) {
      repair.cause = v1::CAUSE_PLACES_DIFFER;
      repair.cost = kPlainPart + bits;
    } else if (is_total && ledger_.facts().at(fact).mention == nullptr) {
      repair.cause = v1::CAUSE_STALE_TOTAL;
      repair.cost = kStaleTotal + bits;
    } else {
      repair.cause = v1::CAUSE_PLACES_DIFFER;
      repair.cost = kPlacesDiffer + bits;
    }
    Add(std::move(repair));
  }

  // The figure equals its neighbour's: it may have been copied from there.
  void Copied(int fact, int64_t meant) {
    if (Value(fact) == 0) return;
    const Cell cell = grids_.CellOf(fact);
    if (cell.grid < 0) return;
    const Grid& grid = grids_.at(cell.grid);
    if (grid.kind == Grid::Kind::kIndicators || grid.kind == Grid::Kind::kStaff) return;
    const auto from = [&](int row, int column, Bits cost) {
      if (row < 0 || row >= grid.row_count() || column < 0 || column >= grid.column_count()) return;
      const int other = grid.At(row, column);
      if (other < 0 || other == fact || Value(other) != Value(fact)) return;
      const bool is_prior = grid.kind == Grid::Kind::kCosts && row == cell.row && column == kPriorFinalColumn;
      Add({is_prior ? v1::CAUSE_PRIOR_YEAR : v1::CAUSE_CELLS_COPIED,
           is_prior ? kPriorYear : cost,
           {{fact, meant}},
           false,
           other});
    };
    if (grid.kind == Grid::Kind::kSentence) {
      PriorYear(fact, meant);
      return;
    }
    const bool is_common = grid.kind == Grid::Kind::kFunds || grid.kind == Grid::Kind::kTasks ||
                           (grid.kind == Grid::Kind::kCosts && cell.column != kPriorFinalColumn);
    for (int column = 0; column < grid.column_count(); ++column) {
      from(cell.row, column, is_common ? kCopiedCommon : kCopiedBeside);
    }
    from(cell.row - 1, cell.column, kCopiedBelow);
    from(cell.row + 1, cell.column, kCopiedBelow);
  }

  // A sentence that states what the table has for the year before.
  void PriorYear(int fact, int64_t meant) {
    const auto& others = bound_.left.front() == fact ? bound_.right : bound_.left;
    for (const int other : others) {
      const Cell cell = grids_.CellOf(other);
      if (cell.grid < 0 || grids_.at(cell.grid).kind != Grid::Kind::kCosts) continue;
      const int prior = grids_.at(cell.grid).At(cell.row, kPriorFinalColumn);
      if (prior < 0 || prior == other || Value(prior) != Value(fact)) continue;
      Add({v1::CAUSE_PRIOR_YEAR, kPriorYear, {{fact, meant}}, false, prior});
    }
  }

  void Ratio() {
    const Compared now = ledger_.CompareNow(relation_);
    const bool is_score = bound_.scale >= 0;
    const Bits bits = BitsOfFigure(now.expected, ledger_.Written(bound_.stated));
    Add({v1::CAUSE_MISCALCULATED,
         kMiscalculated + std::min(bits, is_score ? kMostPlainScore : kMostPlainRatio),
         {{bound_.stated, now.expected}},
         true});
    if (!is_score) OtherQuotients(now.expected);
    Variants(bound_.stated);
    if (bound_.left.size() == 1) Variants(bound_.left.front());
    if (bound_.right.size() == 1) Variants(bound_.right.front());
  }

  // A quotient fixes an amount only roughly: every slip is tried, and the more
  // of them would do, the less each says.
  void Variants(int fact) {
    std::vector<Repair> fitting;
    std::map<v1::Cause, int> counts;
    const auto visit = [&](int64_t meant, Slip slip) {
      if (ledger_.IsCutShort() || (meant < 0 && Value(fact) >= 0)) return;
      Repair repair{slip.cause, slip.cost, {{fact, meant}}};
      if (!HoldsExactly(repair.changes, fact)) return;
      ++counts[slip.cause];
      fitting.push_back(std::move(repair));
    };
    ForEachMeant(ledger_.Written(fact), Value(fact), ledger_.ScaleOfFact(fact), visit);
    for (Repair& repair : fitting) {
      repair.cost += BitsOf(counts[repair.cause]);
      Add(std::move(repair));
    }
  }

  // True if `stated` is what the amounts give, as far as it would be written.
  bool IsRounded(int64_t stated) const {
    const Compared now = ledger_.CompareNow(relation_);
    const WrittenFigure& like = ledger_.Written(bound_.stated);
    const std::string digits = DigitsOf(stated, like, 0);
    const size_t point = digits.find('.');
    int64_t step = 1;
    for (int i = like.scale; i > 0; --i) step *= 10;
    for (size_t i = point == std::string::npos ? digits.size() : point + 1; i < digits.size(); ++i) step /= 10;
    const int64_t apart = std::abs(stated - now.expected);
    return apart == 0 || apart < step / 2 + bound_.relation->rounding_step() / 2;
  }

  // An amount gives a rate to the last digit, or it was another slip; a rate
  // itself may be rounded.
  bool HoldsExactly(const std::vector<Change>& changes, int fact) {
    if (fact == bound_.stated) return IsRounded(changes.front().to);
    return ledger_.OutcomeAfter(relation_, changes) == Outcome::kHolds;
  }

  // True if the stated rate is part / whole, as far as it is written, and at
  // most `most_apart` away.
  bool IsStated(int64_t part, int64_t whole, int64_t most_apart) const {
    if (whole <= 0 || part <= 0 || part / whole > 1'000) return false;
    const int64_t quotient = MulDiv(part, 1'000'000, whole);
    const int64_t step = ledger_.facts().at(bound_.stated).step;
    return std::abs(quotient - Value(bound_.stated)) <= std::min(step / 2 + 1, most_apart);
  }

  void OtherQuotients(int64_t expected) {
    const int64_t part = SumOf(bound_.left, ledger_.values());
    const int64_t whole = SumOf(bound_.right, ledger_.values());
    const std::vector<Change> changes = {{bound_.stated, expected}};
    for (const FundColumn column : {FundColumn::kAdjusted, FundColumn::kExecuted}) {
      const int total = ledger_.facts().IndexOf(FundKey(report::v1::FUND_ROLE_TOTAL, column));
      if (total < 0 || total == bound_.right.front() || total == bound_.left.front()) continue;
      if (IsStated(part, Value(total), kWholePercent))
        Add({v1::CAUSE_SHARE_FOR_RATE, kShareForRate, changes, false, total});
    }
    if (IsStated(whole, part, kRoundedRate))
      Add({v1::CAUSE_MISCALCULATED, kOtherQuotient, changes, false, bound_.left.front()});
    const Cell cell = grids_.CellOf(bound_.right.front());
    if (cell.grid < 0 || grids_.at(cell.grid).kind != Grid::Kind::kFunds) return;
    const int initial = grids_.at(cell.grid).At(cell.row, 0);
    if (initial >= 0 && initial != bound_.right.front() && IsStated(part, Value(initial), kRoundedRate)) {
      Add({v1::CAUSE_MISCALCULATED, kOtherQuotient, changes, false, initial});
    }
  }

  int relation_;
  const BoundRelation& bound_;
  Ledger& ledger_;
  const Grids& grids_;
  std::map<std::vector<Change>, Repair> found_;
};

}  // namespace

std::vector<Repair> RepairsOf(int relation, Ledger& ledger, const Grids& grids) {
  return Generator(relation, ledger, grids).Run();
}

}  // namespace jixiao::scoring
