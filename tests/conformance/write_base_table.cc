#include <fmt/format.h>

#include <array>

#include "common/domain/decimal.h"
#include "conformance/write_tables.h"

namespace jixiao::conformance {
namespace {

using report::v1::CostItem;

class BaseTableWriter {
 public:
  BaseTableWriter(const Book& book, const Style& style, Draft& draft)
      : book_(book),
        style_(style),
        table_(*draft.content().mutable_base_data_table()),
        cells_(draft, report::v1::PART_BASE_DATA_TABLE, 0, -1) {}

  void Write() {
    table_.set_title(fmt::format("{}年度部门整体支出绩效评价基础数据表", book_.year));
    table_.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
    WriteStaff();
    Cost("三公经费", "三公经费", report::v1::COST_ITEM_THREE_PUBLIC, "three_public", book_.ThreePublic());
    Cost("1、公务用车购置和维护经费", "公务用车购置和维护经费", report::v1::COST_ITEM_VEHICLES, "vehicles",
         book_.Vehicles());
    Cost("其中：公车购置", "公车购置", report::v1::COST_ITEM_VEHICLE_PURCHASE, "vehicle_purchase",
         book_.vehicle_purchase);
    Cost("公车运行维护", "公车运行维护", report::v1::COST_ITEM_VEHICLE_RUNNING, "vehicle_running",
         book_.vehicle_running);
    Cost("2、出国经费", "出国经费", report::v1::COST_ITEM_ABROAD, "abroad", book_.abroad);
    Cost("3、公务接待", "公务接待", report::v1::COST_ITEM_RECEPTION, "reception", book_.reception);
    WriteProjects();
    Cost("公用经费", "公用经费", report::v1::COST_ITEM_PUBLIC_FUNDS, "public_funds", book_.PublicFunds());
    Cost("其中：办公经费", "办公经费", report::v1::COST_ITEM_OFFICE, "office", book_.office);
    Cost("水费、电费、差旅费", "水费、电费、差旅费", report::v1::COST_ITEM_UTILITIES_TRAVEL, "utilities_travel",
         book_.utilities);
    Cost("会议费、培训费", "会议费、培训费", report::v1::COST_ITEM_MEETINGS_TRAINING, "meetings_training",
         book_.meetings);
    WriteRest();
  }

 private:
  void WriteStaff() {
    const std::string path = "基础数据表 · 财政供养人员 · ";
    cells_.At(1, 1);
    cells_.Figure(*table_.mutable_authorised_staff(), path + "编制数", fmt::format("{}", book_.authorised_staff),
                  Scale::kCount, "base.staff.authorised");
    cells_.Figure(*table_.mutable_actual_staff(), fmt::format("{}{}年实际在职人数", path, book_.year),
                  fmt::format("{}", book_.actual_staff), Scale::kCount, "base.staff.actual");
    cells_.Figure(*table_.mutable_staff_control_rate(), path + "控制率",
                  RateText(book_.actual_staff, book_.authorised_staff), Scale::kRate, "base.staff.control_rate");
  }

  void Cost(const std::string& label, const std::string& name, CostItem item, const std::string& key,
            const Amounts& amounts) {
    auto& row = *table_.add_cost_rows();
    row.set_label(label);
    row.set_item(item);
    // A project's key holds its position, as the engine's does.
    const std::string position =
        item == report::v1::COST_ITEM_PROJECT ? fmt::format(".{}", table_.cost_rows_size() - 1) : "";
    const std::string path = fmt::format("基础数据表 · {} · ", name);
    const auto money = [&](int64_t fen) {
      return fen == 0 && !style_.writes_zeros ? std::string() : WanYuan(fen, style_);
    };
    cells_.At(row_++, 1);
    cells_.Figure(*row.mutable_prior_final(), fmt::format("{}{}年决算数", path, book_.year - 1), money(amounts.prior),
                  Scale::kMoney, fmt::format("base.{}.prior_final{}", key, position));
    cells_.Figure(*row.mutable_budget(), fmt::format("{}{}年预算数", path, book_.year), money(amounts.budget),
                  Scale::kMoney, fmt::format("base.{}.budget{}", key, position));
    cells_.Figure(*row.mutable_final(), fmt::format("{}{}年决算数", path, book_.year), money(amounts.final),
                  Scale::kMoney, fmt::format("base.{}.final{}", key, position));
  }

