// Facts from sentences: which quantity a mentioned figure states, told from the
// words in front of it. A phrasing that is not known yields no fact.
#include <fmt/format.h>

#include <array>

#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/mentions.h"

namespace jixiao::scoring {
namespace {

bool Has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

bool HasAny(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (Has(text, word)) return true;
  }
  return false;
}

// Words between a quantity's name and its figure.
std::string_view WithoutFiller(std::string_view label) {
  static constexpr std::array<std::string_view, 14> kFiller = {"为", "是", "合计", "共计", "共",   "总计", "达到",
                                                               "达", "约", "总额", "金额", "完成", "实际", "计"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view word : kFiller) {
      if (label.ends_with(word)) {
        label.remove_suffix(word.size());
        again = true;
      }
    }
  }
  return label;
}

bool IsMoney(std::string_view unit) { return unit == "万元" || unit == "元" || unit == "亿元"; }

int64_t FenOf(const Mention& mention) {
  // One 1/1,000,000 of 万元 is one fen.
  if (mention.unit == "万元") return mention.value_micro;
  if (mention.unit == "亿元") return mention.value_micro * 10'000;
  return mention.value_micro / 10'000;
}

// Reads one paragraph; what an earlier figure was about decides later ones:
// `三公经费预算0.45万元，其中：公务接待0.45万元`.
class ParagraphReader {
 public:
  ParagraphReader(std::string_view sub_heading, const Passage& passage, Facts& facts)
      : sub_heading_(sub_heading), passage_(passage), facts_(facts) {}

  void Read(const Mention& mention) {
    if (mention.sentence != sentence_) {
      sentence_ = mention.sentence;
      three_public_kind_ = {};
    }
    if (IsMoney(mention.unit)) {
      Add(MoneyKey(mention.label), mention, FenOf(mention));
    } else if (mention.unit == "人") {
      Add(StaffKey(mention.label), mention, mention.value_micro / 1000);
    } else if (mention.unit == "分") {
      Add(ScoreKey(mention.label), mention, mention.value_micro / 1000);
    }
  }

 private:
  void Add(std::string key, const Mention& mention, int64_t value) {
    if (key.empty()) return;
    Fact fact;
    fact.value = value;
    fact.as_written = mention.as_written;
    fact.unit = mention.unit;
    fact.is_approximate = mention.is_approximate;
    fact.passage = &passage_;
    fact.mention = &mention;
    facts_.Add(*FindKey(key), fact);
  }

  std::string ThreePublicKey(std::string_view label) {
    if (Has(label, "三公经费")) {
      three_public_kind_ = Has(label, "预算")                                ? "budget"
                           : HasAny(label, {"完成", "决算", "支出", "实际"}) ? "executed"
                                                                             : "";
      return three_public_kind_.empty() ? "" : "text.three_public." + three_public_kind_;
    }
    if (three_public_kind_.empty()) return "";
    if (Has(label, "公务接待")) return "text.reception." + three_public_kind_;
    if (HasAny(label, {"出国", "出境"})) return "text.abroad." + three_public_kind_;
    if (HasAny(label, {"公务用车", "公车"})) return "text.vehicles." + three_public_kind_;
    return "";
  }

  std::string MoneyKey(std::string_view label) {
    // A change or a carry-over is another quantity.
    if (HasAny(label, {"比上年", "同比", "增加", "减少", "压减", "上年", "占", "结余", "结转"})) return "";
    if (std::string key = ThreePublicKey(label); !key.empty()) return key;
    const std::string_view name = WithoutFiller(label);
    if (Has(name, "一般公共预算财政拨款支出")) {
      if (Has(sub_heading_, "基本支出")) return "text.general.basic";
      if (Has(sub_heading_, "项目支出")) return "text.general.project";
      return "";
    }
    if (name.ends_with("部门预算批复资金") || name.ends_with("年预算批复资金")) return "text.total.budget";
    if (HasAny(name, {"年初", "收入"})) return "";
    if (name.ends_with("政府性基金预算支出")) return "text.government_fund.executed";
    if (name.ends_with("一般公共预算支出")) return "text.general.executed";
    if (Has(name, "预算")) return "";
    if (name.ends_with("整体支出") || name.ends_with("全年支出") || name.ends_with("到位和支出")) {
      return "text.total.executed";
    }
    if (name.ends_with("基本支出")) return "text.basic.executed";
    if (name.ends_with("人员支出") || name.ends_with("人员经费") || name.ends_with("人员经费支出")) {
      return "text.personnel.executed";
    }
    if (name.ends_with("公用经费") || name.ends_with("公用支出") || name.ends_with("公用经费支出")) {
      return "text.public_funds.executed";
    }
    if (name.ends_with("项目支出") || name.ends_with("项目资金支出")) return "text.project.executed";
    return "";
  }

  static std::string StaffKey(std::string_view label) {
    if (HasAny(label, {"行政", "事业", "退休", "离休", "临聘"})) return "";
    const std::string_view name = WithoutFiller(label);
    if (name.ends_with("编制") || name.ends_with("编制数") || name.ends_with("编制人数"))
      return "text.staff.authorised";
    if (name.ends_with("实有人数") || name.ends_with("在职人数") || name.ends_with("实有在职人数")) {
      return "text.staff.actual";
    }
    return "";
  }

  static std::string ScoreKey(std::string_view label) {
    if (HasAny(label, {"指标", "该项", "扣", "满分", "总分"}) && !Has(label, "对照打分")) return "";
    return HasAny(label, {"打分得出", "评价得分", "自评得分", "自评分", "综合得分", "自评总分"}) ? "text.self_score"
                                                                                                 : "";
  }

  std::string_view sub_heading_;
  const Passage& passage_;
  Facts& facts_;
  int sentence_ = -1;
  std::string three_public_kind_;
};

// `（一）基本支出情况`: a short paragraph without figures is a sub-heading.
bool IsSubHeading(std::string_view text, const std::vector<Mention>& mentions) {
  return mentions.empty() && text.size() <= 90 && !text.ends_with("。");
}

}  // namespace

void CollectTextFacts(const report::v1::ReportContent& content, const std::vector<Passage>& passages, Facts& facts) {
  std::string_view sub_heading;
  for (const Passage& passage : passages) {
    if (passage.cell != nullptr) break;  // paragraphs come first
    if (passage.paragraph == 0) sub_heading = content.sections(passage.section).heading();
    if (IsSubHeading(passage.text, passage.mentions)) sub_heading = passage.text;
    ParagraphReader reader(sub_heading, passage, facts);
    for (const Mention& mention : passage.mentions) reader.Read(mention);
  }
}

}  // namespace jixiao::scoring
