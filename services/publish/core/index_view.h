// Decides what the list of all disclosures says.
#ifndef JIXIAO_PUBLISH_CORE_INDEX_VIEW_H_
#define JIXIAO_PUBLISH_CORE_INDEX_VIEW_H_

#include <string>
#include <vector>

#include "publish/core/disclosure_store.h"
#include "publish/core/view.h"

namespace jixiao::publish {

// `filter` as asked for, with the division's whole code as `division_code`;
// `page` and `counts` are what the store answered.
View BuildIndexView(const ListFilter& filter, const std::string& division_code, const DisclosurePage& page,
                    const std::vector<DivisionCount>& counts);

// First digits of `division_code`: what codes of the division and of everything
// below it begin with. Compared in pairs: `431000` is not `431100`.
std::string DivisionPrefix(std::string_view division_code);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_INDEX_VIEW_H_
