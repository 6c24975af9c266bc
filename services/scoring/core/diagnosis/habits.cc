#include "scoring/core/diagnosis/habits.h"

#include <algorithm>
#include <vector>

namespace jixiao::scoring {
namespace {

// Fewer figures than this are no habit.
constexpr int kFew = 4;
constexpr int kWanScale = 6;

bool IsAmountInCell(const Fact& fact, const WrittenFigure& figure) {
  return fact.cell != nullptr && fact.cell->has_amount_fen() && figure.scale == kWanScale;
}

bool EndsInZero(const WrittenFigure& figure) { return figure.has_point() && figure.digits.back() == '0'; }

}  // namespace

Habits::Habits(const Facts& facts) {
  std::vector<int> decimals;
  for (int i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts.at(i);
    if (fact.is_blank || fact.as_written.empty() || fact.value == 0) continue;
    if (fact.cell == nullptr || !fact.cell->has_amount_fen()) continue;
    const WrittenFigure figure = ReadFigure(fact, FactScale::kFen);
    if (!IsAmountInCell(fact, figure)) continue;
    decimals.push_back(figure.decimals());
    zeros_ += EndsInZero(figure) ? 1 : 0;
  }
  count_ = static_cast<int>(decimals.size());
  if (decimals.empty()) return;
  most_decimals_ = *std::max_element(decimals.begin(), decimals.end());
  shorter_ = static_cast<int>(
      std::count_if(decimals.begin(), decimals.end(), [&](int count) { return count < most_decimals_; }));
}

void Habits::Tell(const Fact& fact, WrittenFigure& figure) const {
  if (count_ < kFew || !IsAmountInCell(fact, figure)) return;
  figure.most_decimals = most_decimals_;
  // What is wrong with this one is no habit of the others.
  const int zeros = zeros_ - (EndsInZero(figure) ? 1 : 0);
  const int shorter = shorter_ - (figure.decimals() < most_decimals_ ? 1 : 0);
  figure.keeps_zeros = zeros > 0 && shorter == 0;
}

}  // namespace jixiao::scoring
