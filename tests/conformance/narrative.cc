#include "conformance/narrative.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "conformance/phrasings.h"

namespace jixiao::conformance {
namespace {

using report::v1::Section;
using report::v1::SectionRole;

constexpr std::array<std::string_view, 12> kNumerals = {"一", "二", "三", "四", "五",   "六",
                                                        "七", "八", "九", "十", "十一", "十二"};

struct Datum {
  Scale scale;
  int64_t number;
  std::string text;
};

class NarrativeWriter {
 public:
  NarrativeWriter(const Book& book, const Style& style, bool has_base_table, Random& random, Draft& draft)
      : book_(book), style_(style), has_base_table_(has_base_table), random_(random), draft_(draft) {
    CollectMoney();
    CollectRest();
  }

  void WritePreamble(const std::string& title) {
    StartSection(report::v1::SECTION_ROLE_PREAMBLE, "", "");
    Paragraph(title);
  }

  void WriteSection(int number, const scoring::v1::RequiredSection& required) {
    const bool is_both = required.title().find("问题") != std::string::npos &&
                         required.title().find("改进") != std::string::npos && required.roles_size() > 1;
    const auto role = static_cast<SectionRole>(is_both ? required.roles(required.roles_size() - 1) : required.roles(0));
    StartSection(role, fmt::format("{}、", kNumerals[static_cast<size_t>(number) % kNumerals.size()]),
                 required.title());
    WriteBody(role);
  }

 private:
  void Money(const std::string& key, int64_t fen) { data_[key] = {Scale::kMoney, fen, WanYuan(fen, style_) + "万元"}; }

