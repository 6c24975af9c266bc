#include "publish/render/view.h"

#include "publish/render/display_text.h"

namespace jixiao::publish {

void View::Set(const std::string& name, std::string_view text) { texts_[name] = DisplayText(text); }

View& View::Include(const std::string& name, const std::string& template_name) {
  View& view = includes_[name].emplace_back();
  view.template_name_ = template_name;
  return view;
}

}  // namespace jixiao::publish
