// Compares every figure that a person took out of the five example reports with
// what the reader finds in them.
//
// Known differences between the figures file and the documents, each checked in
// its own way below:
//   - long texts are shortened there: `(long text) …`, leading or trailing `…`;
//   - S2 and S4 name the unit as the auditor knows it, not as written;
//   - 无 as weight and score is null there (S2);
//   - S4 states no points per level in its labels and no total weight;
//   - S4's split by nature is part of its fund rows, its tasks are listed with
//     the fund rows, names shortened;
//   - figures marked `(table)` stand in a table, not in the narrative.
// Samples mirror the figures in words of their own: texts are compared by the
// numbers in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/reader/labels/form_labels.h"
#include "intake/testing/documents/example_reports.h"
#include "intake/testing/documents/figures.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using report::v1::EvaluationTable;
using report::v1::FundRow;
using report::v1::IndicatorRow;
using report::v1::Report;
using report::v1::Value;
using testing::ExampleReport;
using testing::Figure;

std::string FiguresPath() { return testing::SourceDir() + "/../shared/seeds/expected.md"; }

// Numbers in a text, normalised: `120,000.00` and `120000` are one.
std::vector<std::string> NumbersIn(std::string_view text) {
  const std::string folded = FoldWidth(text);
  std::string_view rest = folded;
  std::vector<std::string> numbers;
  while (!rest.empty()) {
    const size_t start = rest.find_first_of("0123456789");
    if (start == std::string_view::npos) break;
    rest.remove_prefix(start);
    const size_t length = std::max<size_t>(DecimalPrefixLength(rest), 1);
    if (const auto number = ParseDecimal(rest.substr(0, length))) {
      numbers.push_back(FormatScaled(number->coefficient, number->scale));
    }
    rest.remove_prefix(length);
  }
  return numbers;
}

std::string Normal(const std::string& number) {
  const auto decimal = ParseDecimal(number);
  return decimal ? FormatScaled(decimal->coefficient, decimal->scale) : "not a number: " + number;
}

void ExpectMoney(const Figure& expected, const Value& value) {
  if (expected.IsNull()) {
    EXPECT_EQ(value.number_case(), Value::NUMBER_NOT_SET) << value.as_written();
    EXPECT_EQ(value.as_written(), "");
    return;
  }
  EXPECT_EQ(FormatScaled(value.amount_fen(), 6), Normal(expected.text)) << value.ShortDebugString();
  EXPECT_EQ(Normal(value.as_written()), Normal(expected.text));
  EXPECT_EQ(value.number_case(), Value::kAmountFen);
}

void ExpectPoints(const Figure& expected, const Value& value) {
  if (expected.IsNull()) {
    EXPECT_EQ(value.number_case(), Value::NUMBER_NOT_SET);
    EXPECT_THAT(value.as_written(), ::testing::AnyOf("", "无"));
    return;
  }
  ASSERT_EQ(value.number_case(), Value::kPointsMilli) << value.as_written();
  EXPECT_EQ(FormatPoints(value.points_milli()), Normal(expected.text));
}

void ExpectRate(const Figure& expected, const Value& value) {
  if (expected.IsNull()) {
    EXPECT_EQ(value.as_written(), "");
    return;
  }
  EXPECT_EQ(value.as_written(), expected.text);
  ASSERT_EQ(value.number_case(), Value::kRatePpm);
  EXPECT_EQ(FormatScaled(value.rate_ppm(), 4) + "%", Normal(expected.text.substr(0, expected.text.size() - 1)) + "%");
}

void ExpectCount(const Figure& expected, const Value& value) {
  ASSERT_EQ(value.number_case(), Value::kCountMilli);
  EXPECT_EQ(FormatScaled(value.count_milli(), 3), Normal(expected.text));
}

