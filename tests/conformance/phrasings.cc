#include "conformance/phrasings.h"

#include <array>

namespace jixiao::conformance {
namespace {

using Text = std::string_view;

constexpr std::array<Text, 5> kStaff = {
    "{year}年末，{we}核定编制{text.staff.authorised}，实有人数{text.staff.actual}，另有退休人员{x.staff.retired}。",
    "{we}编制{text.staff.authorised}，{year}年底在职人数{text.staff.actual}，退休{x.staff.retired}。",
    "经机构编制部门核定，{we}人员编制{text.staff.authorised}，年末实有在职人数{text.staff.actual}。",
    "{we}编制数{text.staff.authorised}，截至{year}年12月31日实有人数为{text.staff.actual}。",
    "人员方面，核定编制人数{text.staff.authorised}，实有人数{text.staff.actual}。"};

constexpr std::array<Text, 3> kOrganisation = {"{we}内设办公室、业务股、财务股等股室，实行一级核算。",
                                               "{we}是独立核算的一级预算单位，财务工作由财务股归口办理。",
                                               "{we}下设综合、业务、财务三个股室，均在同一地点办公。"};

constexpr std::array<Text, 5> kBasicSpending = {
    "{year}年度基本支出{text.basic.executed}，其中人员经费{text.personnel.executed}，公用经费"
    "{text.public_funds.executed}，用于发放工资津贴和保障日常办公。",
    "全年基本支出{text.basic.executed}。其中：人员经费支出{text.personnel.executed}、公用经费支出"
    "{text.public_funds.executed}。",
    "{we}{year}年基本支出合计{text.basic.executed}，主要用于在职人员待遇、水电和办公费用；其中人员支出"
    "{text.personnel.executed}，公用支出{text.public_funds.executed}。",
    "{year}年度一般公共预算财政拨款支出{text.general.basic}，主要是工资福利和日常公用开支。",
    "本年度基本支出为{text.basic.executed}，人员经费{text.personnel.executed}，公用经费{text.public_funds.executed}。"};

constexpr std::array<Text, 5> kProjectSpending = {
    "{year}年度项目支出{text.project.executed}，共{x.projects.count}，均按批复的用途使用。",
    "全年项目支出合计{text.project.executed}，资金实行专账核算、专款专用。",
    "{we}{year}年项目支出{text.project.executed}，用于完成年度专项工作任务。",
    "{year}年度一般公共预算财政拨款支出{text.general.project}，用于专项业务工作。",
    "本年度项目支出共{text.project.executed}，按合同约定和工程进度支付。"};

constexpr std::array<Text, 3> kGovernmentFund = {
    "{year}年政府性基金预算支出{text.government_fund.executed}，用于{first_project}。",
    "{we}政府性基金预算支出{text.government_fund.executed}，全部用于{first_project}。",
    "全年安排政府性基金预算支出{text.government_fund.executed}，按规定用途使用。"};

constexpr std::array<Text, 4> kNothing = {"无。", "无", "本年度没有此项支出。", "{we}{year}年度未安排此项预算。"};

constexpr std::array<Text, 5> kTotalSpending = {
    "{year}年{we}整体支出{text.total.executed}，其中基本支出{text.basic.executed}，占整体支出的{x.share.basic}"
    "；项目支出"
    "{text.project.executed}，占整体支出的{x.share.project}。",
    "{year}年全年支出{text.total.executed}，完成全年预算的{x.rate.total}。其中：基本支出{text.basic.executed}、项目支出"
    "{text.project.executed}。",
    "全年支出合计{text.total.executed}，按支出性质分，基本支出{text.basic.executed}（占{x.share.basic}），项目支出"
    "{text.project.executed}（占{x.share.project}）。",
    "{we}{year}年度整体支出共计{text.total.executed}。从构成看，基本支出{text.basic.executed}，项目支出"
    "{text.project.executed}。",
    "按决算口径，{year}年度整体支出{text.total.executed}，预算执行率{x.rate.total}。"};

constexpr std::array<Text, 4> kThreePublic = {
    "{year}年“三公经费”预算{text.three_public.budget}，其中：公务接待费{text.reception.budget}，公务用车购置及运行费"
    "{text.vehicles.budget}，因公出国（境）费{text.abroad.budget}。{year}年“三公经费”实际支出"
    "{text.three_public.executed}，其中：公务接待费{text.reception.executed}，公务用车购置及运行费"
    "{text.vehicles.executed}，因公出国（境）费{text.abroad.executed}。",
    "全年三公经费支出{text.three_public.executed}，比上年{three_public_change}，其中公务接待费{text.reception.executed}"
    "、"
    "公务用车购置及运行维护费{text.vehicles.executed}、因公出国（境）费{text.abroad.executed}。",
    "{year}年三公经费预算为{text.three_public.budget}，其中：公务用车购置及运行费{text.vehicles.budget}、公务接待费"
    "{text.reception.budget}、因公出国（境）费{text.abroad.budget}。三公经费决算为{text.three_public.executed}，其中："
    "公务用车购置及运行费{text.vehicles.executed}、公务接待费{text.reception.executed}、因公出国（境）费"
    "{text.abroad.executed}。各项开支均在预算之内。",
    "{we}严格执行公务接待和车辆管理规定，{year}年“三公经费”预算{text.three_public.budget}，实际完成"
    "{text.three_public.executed}。"};

constexpr std::array<Text, 3> kAssets = {"固定资产逐件登记，年末与财务账核对一致，闲置资产及时调剂。",
                                         "资产购置按配置标准执行，领用、交接、报废手续齐全。",
                                         "年末对固定资产进行了盘点，账实相符。"};

constexpr std::array<Text, 4> kSelfScore = {
    "对照评价指标逐项打分，{we}{year}年度部门整体支出绩效自评得分{text.self_score}。",
    "经逐项核对佐证材料，本次自评得分为{text.self_score}。",
    "按照自评表的评分标准，{we}整体支出绩效自评得分{text.self_score}，扣分原因已在表中逐条说明或无扣分事项。",
    "{year}年度整体支出综合得分{text.self_score}。"};

constexpr std::array<Text, 3> kConclusion = {
    "经自评，{we}{year}年度部门整体绩效评价得分为{text.self_score}，自评结果为{grade}。",
    "根据各项指标完成情况打分，{year}年度自评得分{text.self_score}，等级为{grade}。",
    "{we}{year}年度部门整体绩效自评得分为{text.self_score}，自评结果为{grade}，各项指标完成情况见附表。"};

constexpr std::array<Text, 3> kFundsOfParts = {
    "{year}年部门预算批复资金{text.total.budget}，实际到位和支出{text.total.executed}，预算执行率为{x.rate.total}"
    "。其中："
    "基本支出{text.basic.executed}，预算执行率为{x.rate.basic}；项目支出{text.project.executed}，预算执行率为"
    "{x.rate.project}。",
    "{we}{year}年预算批复资金{text.total.budget}，全年支出{text.total.executed}，执行率{x.rate.total}。其中基本支出"
    "{text.basic.executed}，执行率{x.rate.basic}；项目支出{text.project.executed}，执行率{x.rate.project}。",
    "{year}年部门预算批复资金{text.total.budget}；全年支出{text.total.executed}。基本支出{text.basic.executed}"
    "，预算执行率"
    "{x.rate.basic}。项目支出{text.project.executed}，预算执行率{x.rate.project}。"};

constexpr std::array<Text, 3> kManagement = {"{we}按财务制度管理收支，大额支出经集体研究，支付手续完备。",
                                             "资金使用实行事前审批、事中核对、事后公示，没有发现违规使用情况。",
                                             "全年按月核对支付进度，对进度偏慢的项目当月提醒。"};

constexpr std::array<Text, 3> kSelfEvaluationWork = {
    "{we}成立由分管负责人牵头的自评工作小组，财务股与业务股共同收集资料、核对数据、逐项打分。",
    "自评分为布置、自查、汇总三个阶段，各股室先行自查，财务股复核后形成报告。",
    "{we}印发自评工作通知，明确职责分工和完成时间，评分依据均留存备查。"};

constexpr std::array<Text, 3> kResultUse = {"{we}将把自评结果用于编制下年预算，对执行偏慢的项目相应调减。",
                                            "自评发现的问题列入整改清单，明确责任股室和完成时间。",
                                            "自评结果与下年项目安排挂钩，先整改、后安排。"};

constexpr std::array<Text, 3> kPublication = {"本报告随{year}年度部门决算在政府门户网站一并公开。",
                                              "{we}将在政府门户网站预决算公开专栏公开本报告。",
                                              "按预决算公开的要求，本报告在政府门户网站公开，接受监督。"};

constexpr std::array<Text, 3> kExperience = {
    "主要做法是把指标完成情况按季度登记，年末不再补资料；建议加强对新任财务人员的指标编制培训。",
    "经验是业务股室全程参与打分；问题是佐证材料的格式不统一；建议印发统一的材料清单。",
    "自评工作中体会较深的是目标编得细，年末才评得实；建议分行业提供指标范例。"};

}  // namespace

std::span<const std::string_view> Phrasings(Topic topic) {
  switch (topic) {
    case Topic::kStaff: return kStaff;
    case Topic::kOrganisation: return kOrganisation;
    case Topic::kBasicSpending: return kBasicSpending;
    case Topic::kProjectSpending: return kProjectSpending;
    case Topic::kGovernmentFund: return kGovernmentFund;
    case Topic::kNothing: return kNothing;
    case Topic::kTotalSpending: return kTotalSpending;
    case Topic::kThreePublic: return kThreePublic;
    case Topic::kAssets: return kAssets;
    case Topic::kSelfScore: return kSelfScore;
    case Topic::kConclusion: return kConclusion;
    case Topic::kFundsOfParts: return kFundsOfParts;
    case Topic::kManagement: return kManagement;
    case Topic::kSelfEvaluationWork: return kSelfEvaluationWork;
    case Topic::kResultUse: return kResultUse;
    case Topic::kPublication: return kPublication;
    case Topic::kExperience: return kExperience;
  }
  return kNothing;
}

}  // namespace jixiao::conformance
