// Mistakes of wording, of names and of what stands beside the tables.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "conformance/plant.h"

namespace jixiao::conformance {
namespace {

namespace sc = scoring::v1;
using report::v1::Address;

Address PlaceOf(int section, int paragraph) {
  Address address;
  address.set_label("正文");
  address.set_part(report::v1::PART_SECTION);
  address.set_part_index(section);
  if (paragraph >= 0) address.set_row_index(paragraph);
  return address;
}

Address DocumentPlace() {
  Address address;
  address.set_label("报告");
  address.set_part(report::v1::PART_DOCUMENT);
  return address;
}

int SectionOf(Planting& planting, std::initializer_list<report::v1::SectionRole> roles) {
  const auto& sections = planting.content().sections();
  for (int i = 0; i < sections.size(); ++i) {
    if (std::find(roles.begin(), roles.end(), sections[i].role()) != roles.end()) return i;
  }
  return -1;
}

// Adds a paragraph to the section on performance.
bool AddSentence(Planting& planting, const std::string& text) {
  const int section = SectionOf(planting, {report::v1::SECTION_ROLE_PERFORMANCE});
  if (section < 0) return false;
  auto& paragraphs = *planting.content().mutable_sections(section)->mutable_paragraphs();
  paragraphs.Add()->set_text(text);
  planting.Place(PlaceOf(section, paragraphs.size() - 1));
  return true;
}

bool SectionNumberOff(Planting& planting) {
  auto& sections = *planting.content().mutable_sections();
  if (sections.size() < 5) return false;
  const int index = static_cast<int>(planting.random().Between(2, sections.size() - 2));
  sections[index].set_number(sections[index + 1].number());
  planting.Place(PlaceOf(index, -1));
  planting.Place(PlaceOf(index + 1, -1));
  planting.Place(DocumentPlace());
  return planting.Expect({"SECTION_NUMBERING"});
}

// Marks of an editor that the reader took out and noted.
bool BookmarkLeft(Planting& planting) {
  auto& provenance = *planting.draft().report().mutable_provenance();
  provenance.set_reader("text/1");
  auto& change = *provenance.add_changes();
  change.set_kind(report::v1::CHANGE_KIND_BOOKMARK_REMOVED);
  change.set_before("[bookmark: _GoBack]");
  planting.Place(DocumentPlace());
  return planting.Expect({"TEXT_DAMAGE"});
}

bool Misspelt(Planting& planting) {
  static constexpr std::array<const char*, 4> kSentences = {
      "各股室带头例行节约，压减一般性开支。", "年内调处邻里纠分多起，没有发生越级上访。", "全年工作早布署、早落实。",
      "各项开支比上年持平，管理进一步规范。"};
  return AddSentence(planting, planting.random().Pick(kSentences)) && planting.Expect({"TYPO"});
}

bool ForeignUnit(Planting& planting) {
  static constexpr std::array<const char*, 3> kUnits = {"民政局", "城市管理局", "审计局"};
  const std::string unit = planting.random().Pick(kUnits);
  if (planting.book().unit_name.find(unit) != std::string::npos) return false;
  return AddSentence(planting, fmt::format("为保障{}各项工作的正常运转发挥了重要作用。", unit)) &&
         planting.Expect({"FOREIGN_UNIT", "TEMPLATE_REUSE"});
}

// The whole name of another unit of the same county in a table's head.
bool AnotherUnit(Planting& planting) {
  auto& table = *planting.content().mutable_evaluation_tables(0);
  // A project may be carried out by a unit below.
  if (table.kind() != report::v1::REPORT_KIND_DEPARTMENT) return false;
  auto& name = *table.mutable_unit_name();
  planting.ChangeCell(name, planting.book().place + "机关事务服务中心");
  planting.Place(DocumentPlace());
  return planting.Expect({"WRONG_UNIT"});
}

bool SignatureBlank(Planting& planting) {
  auto& blocks = *planting.content().mutable_signature_blocks();
  if (blocks.empty()) return false;
  for (auto& block : blocks) {
    block.set_has_preparer(false);
    block.set_has_date(false);
    block.set_has_telephone(false);
    block.set_has_signature(false);
    planting.Place(block.address());
  }
  planting.Place(DocumentPlace());
  return planting.Expect({"SIGN_BLANK"});
}

bool OnlyMoney(Planting& planting) {
  const int section = SectionOf(planting, {report::v1::SECTION_ROLE_PROBLEMS});
  if (section < 0) return false;
  auto& paragraphs = *planting.content().mutable_sections(section)->mutable_paragraphs();
  paragraphs.Clear();
  paragraphs.Add()->set_text("1.经费不足，年初预算安排的资金偏少。");
  planting.Place(PlaceOf(section, -1));
  return planting.Expect({"PROBLEMS_ONLY_MONEY"});
}

bool SheetTotalOff(Planting& planting) {
  if (!planting.content().has_work_assessment_sheet()) return false;
  auto& total = *planting.content().mutable_work_assessment_sheet()->mutable_total();
  const int64_t points = total.points_milli() - 1'000 * planting.random().Between(2, 6);
  WriteCell(total, FormatPoints(points), Scale::kPoints, Address(total.address()));
  planting.Place(total.address());
  return planting.Expect({"WORK_SUM"});
}

bool ControlRateOff(Planting& planting) {
  const int figure = planting.draft().CellOf("base.staff.control_rate", -1);
  if (figure < 0) return false;
  const int64_t rate = planting.draft().at(figure).number - planting.random().Between(20, 150) * 1'000;
  planting.Place(planting.draft().AddressOf(figure));
  planting.draft().Set(figure, FormatRatePercent(rate));
  return planting.Expect({"STAFF_RATE"});
}

// The number of things done, in the narrative other than in the table.
bool CountDiffers(Planting& planting) {
  const int section = SectionOf(planting, {report::v1::SECTION_ROLE_PERFORMANCE});
  if (section < 0) return false;
  std::vector<std::pair<int, const IndicatorBook*>> said;
  auto& paragraphs = *planting.content().mutable_sections(section)->mutable_paragraphs();
  for (int p = 0; p < paragraphs.size(); ++p) {
    for (const IndicatorBook& row : planting.book().table.indicators) {
      if (row.level2 == "数量" && paragraphs[p].text().find(row.name + row.actual) != std::string::npos) {
        said.emplace_back(p, &row);
      }
    }
  }
  if (said.empty()) return false;
  const auto& [paragraph, row] = planting.random().Pick(said);
  const std::string other =
      fmt::format("{}{}", row->actual_centi / 100 + planting.random().Between(3, 30), row->measure);
  paragraphs[paragraph].set_text(ReplaceAll(paragraphs[paragraph].text(), row->name + row->actual, row->name + other));
  Address place = PlaceOf(section, paragraph);
  place.set_label(fmt::format("正文 · 第 {} 段 · “{}{}”", paragraph + 1, row->name, other));
  planting.Place(place);
  return planting.Expect({"NARR_VS_TABLE"});
}

// Marks that need a look at the reason: a point off for the cost, though the
// ceiling was kept.
bool CostDeducted(Planting& planting) {
  auto& tables = *planting.content().mutable_evaluation_tables();
  const int index = static_cast<int>(planting.random().Below(tables.size()));
  const TableBook& book = planting.TableOf(index);
  for (int i = 0; i < tables[index].indicators_size(); ++i) {
    const IndicatorBook& truth = book.indicators[static_cast<size_t>(i)];
    if (truth.level2 != "成本" || truth.is_missed || !truth.is_ceiling || truth.weight < 1'500) continue;
    auto& row = *tables[index].mutable_indicators(i);
    row.mutable_reason()->set_as_written("预算减少");
    planting.Place(row.reason().address());
    planting.Place(row.score().address());
    planting.draft().Set(planting.draft().CellOf(fmt::format("table.rows.score.{}", i), index),
                         FormatPoints(truth.weight - 1'000));
    planting.FollowTotal(index);
    return planting.Expect({"COST_DEDUCT", "MET_BUT_DEDUCTED"});
  }
  return false;
}

// The name of the indicator in the column of targets.
bool TargetIsName(Planting& planting) {
  auto& tables = *planting.content().mutable_evaluation_tables();
  const int index = static_cast<int>(planting.random().Below(tables.size()));
  std::vector<int> rows;
  for (int i = 0; i < tables[index].indicators_size(); ++i) {
    if (planting.TableOf(index).indicators[static_cast<size_t>(i)].measure == "定性指标") rows.push_back(i);
  }
  if (rows.empty()) return false;
  auto& row = *tables[index].mutable_indicators(planting.random().Pick(rows));
  planting.ChangeCell(*row.mutable_target(), row.level3().as_written());
  return planting.Expect({"TARGET_IS_NAME"});
}

bool WordsForRate(Planting& planting) {
  auto& tables = *planting.content().mutable_evaluation_tables();
  const int index = static_cast<int>(planting.random().Below(tables.size()));
  std::vector<int> rows;
  for (int i = 0; i < tables[index].indicators_size(); ++i) {
    const IndicatorBook& truth = planting.TableOf(index).indicators[static_cast<size_t>(i)];
    if (truth.measure == "%" && truth.level2 == "质量" && !truth.is_missed) rows.push_back(i);
  }
  if (rows.empty()) return false;
  auto& row = *tables[index].mutable_indicators(planting.random().Pick(rows));
  planting.ChangeCell(*row.mutable_actual(), "基本完成");
  return planting.Expect({"QUAL_WHERE_RATE"});
}

}  // namespace

std::vector<Kind> TextKinds() {
  return {
      {"COUNT_DIFFERS", "正文件数与表不同", CountDiffers, {"NARR_VS_TABLE"}, true, true},
      {"CONTROL_RATE_OFF", "控制率算错", ControlRateOff, {"STAFF_RATE"}, true, true},
      {"COST_DEDUCTED", "成本未超却扣分", CostDeducted, {"COST_DEDUCT"}, false, false},
      {"TARGET_IS_NAME", "指标值照抄指标名称", TargetIsName, {"TARGET_IS_NAME"}, false, true},
      {"WORDS_FOR_RATE", "比率指标写成文字", WordsForRate, {"QUAL_WHERE_RATE"}, false, true},
      {"SECTION_NUMBER_OFF", "标题编号重复", SectionNumberOff, {"SECTION_NUMBERING"}, true, true},
      {"BOOKMARK_LEFT", "残留编辑标记", BookmarkLeft, {"TEXT_DAMAGE"}, true, true},
      {"MISSPELT", "错别字", Misspelt, {"TYPO"}, true, true},
      {"FOREIGN_UNIT", "套用其他单位文字", ForeignUnit, {"FOREIGN_UNIT"}, true, true},
      {"ANOTHER_UNIT", "表内是另一个单位", AnotherUnit, {"WRONG_UNIT"}, false, true},
      {"SIGNATURE_BLANK", "签字栏空白", SignatureBlank, {"SIGN_BLANK"}, true, false},
      {"ONLY_MONEY", "问题只谈缺钱", OnlyMoney, {"PROBLEMS_ONLY_MONEY"}, true, true},
      {"SHEET_TOTAL_OFF", "考核评分表加错", SheetTotalOff, {"WORK_SUM"}, true, true},
  };
}

}  // namespace jixiao::conformance