  void WriteProjects() {
    Amounts sum;
    std::vector<Amounts> amounts;
    for (const ProjectBook& project : book_.projects) {
      amounts.push_back({project.prior, project.funds.adjusted, project.funds.executed});
      sum = sum + amounts.back();
    }
    Cost("项目支出：", "项目支出", report::v1::COST_ITEM_PROJECTS, "projects", sum);
    for (size_t i = 0; i < book_.projects.size(); ++i) {
      Cost(fmt::format("{}、{}", i + 1, book_.projects[i].name), book_.projects[i].name, report::v1::COST_ITEM_PROJECT,
           "project", amounts[i]);
    }
  }

  void WriteRest() {
    for (const auto& [label, item] : {std::pair{"政府采购金额", report::v1::COST_ITEM_PROCUREMENT},
                                      std::pair{"部门基本支出预算调整", report::v1::COST_ITEM_BASIC_ADJUSTMENT}}) {
      auto& row = *table_.add_cost_rows();
      row.set_label(label);
      row.set_item(item);
      const std::string path = fmt::format("基础数据表 · {} · ", label);
      cells_.At(row_++, 1);
      cells_.Text(*row.mutable_prior_final(), fmt::format("{}{}年决算数", path, book_.year - 1), "——");
      cells_.Text(*row.mutable_budget(), fmt::format("{}{}年预算数", path, book_.year), "");
      cells_.Text(*row.mutable_final(), fmt::format("{}{}年决算数", path, book_.year), "");
    }
    cells_.At(row_ + 2, 1);
    cells_.Text(*table_.mutable_thrift_measures(), "基础数据表 · 厉行节约保障措施",
                "办公用品统一领用登记；会议尽量合并或改为视频；出差乘坐公共交通工具。");
  }

  const Book& book_;
  const Style& style_;
  report::v1::BaseDataTable& table_;
  CellWriter cells_;
  int row_ = 3;
};

struct Criterion {
  std::string_view name;
  int64_t points;
};

}  // namespace

void WriteBaseDataTable(const Book& book, const Style& style, Draft& draft) {
  BaseTableWriter(book, style, draft).Write();
}

void WriteWorkSheet(Random& random, Draft& draft) {
  static constexpr std::array<Criterion, 8> kCriteria = {{{"自评通知", 8},
                                                          {"工作小组", 2},
                                                          {"单位自查", 10},
                                                          {"提交报告", 10},
                                                          {"完整性", 15},
                                                          {"绩效自评表", 20},
                                                          {"反映问题情况", 20},
                                                          {"建议情况", 15}}};
  auto& sheet = *draft.content().mutable_work_assessment_sheet();
  CellWriter cells(draft, report::v1::PART_WORK_ASSESSMENT_SHEET, 0, -1);
  int row = 1;
  int64_t total = 0;
  for (const Criterion& criterion : kCriteria) {
    auto& to = *sheet.add_rows();
    to.set_criterion(std::string(criterion.name));
    const std::string path = fmt::format("自评工作考核评分表 · {} · ", criterion.name);
    const int64_t score = criterion.points - (criterion.points >= 15 ? random.Below(3) : 0);
    total += score;
    cells.At(row++, 1);
    cells.Figure(*to.mutable_weight(), path + "分值", fmt::format("{}分", criterion.points), Scale::kPoints, "");
    cells.Figure(*to.mutable_score(), path + "得分", fmt::format("{}", score), Scale::kPoints, "");
  }
  cells.At(row, 2);
  cells.Figure(*sheet.mutable_total(), "自评工作考核评分表 · 合计", fmt::format("{}", total), Scale::kPoints, "");
}

}  // namespace jixiao::conformance
