// Draws the page of a disclosure: claimed score beside supported
// interval, findings, the tables, where it all comes from.
#ifndef JIXIAO_PUBLISH_RENDER_PAGE_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_PAGE_VIEW_H_

#include <string>
#include <vector>

#include "common/domain/divisions.h"
#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/disclosure_store.h"
#include "publish/render/view.h"

namespace jixiao::publish {

// Version of what the views and templates make of a disclosure; part of the key
// of every cached page.
inline constexpr int kPageFormat = 2;

// The page of `head`, a member of `versions` (newest first). `disclosure` is its
// content; ignored for a withdrawn one. `base_url` is the site's, for example
// `https://jixiao.example.gov.cn`, without a slash at the end.
View BuildPageView(const v1::Disclosure& disclosure, const DisclosureHead& head,
                   const std::vector<DisclosureHead>& versions, const std::string& base_url,
                   const Divisions& divisions);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_PAGE_VIEW_H_
