#include "publish/render/score_bar.h"

#include <algorithm>

#include "common/domain/decimal.h"
#include "publish/render/display_text.h"

namespace jixiao::publish {
namespace {

using scoring::v1::TableScore;

constexpr int64_t kFullScale = 100'000;

// Geometry of the score bar, in units of its view box: 640 wide, the scale from
// kLeft to kRight.
constexpr int64_t kLeft = 24;
constexpr int64_t kRight = 616;

class ScoreBar {
 public:
  explicit ScoreBar(const TableScore& score) : score_(score) {
    // Always from 0, so that two pages can be compared at a glance.
    to_ = (std::max({kFullScale, score.claimed_milli(), score.supported_high_milli()}) + 9'999) / 10'000 * 10'000;
  }

  void AddTo(std::string_view description, View& view) const {
    View& bar = view.Add("BAR");
    const int64_t low = X(score_.supported_low_milli());
    const int64_t high = std::max(X(score_.supported_high_milli()), low + 4);
    bar.Set("LOW_X", std::to_string(low));
    bar.Set("WIDTH", std::to_string(high - low));
    bar.Set("MIDDLE_X", std::to_string(std::clamp<int64_t>((low + high) / 2, kLeft + 70, kRight - 70)));
    bar.Set("INTERVAL", IntervalText(score_.supported_low_milli(), score_.supported_high_milli()));
    bar.Set("DESCRIPTION", description);
    if (score_.has_claimed_milli()) {
      View& claim = bar.Add("CLAIM");
      const int64_t x = X(score_.claimed_milli());
      claim.Set("X", std::to_string(x));
      claim.Set("LEFT", std::to_string(x - 7));
      claim.Set("RIGHT", std::to_string(x + 7));
      claim.Set("TEXT_X", std::to_string(std::clamp<int64_t>(x, kLeft + 50, kRight - 50)));
      claim.Set("POINTS", FormatPoints(score_.claimed_milli()));
    }
    const int64_t step = std::max<int64_t>(to_ / 100'000, 1) * 10'000;
    for (int64_t tick = 0; tick <= to_; tick += step) {
      View& shown = bar.Add("TICK");
      shown.Set("X", std::to_string(X(tick)));
      shown.Set("TEXT", FormatPoints(tick));
    }
  }

 private:
  int64_t X(int64_t milli) const { return kLeft + MulDiv(std::clamp<int64_t>(milli, 0, to_), kRight - kLeft, to_); }

  const TableScore& score_;
  int64_t to_ = 0;
};

}  // namespace

void AddScoreBar(const TableScore& score, std::string_view description, View& view) {
  ScoreBar(score).AddTo(description, view);
}

}  // namespace jixiao::publish
