#include "publish/render/render_view.h"

#include <ctemplate/template.h>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "publish/render/assets.h"

namespace jixiao::publish {
namespace {

// Parses all templates once.
bool LoadTemplates() {
  bool all_loaded = true;
  for (const auto& [name, text] : Assets()) {
    if (!name.ends_with(".tpl")) continue;
    all_loaded &= ctemplate::StringToTemplateCache(name, text.data(), text.size(), ctemplate::STRIP_BLANK_LINES);
  }
  return all_loaded;
}

void Fill(const View& view, ctemplate::TemplateDictionary& dictionary) {
  for (const auto& [name, text] : view.texts()) dictionary.SetValue(name, text);
  for (const auto& [name, parts] : view.parts()) {
    for (const View& part : parts) Fill(part, *dictionary.AddSectionDictionary(name));
  }
  for (const auto& [name, includes] : view.includes()) {
    for (const View& include : includes) {
      ctemplate::TemplateDictionary* included = dictionary.AddIncludeDictionary(name);
      included->SetFilename(include.template_name() + ".tpl");
      Fill(include, *included);
    }
  }
}

}  // namespace

absl::StatusOr<std::string> RenderView(const View& main, const std::string& template_name) {
  static const bool is_loaded = LoadTemplates();
  JIXIAO_CHECK(is_loaded);
  ctemplate::TemplateDictionary layout("layout");
  const auto text = [&](const std::string& name) {
    const auto found = main.texts().find(name);
    return found == main.texts().end() ? std::string() : found->second;
  };
  layout.SetValue("TITLE", text("TITLE"));
  if (const std::string canonical = text("CANONICAL"); !canonical.empty()) {
    layout.AddSectionDictionary("CANONICAL")->SetValue("TEXT", canonical);
  }
  ctemplate::TemplateDictionary* included = layout.AddIncludeDictionary("MAIN");
  included->SetFilename(template_name + ".tpl");
  Fill(main, *included);
  std::string html;
  if (!ctemplate::ExpandTemplate("layout.tpl", ctemplate::STRIP_BLANK_LINES, &layout, &html)) {
    return MakeError(absl::StatusCode::kInternal, "TEMPLATE_BROKEN", "cannot expand template " + template_name);
  }
  return html;
}

std::string RenderMessage(const std::string& heading, const std::string& text) {
  View view;
  view.Set("TITLE", heading);
  view.Set("HEADING", heading);
  view.Set("TEXT", text);
  absl::StatusOr<std::string> html = RenderView(view, "message");
  JIXIAO_CHECK(html.ok());
  return *std::move(html);
}

}  // namespace jixiao::publish