// The figure's text against the cell's, shortened texts by what they still say.
void ExpectText(const Figure& expected, const std::string& text, bool is_seed) {
  if (expected.IsNull()) {
    EXPECT_EQ(text, "");
    return;
  }
  constexpr std::string_view kLong = "(long text) ";
  constexpr std::string_view kCut = "…";
  std::string_view rest = expected.text;
  if (rest.starts_with(kLong)) {
    rest.remove_prefix(kLong.size());
    // Four pieces between `, `.
    for (size_t end; !rest.empty(); rest.remove_prefix(std::min(rest.size(), end == rest.size() ? end : end + 2))) {
      end = std::min(rest.find(", "), rest.size());
      if (is_seed) {
        EXPECT_THAT(text, ::testing::HasSubstr(std::string(rest.substr(0, end))));
      }
      EXPECT_THAT(NumbersIn(text), ::testing::IsSupersetOf(NumbersIn(rest.substr(0, end))));
    }
  } else if (rest.starts_with(kCut)) {
    rest.remove_prefix(kCut.size());
    if (is_seed) {
      EXPECT_THAT(text, ::testing::EndsWith(std::string(rest)));
    }
    EXPECT_THAT(NumbersIn(text), ::testing::IsSupersetOf(NumbersIn(rest)));
  } else if (rest.ends_with(kCut)) {
    rest.remove_suffix(kCut.size());
    if (is_seed) {
      EXPECT_THAT(text, ::testing::StartsWith(std::string(rest)));
    }
    EXPECT_THAT(NumbersIn(text), ::testing::IsSupersetOf(NumbersIn(rest)));
  } else if (is_seed) {
    EXPECT_EQ(text, expected.text);
  } else {
    EXPECT_FALSE(text.empty()) << expected.text;
    EXPECT_EQ(NumbersIn(text), NumbersIn(expected.text)) << text << " / " << expected.text;
  }
}

class SeedFiguresTest : public ::testing::TestWithParam<ExampleReport> {
 protected:
  void SetUp() override {
    const std::string markdown = testing::ReadFile(FiguresPath());
    if (markdown.empty()) GTEST_SKIP() << "The figures file " << FiguresPath() << " is not here: nothing to compare.";
    const std::string document = testing::ReadFile(GetParam().path);
    if (document.empty()) GTEST_SKIP() << "The report " << GetParam().path << " is not here: nothing to compare.";
    auto report = ReadTextReport(document, testing::ShippedReaderData());
    ASSERT_TRUE(report.ok()) << report.status();
    report_ = *std::move(report);
    const std::string id = "S" + std::to_string(GetParam().number);
    for (Figure& figures : blocks_ = testing::ReadFigures(markdown)) {
      const std::string& name = figures["id"].text;
      if (name == id || name == id + "a" || name == id + "b") figures_.push_back(&figures);
    }
    ASSERT_EQ(figures_.size(), GetParam().number == 1 ? 2u : 1u);
    ASSERT_EQ(report_.content().evaluation_tables_size(), static_cast<int>(figures_.size()));
  }

  bool IsSeed() const { return GetParam().is_seed; }
  bool IsZhengzhou() const { return GetParam().number == 4; }
  const EvaluationTable& Table(size_t i) const { return report_.content().evaluation_tables(static_cast<int>(i)); }
  size_t TableCount() const { return figures_.size(); }

  std::string NarrativeText() const {
    std::string text;
    for (const auto& section : report_.content().sections()) {
      for (const auto& paragraph : section.paragraphs()) text += paragraph.text() + "\n";
    }
    return text;
  }

  std::string TableText() const {
    std::string text;
    for (const auto& row : report_.content().base_data_table().cost_rows()) {
      text += row.budget().as_written() + "\n" + row.final().as_written() + "\n";
    }
    for (const EvaluationTable& table : report_.content().evaluation_tables()) {
      text += table.actual_goals().as_written() + "\n";
    }
    return text;
  }

  Report report_;
  std::vector<Figure> blocks_;
  std::vector<const Figure*> figures_;  // per evaluation table
};

INSTANTIATE_TEST_SUITE_P(, SeedFiguresTest, ::testing::ValuesIn(testing::ExampleReports()),
                         [](const auto& info) { return info.param.name; });

TEST_P(SeedFiguresTest, NamesUnitYearKindAndForm) {
  const auto& content = report_.content();
  const Figure& figures = *figures_[0];
  EXPECT_EQ(std::to_string(content.fiscal_year()), figures["year"].text);
  EXPECT_EQ(content.kind(), report::v1::REPORT_KIND_DEPARTMENT);
  EXPECT_EQ(content.form(), IsZhengzhou() ? "zhengzhou" : "hunan");
  constexpr const char* kDivisions[] = {"430406", "430611", "430203", "430611", "410106"};
  EXPECT_EQ(content.unit().division_code(), kDivisions[GetParam().number]);
  if (!IsSeed()) return;
  if (IsZhengzhou()) {
    EXPECT_EQ(content.unit().name(), "中共上街区委社治委");
  } else if (GetParam().number == 2) {
    const std::string known = figures["unit"].text.substr(0, figures["unit"].text.find(' '));
    EXPECT_EQ(content.unit().name(), ReplaceAll(known, "芦淞区", "芦凇区"));
  } else {
    EXPECT_EQ(content.unit().name(), figures["unit"].text);
  }
}