  void Rate(const std::string& key, int64_t part, int64_t whole) {
    if (whole <= 0) whole = 1;
    data_[key] = {Scale::kRate, MulDiv(part, 10'000, whole) * 100, RateText(part, whole)};
  }

  void Count(const std::string& key, int64_t count, const std::string& unit) {
    data_[key] = {Scale::kCount, count * 1'000, fmt::format("{}{}", count, unit)};
  }

  void CollectMoney() {
    const Funds total = book_.Total();
    const Funds basic = book_.Basic();
    const Funds projects = book_.Projects();
    Money("text.total.budget", total.adjusted);
    Money("text.total.executed", total.executed);
    Money("text.basic.executed", basic.executed);
    Money("text.project.executed", projects.executed);
    Money("text.personnel.executed", book_.personnel.executed);
    Money("text.public_funds.executed", book_.public_funds.executed);
    Money("text.general.basic", basic.executed - book_.other_money);
    Money("text.general.project", projects.executed - book_.government_fund);
    Money("text.government_fund.executed", book_.government_fund);
    const auto both = [&](const std::string& key, const Amounts& amounts) {
      Money("text." + key + ".budget", amounts.budget);
      Money("text." + key + ".executed", amounts.final);
    };
    both("three_public", book_.ThreePublic());
    both("reception", book_.reception);
    both("vehicles", book_.Vehicles());
    both("abroad", book_.abroad);
    Rate("x.share.basic", basic.executed, total.executed);
    Rate("x.share.project", projects.executed, total.executed);
    Rate("x.rate.total", total.executed, total.adjusted);
    Rate("x.rate.basic", basic.executed, basic.adjusted);
    Rate("x.rate.project", projects.executed, projects.adjusted);
  }

  void CollectRest() {
    Count("text.staff.authorised", book_.authorised_staff, "人");
    Count("text.staff.actual", book_.actual_staff, "人");
    Count("x.staff.retired", book_.retired_staff, "人");
    Count("x.projects.count", static_cast<int64_t>(book_.projects.size()), "个项目");
    data_["text.self_score"] = {Scale::kPoints, book_.table.total_score, FormatPoints(book_.table.total_score) + "分"};
    words_["we"] = book_.domain->we;
    words_["year"] = fmt::format("{}", book_.year);
    words_["grade"] = book_.table.grade;
    words_["first_project"] = book_.projects.front().name;
    const Amounts three = book_.ThreePublic();
    const int64_t change = three.final - three.prior;
    words_["three_public_change"] = change == 0 ? "持平"
                                                : fmt::format("{}{}万元", change > 0 ? "增加" : "减少",
                                                              WanYuan(change > 0 ? change : -change, style_));
  }

  void StartSection(SectionRole role, const std::string& number, const std::string& heading) {
    section_ = draft_.content().sections_size();
    Section& section = *draft_.content().add_sections();
    section.set_role(role);
    if (!number.empty()) section.set_number(number);
    if (!heading.empty()) section.set_heading(heading);
  }

  void Say(Topic topic) { Paragraph(std::string(random_.Pick(Phrasings(topic)))); }

  // `（一）` and so on; numbers itself within the section.
  void SubHeading(int number, const std::string& text) {
    Paragraph(fmt::format("（{}）{}", kNumerals[static_cast<size_t>(number)], text));
  }

  void WriteBody(SectionRole role) {
    switch (role) {
      case report::v1::SECTION_ROLE_BASIC_INFORMATION: return WriteBasicInformation();
      case report::v1::SECTION_ROLE_GOALS: return WriteGoals();
      case report::v1::SECTION_ROLE_GENERAL_BUDGET: return WriteGeneralBudget();
      case report::v1::SECTION_ROLE_GOVERNMENT_FUND:
        return Say(book_.government_fund > 0 ? Topic::kGovernmentFund : Topic::kNothing);
      case report::v1::SECTION_ROLE_PERFORMANCE: return WritePerformance();
      case report::v1::SECTION_ROLE_PROBLEMS: return WriteProblems();
      case report::v1::SECTION_ROLE_IMPROVEMENTS: return WriteImprovements();
      case report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS: WriteProblems(); return WriteImprovements();
      case report::v1::SECTION_ROLE_RESULT_USE: Say(Topic::kResultUse); return Say(Topic::kPublication);
      case report::v1::SECTION_ROLE_SELF_EVALUATION_WORK: return Say(Topic::kSelfEvaluationWork);
      case report::v1::SECTION_ROLE_CONCLUSION: return Say(Topic::kConclusion);
      case report::v1::SECTION_ROLE_EXPERIENCE: return Say(Topic::kExperience);
      case report::v1::SECTION_ROLE_OTHER_MATTERS: return Paragraph("无其他需要说明的情况。");
      default: return Say(Topic::kNothing);
    }
  }

  void WriteBasicInformation() {
    SubHeading(0, "主要职能");
    for (size_t i = 0; i < book_.domain->duties.size(); ++i) {
      Paragraph(fmt::format("{}.{}。", i + 1, book_.domain->duties[i]));
    }
    SubHeading(1, "机构设置");
    Say(Topic::kOrganisation);
    if (!has_base_table_) return;
    SubHeading(2, "人员情况");
    Say(Topic::kStaff);
  }

  void WriteGoals() {
    for (size_t i = 0; i < book_.domain->duties.size(); ++i) {
      Paragraph(fmt::format("{}.{}。", i + 1, book_.domain->duties[i]));
    }
  }

  void WriteGeneralBudget() {
    SubHeading(0, "基本支出情况");
    Say(Topic::kBasicSpending);
    SubHeading(1, "项目支出情况");
    Say(Topic::kProjectSpending);
  }

  void WritePerformance() {
    SubHeading(0, "资金使用情况");
    Say(has_base_table_ ? Topic::kTotalSpending : Topic::kFundsOfParts);
    if (has_base_table_) Say(Topic::kThreePublic);
    Say(Topic::kManagement);
    Say(Topic::kAssets);
    SubHeading(1, "任务完成情况");
    for (const IndicatorBook& row : book_.table.indicators) {
      if (row.level2 != "数量") continue;
      Paragraph(fmt::format("全年{}{}，由业务股按月登记。", row.name, row.actual));
    }
    if (has_base_table_) {
      SubHeading(2, "自评得分情况");
      Say(Topic::kSelfScore);
    }
  }

  void WriteProblems() {
    const auto& weaknesses = book_.domain->weaknesses;
    for (size_t i = 0; i < weaknesses.size(); ++i) {
      Paragraph(fmt::format("{}.{}。", i + 1, weaknesses[i]));
    }
  }

  void WriteImprovements() {
    const auto& measures = book_.domain->measures;
    for (size_t i = 0; i < measures.size(); ++i) {
      Paragraph(fmt::format("{}.{}。", i + 1, measures[i]));
    }
  }

  // Adds one paragraph, with figures put in for their keys.
  void Paragraph(const std::string& phrase) {
    const int paragraph = draft_.content().sections(section_).paragraphs_size();
    std::string text;
    for (size_t at = 0; at < phrase.size();) {
      const size_t open = phrase.find('{', at);
      text += phrase.substr(at, open == std::string::npos ? open : open - at);
      if (open == std::string::npos) break;
      const size_t close = phrase.find('}', open);
      const std::string key = phrase.substr(open + 1, close - open - 1);
      const auto datum = data_.find(key);
      if (datum == data_.end()) {
        text += words_[key];
      } else {
        KeepFigure(key, datum->second, paragraph, CodePointCount(text));
        text += datum->second.text;
      }
      at = close + 1;
    }
    draft_.content().mutable_sections(section_)->add_paragraphs()->set_text(text);
  }

  void KeepFigure(const std::string& key, const Datum& datum, int paragraph, int64_t start) {
    Figure figure;
    figure.key = key;
    figure.scale = datum.scale;
    figure.section = section_;
    figure.paragraph = paragraph;
    figure.start_char = start;
    figure.text = datum.text;
    figure.number = datum.number;
    draft_.Keep(std::move(figure));
  }

  const Book& book_;
  const Style& style_;
  const bool has_base_table_;
  Random& random_;
  Draft& draft_;
  std::map<std::string, Datum> data_;
  std::map<std::string, std::string> words_;
  int section_ = 0;
};

}  // namespace

void WriteNarrative(const Book& book, const Style& style, const scoring::v1::RuleSet& rule_set, bool has_base_table,
                    Random& random, Draft& draft) {
  NarrativeWriter writer(book, style, has_base_table, random, draft);
  writer.WritePreamble(draft.content().title());
  for (int i = 0; i < rule_set.required_sections_size(); ++i) writer.WriteSection(i, rule_set.required_sections(i));
}

}  // namespace jixiao::conformance
