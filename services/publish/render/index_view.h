// Draws the list of all disclosures.
#ifndef JIXIAO_PUBLISH_RENDER_INDEX_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_INDEX_VIEW_H_

#include <string>
#include <vector>

#include "common/domain/divisions.h"
#include "publish/core/disclosure_store.h"
#include "publish/render/view.h"

namespace jixiao::publish {

// `filter` as asked for, with the division's whole code as `division_code`;
// `page` and `counts` are what the store answered.
View BuildIndexView(const ListFilter& filter, const std::string& division_code, const DisclosurePage& page,
                    const std::vector<DivisionCount>& counts, const Divisions& divisions);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_INDEX_VIEW_H_