TEST_P(SeedFiguresTest, ReadsProjectHead) {
  if (GetParam().number != 1) return;
  const std::string head =
      Table(1).project_name().as_written() + " (主管部门: " + Table(1).supervising_department().as_written() + ")";
  EXPECT_EQ(Table(1).kind(), report::v1::REPORT_KIND_PROJECT);
  if (IsSeed()) {
    EXPECT_EQ(head, (*figures_[1])["unit"].text);
  }
}

const FundRow* FindFund(const EvaluationTable& table, const std::string& label) {
  for (const FundRow& row : table.fund_rows()) {
    if (row.label() == label) return &row;
  }
  return nullptr;
}

void ExpectTask(const Figure& expected, const EvaluationTable& table, bool is_seed, int index) {
  ASSERT_LT(index, table.tasks_size());
  const auto& task = table.tasks(index);
  if (is_seed) {
    EXPECT_THAT(task.name().as_written(),
                ::testing::StartsWith(expected[0].text.substr(std::string_view("任务:").size())));
  }
  ExpectMoney(expected[1], task.budget());
  ExpectMoney(expected[2], task.budget_fiscal());
  ExpectMoney(expected[3], task.executed());
  ExpectMoney(expected[3], task.executed_fiscal());
  ExpectRate(expected[5], task.execution_rate());
}

TEST_P(SeedFiguresTest, ReadsFunds) {
  for (size_t i = 0; i < TableCount(); ++i) {
    std::set<std::string> labels;
    int task_count = 0;
    for (const Figure& expected : (*figures_[i])["funds"].items) {
      SCOPED_TRACE(expected[0].text);
      if (expected[0].text.starts_with("任务:")) {
        ExpectTask(expected, Table(i), IsSeed(), task_count++);
        continue;
      }
      const FundRow* row = FindFund(Table(i), expected[0].text);
      ASSERT_NE(row, nullptr);
      labels.insert(row->label());
      ExpectMoney(expected[1], row->initial_budget());
      ExpectMoney(expected[2], row->adjusted_budget());
      ExpectMoney(expected[3], row->executed());
      ExpectPoints(expected[4], row->weight());
      ExpectRate(expected[5], row->execution_rate());
      ExpectPoints(expected[6], row->score());
    }
    EXPECT_EQ(task_count, Table(i).tasks_size());
    for (const FundRow& row : Table(i).fund_rows()) {
      if (labels.contains(row.label())) continue;
      EXPECT_EQ(row.executed().as_written() + row.initial_budget().as_written() + row.adjusted_budget().as_written(),
                "")
          << "not among the figures: " << row.label();
    }
  }
}

const Value* FindPart(const google::protobuf::RepeatedPtrField<report::v1::FundPart>& parts, std::string_view key) {
  for (const auto& part : parts) {
    if (Contains(part.label(), key) || (key == "专户非税" && part.role() == report::v1::FUND_ROLE_NON_TAX)) {
      return &part.amount();
    }
  }
  return nullptr;
}

TEST_P(SeedFiguresTest, ReadsSplits) {
  for (size_t i = 0; i < TableCount(); ++i) {
    for (const auto& [key, expected] : (*figures_[i])["source"].pairs) {
      SCOPED_TRACE(key);
      const Value* amount = FindPart(Table(i).by_source(), key);
      ASSERT_NE(amount, nullptr);
      ExpectMoney(expected, *amount);
    }
    for (const auto& [key, expected] : (*figures_[i])["nature"].pairs) {
      SCOPED_TRACE(key);
      const FundRow* row = FindFund(Table(i), key);
      const Value* amount = IsZhengzhou() ? &row->executed() : FindPart(Table(i).by_nature(), key);
      ASSERT_NE(amount, nullptr);
      ExpectMoney(expected, *amount);
    }
    EXPECT_EQ(Table(i).by_source_size(), static_cast<int>((*figures_[i])["source"].pairs.size()));
  }
}

TEST_P(SeedFiguresTest, ReadsIndicators) {
  for (size_t i = 0; i < TableCount(); ++i) {
    const Figure& expected = (*figures_[i])["indicators"];
    ASSERT_EQ(Table(i).indicators_size(), static_cast<int>(expected.items.size()));
    for (size_t k = 0; k < expected.items.size(); ++k) {
      const IndicatorRow& row = Table(i).indicators(static_cast<int>(k));
      SCOPED_TRACE(expected[k][2].text);
      EXPECT_EQ(row.level1(), expected[k][0].text);
      EXPECT_EQ(row.level2(), expected[k][1].text);
      ExpectText(expected[k][2], row.level3().as_written(), IsSeed());
      ExpectText(expected[k][3], row.target().as_written(), IsSeed());
      ExpectText(expected[k][4], row.actual().as_written(), IsSeed());
      ExpectPoints(expected[k][5], row.weight());
      ExpectPoints(expected[k][6], row.score());
      ExpectText(expected[k][7], row.reason().as_written(), IsSeed());
    }
  }
}

