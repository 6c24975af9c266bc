#include "publish/render/render_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/render/assets.h"

namespace jixiao::publish {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RenderViewTest, EscapesInEveryTemplate) {
  int count = 0;
  for (const auto& [name, text] : Assets()) {
    if (!name.ends_with(".tpl")) continue;
    ++count;
    EXPECT_TRUE(text.starts_with("{{%AUTOESCAPE context=\"HTML\"}}")) << name;
    for (const char* unsafe : {":none", ":raw", "<script", "style=\"", "onclick"}) {
      EXPECT_THAT(std::string(text), Not(HasSubstr(unsafe))) << name;
    }
  }
  EXPECT_GE(count, 14);
}

TEST(RenderViewTest, LoadsNothingFromElsewhere) {
  for (const auto& [name, text] : Assets()) {
    for (const char* foreign : {"http://", "https://", "url(", "@import"}) {
      if (name == "favicon.svg") continue;
      EXPECT_THAT(std::string(text), Not(HasSubstr(foreign))) << name;
    }
  }
}

TEST(RenderViewTest, SaysWhichTemplateIsMissing) {
  EXPECT_EQ(RenderView(View(), "nowhere").status().code(), absl::StatusCode::kInternal);
}

TEST(RenderViewTest, RendersAMessage) {
  EXPECT_THAT(RenderMessage("没有<找到>", "x"), HasSubstr("<h1>没有&lt;找到&gt;</h1>"));
}

}  // namespace
}  // namespace jixiao::publish
