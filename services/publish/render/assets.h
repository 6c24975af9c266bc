// Templates and style sheet, compiled in.
#ifndef JIXIAO_PUBLISH_RENDER_ASSETS_H_
#define JIXIAO_PUBLISH_RENDER_ASSETS_H_

#include <map>
#include <string>
#include <string_view>

namespace jixiao::publish {

// By file name: `page.tpl`, `style.css`.
const std::map<std::string, std::string_view>& Assets();

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_ASSETS_H_
