#include "publish/render/page_view.h"

#include <fmt/format.h>

#include <map>

#include "common/base/text.h"
#include "publish/core/finding_order.h"
#include "publish/render/display_text.h"
#include "publish/render/findings_view.h"
#include "publish/render/summary_view.h"
#include "publish/render/table_view.h"

namespace jixiao::publish {
namespace {

std::string VersionText(int version) { return fmt::format("第 {} 版", version); }

std::string StateText(const DisclosureHead& head) {
  switch (head.state) {
    case v1::Disclosure::STATE_CORRECTED: return "已被更正";
    case v1::Disclosure::STATE_WITHDRAWN: return "已撤回";
    default: return "现行版本";
  }
}

void AddHeader(const DisclosureHead& head, const std::string& base_url, const Divisions& divisions, View& page) {
  const SubmissionKey& key = head.key.submission;
  const std::string& unit = head.summary.unit_name;
  const std::string subject =
      head.summary.project_name.empty() ? KindText(key.kind) : head.summary.project_name + " 项目支出";
  page.Set("TITLE", fmt::format("{}{}年度{}绩效自评公开", unit, key.fiscal_year, subject));
  page.Set("UNIT", unit);
  page.Set("SUBJECT", fmt::format("{}年度{}绩效自评", key.fiscal_year, subject));
  page.Set("YEAR", std::to_string(key.fiscal_year));
  page.Set("DIVISION", divisions.FullName(key.division_code));
  page.Set("DIVISION_CODE", key.division_code);
  page.Set("UNIT_CODE", key.unit_code);
  page.Set("KIND", KindText(key.kind) + "绩效自评");
  page.Set("VERSION", VersionText(head.key.version));
  page.Set("STATE", StateText(head));
  page.Set("PUBLISH_DATE", DateText(head.publish_time));
  page.Set("PATH", PagePath(head.key));
  page.Set("CANONICAL", base_url + PagePath(head.key));
  page.Set("YEAR_PATH", fmt::format("/?year={}", key.fiscal_year));
  page.Set("DIVISION_PATH", fmt::format("/?year={}&division={}", key.fiscal_year, key.division_code));
}

void AddVersions(const DisclosureHead& head, const std::vector<DisclosureHead>& versions, View& page) {
  const DisclosureHead& newest = versions.front();
  if (head.state == v1::Disclosure::STATE_CORRECTED) {
    View& notice = page.Add("CORRECTED");
    notice.Set("PATH", PagePath(newest.key));
    notice.Set("VERSION", VersionText(newest.key.version));
    notice.Set("DATE", DateText(newest.publish_time));
    notice.Set("STATE", newest.state == v1::Disclosure::STATE_WITHDRAWN ? "（该版本已撤回）" : "");
  }
  if (head.state == v1::Disclosure::STATE_WITHDRAWN) {
    View& notice = page.Add("WITHDRAWN");
    notice.Set("DATE", TimeText(head.withdraw_time));
    notice.Set("REASON", head.withdraw_reason);
  }
  if (versions.size() < 2) return;
  View& list = page.Add("VERSIONS");
  for (const DisclosureHead& version : versions) {
    View& shown = list.Add("ITEM");
    shown.Set("PATH", PagePath(version.key));
    shown.Set("VERSION", VersionText(version.key.version));
    shown.Set("DATE", DateText(version.publish_time));
    shown.Set("STATE", StateText(version));
    if (version.key == head.key) shown.Add("CURRENT");
  }
}

std::string RedactionText(v1::Redaction::Kind kind) {
  switch (kind) {
    case v1::Redaction::KIND_NAME: return "姓名";
    case v1::Redaction::KIND_TELEPHONE: return "电话号码";
    case v1::Redaction::KIND_EMAIL: return "电子邮箱";
    case v1::Redaction::KIND_ACCOUNT: return "社交账号";
    default: return "证件或账户号码";
  }
}

void AddProvenance(const v1::Disclosure& disclosure, const DisclosureHead& head, View& page) {
  View& view = page.Include("PROVENANCE", "provenance");
  const scoring::v1::ScoreCard& card = disclosure.score_card();
  view.Set("REPORT_DIGEST", disclosure.report_digest());
  view.Set("RULE_SET", card.rule_set());
  view.Set("RULE_SET_DIGEST", card.rule_set_digest());
  view.Set("ENGINE", card.engine_version());
  view.Set("PUBLISH_TIME", TimeText(head.publish_time));
  view.Set("JSON_PATH", PagePath(head.key) + ".json");
  view.Set("PB_PATH", PagePath(head.key) + ".pb");
  std::map<v1::Redaction::Kind, int> counts;
  for (const v1::Redaction& redaction : disclosure.redactions()) ++counts[redaction.kind()];
  std::string masked;
  for (const auto& [kind, count] : counts) {
    masked += fmt::format("{}{} {} 处", masked.empty() ? "" : "、", RedactionText(kind), count);
  }
  view.Set("MASKED", masked.empty() ? "公开内容中未发现需要遮盖的个人信息" : "已遮盖" + masked + "（以 * 号代替）");
  view.Set("REDACTION_VERSION", disclosure.redaction_version());
}

}  // namespace

View BuildPageView(const v1::Disclosure& disclosure, const DisclosureHead& head,
                   const std::vector<DisclosureHead>& versions, const std::string& base_url,
                   const Divisions& divisions) {
  View page;
  AddHeader(head, base_url, divisions, page);
  AddVersions(head, versions, page);
  if (head.state == v1::Disclosure::STATE_WITHDRAWN) return page;
  View& body = page.Include("BODY", "body");
  const FindingOrder findings(disclosure.score_card());
  AddSummary(disclosure, findings, body);
  AddFindings(disclosure, findings, body);
  const report::v1::ReportContent& content = disclosure.content();
  for (int i = 0; i < content.evaluation_tables_size(); ++i) {
    AddEvaluationTable(disclosure, i, findings, body);
    const report::v1::EvaluationTable& table = content.evaluation_tables(i);
    View& link = body.Add("TABLE_LINK");
    link.Set("ID", fmt::format("table-{}", i));
    link.Set("TEXT", Trim(table.project_name().as_written()).empty()
                         ? KindText(table.kind()) + "自评表"
                         : "项目自评表：" + std::string(Trim(table.project_name().as_written())));
  }
  if (content.has_base_data_table()) {
    AddBaseDataTable(content.base_data_table(), findings, body);
    body.Add("BASE_DATA_LINK");
  }
  AddWorkAssessment(disclosure, findings, body);
  if (body.includes().contains("WORK")) body.Add("WORK_LINK");
  AddNarrative(content, body);
  if (!content.sections().empty()) body.Add("NARRATIVE_LINK");
  AddProvenance(disclosure, head, body);
  return page;
}

}  // namespace jixiao::publish
