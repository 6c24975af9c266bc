// Fills the templates with a view. Every text is escaped for the place where it
// stands, by the template engine and not by hand.
#ifndef JIXIAO_PUBLISH_RENDER_RENDER_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_RENDER_VIEW_H_

#include <string>

#include "absl/status/statusor.h"
#include "publish/render/view.h"

namespace jixiao::publish {

// A whole HTML document: `main` within the layout of the site. `template_name` is
// that of `main`, for example `page`. INTERNAL if a template is missing or
// broken. Thread-safe.
absl::StatusOr<std::string> RenderView(const View& main, const std::string& template_name);

// A page that says one thing: 404, 405, 400.
std::string RenderMessage(const std::string& heading, const std::string& text);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_RENDER_VIEW_H_
