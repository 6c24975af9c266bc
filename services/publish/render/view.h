// What a page says, as plain data: texts, repeated parts, parts of their own.
// RenderView fills templates with it; escaping is theirs.
#ifndef JIXIAO_PUBLISH_RENDER_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_VIEW_H_

#include <list>
#include <map>
#include <string>
#include <string_view>

namespace jixiao::publish {

class View {
 public:
  // A text for the placeholder `name`. Characters that print nothing or turn the
  // direction of writing are made visible or left out.
  void Set(const std::string& name, std::string_view text);

  // One more repetition of the part `name`; stays valid as long as this view.
  View& Add(const std::string& name) { return parts_[name].emplace_back(); }

  // As Add for a part that is one text.
  void AddText(const std::string& name, std::string_view text) { Add(name).Set("TEXT", text); }

  // A part with a template of its own, `template_name` without `.tpl`.
  View& Include(const std::string& name, const std::string& template_name);

  const std::map<std::string, std::string>& texts() const { return texts_; }
  const std::map<std::string, std::list<View>>& parts() const { return parts_; }
  const std::map<std::string, std::list<View>>& includes() const { return includes_; }
  const std::string& template_name() const { return template_name_; }

 private:
  std::map<std::string, std::string> texts_;
  std::map<std::string, std::list<View>> parts_;
  std::map<std::string, std::list<View>> includes_;
  std::string template_name_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_VIEW_H_