TEST_P(SeedFiguresTest, ReadsStatedLevels) {
  for (size_t i = 0; i < TableCount(); ++i) {
    const Figure& expected = (*figures_[i])["stated_levels"];
    if (IsZhengzhou()) {
      EXPECT_EQ(Table(i).level_headers_size(), 0);
      for (const auto& [level1, points] : expected.pairs) {
        int64_t sum = 0;
        for (const IndicatorRow& row : Table(i).indicators()) {
          if (row.level1() == level1) sum += row.weight().points_milli();
        }
        EXPECT_EQ(FormatPoints(sum), points.text) << level1;
      }
      continue;
    }
    ASSERT_EQ(Table(i).level_headers_size(), static_cast<int>(expected.pairs.size()));
    for (int k = 0; k < Table(i).level_headers_size(); ++k) {
      EXPECT_EQ(Table(i).level_headers(k).level1(), expected.pairs[k].first);
      ExpectPoints(expected.pairs[k].second, Table(i).level_headers(k).points());
    }
  }
}

TEST_P(SeedFiguresTest, ReadsTotalsAndGrade) {
  for (size_t i = 0; i < TableCount(); ++i) {
    const Figure& expected = (*figures_[i])["total"];
    ExpectPoints(expected["score"], Table(i).total_score());
    if (IsZhengzhou()) {
      EXPECT_FALSE(Table(i).has_total_weight());
    } else {
      ExpectPoints(expected["weight"], Table(i).total_weight());
    }
    ExpectText(expected["grade"], Table(i).grade().as_written(), true);
  }
}

const report::v1::CostRow* FindCost(const report::v1::BaseDataTable& table, const std::string& key) {
  using namespace report::v1;
  const std::pair<const char*, CostItem> kItems[] = {
      {"三公", COST_ITEM_THREE_PUBLIC},        {"公务接待", COST_ITEM_RECEPTION},
      {"项目支出", COST_ITEM_PROJECTS},        {"公用经费", COST_ITEM_PUBLIC_FUNDS},
      {"办公经费", COST_ITEM_OFFICE},          {"会议培训", COST_ITEM_MEETINGS_TRAINING},
      {"水电差旅", COST_ITEM_UTILITIES_TRAVEL}};
  for (const CostRow& row : table.cost_rows()) {
    for (const auto& [name, item] : kItems) {
      if (name == key && row.item() == item) return &row;
    }
    if (row.item() == COST_ITEM_PROJECT && Contains(row.label(), key)) return &row;
  }
  return nullptr;
}

TEST_P(SeedFiguresTest, ReadsBaseDataTable) {
  const auto& table = report_.content().base_data_table();
  const Figure& base = (*figures_[0])["base"];
  EXPECT_EQ(report_.content().has_base_data_table(), !base.IsNull());
  for (const auto& [key, expected] : base.pairs) {
    SCOPED_TRACE(key);
    if (key == "财政供养") {
      ExpectCount(expected["编制"], table.authorised_staff());
      ExpectCount(expected["在职"], table.actual_staff());
      ExpectRate(expected["控制率"], table.staff_control_rate());
      continue;
    }
    const auto* row = FindCost(table, key);
    ASSERT_NE(row, nullptr);
    ExpectMoney(expected["2023决算"], row->prior_final());
    ExpectMoney(expected["2024预算"], row->budget());
    ExpectMoney(expected["2024决算"], row->final());
  }
}

TEST_P(SeedFiguresTest, KeepsNarrativeFigures) {
  const std::string narrative = RemoveBlanks(NarrativeText());
  const std::vector<std::string> in_tables = NumbersIn(TableText());
  const std::vector<std::string> in_narrative = NumbersIn(narrative);
  for (const auto& [key, expected] : (*figures_[0])["narrative"].pairs) {
    SCOPED_TRACE(key);
    if (key == "考核评分表合计") {
      ExpectPoints(expected, report_.content().work_assessment_sheet().total());
    } else if (expected.text.ends_with('%')) {
      EXPECT_THAT(narrative, ::testing::HasSubstr(expected.text));
    } else if (Contains(key, "(table)")) {
      EXPECT_THAT(in_tables, ::testing::Contains(Normal(expected.text)));
    } else {
      EXPECT_THAT(in_narrative, ::testing::Contains(Normal(expected.text)));
    }
  }
}

}  // namespace
}  // namespace jixiao::intake
