// Draws the bar on which the claimed score stands beside the supported interval.
#ifndef JIXIAO_PUBLISH_RENDER_SCORE_BAR_H_
#define JIXIAO_PUBLISH_RENDER_SCORE_BAR_H_

#include <string_view>

#include "jixiao/scoring/v1/scorecard.pb.h"
#include "publish/render/view.h"

namespace jixiao::publish {

// `score` has an interval. `description` says the same to those who cannot see
// the picture.
void AddScoreBar(const scoring::v1::TableScore& score, std::string_view description, View& view);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_SCORE_BAR_H_
