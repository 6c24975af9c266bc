#include "scoring/core/view/report_view.h"

#include <fmt/format.h>

#include <utility>

#include "scoring/core/verdicts/score_table.h"

namespace jixiao::scoring {

ReportView ViewOf(const report::v1::Report& report, const LoadedRuleSet& loaded, const v1::ScoringContext& context,
                  v1::ScoreCard& card) {
  const v1::RuleSet& rule_set = loaded.rule_set;
  ReportView view{report, rule_set, loaded.relation_keys, loaded.divisions, {}, ReadPassages(report.content()),
                  context};
  const auto& content = report.content();
  view.tables.reserve(static_cast<size_t>(content.evaluation_tables_size()));
  for (int i = 0; i < content.evaluation_tables_size(); ++i) {
    const auto& table = content.evaluation_tables(i);
    std::vector<ReadIndicator> indicators = ReadIndicators(table);
    v1::TableScore& score = *card.add_tables();
    ScoreTable(table, i, indicators, rule_set, Detail::kFull, score);
    view.tables.push_back(TableView{table, i, std::move(indicators), score,
                                    CollectFacts(content, view.passages, i, rule_set.total_points_milli())});
  }
  return view;
}

report::v1::Address TableView::Place(const report::v1::Value& value, std::string_view label) const {
  if (value.address().has_label()) return value.address();
  report::v1::Address address;
  address.set_label(fmt::format("{} · {}", TableTitle(table), label));
  address.set_part(report::v1::PART_EVALUATION_TABLE);
  address.set_part_index(index);
  return address;
}

report::v1::Address TableView::PlaceOf(const ReadIndicator& indicator, const report::v1::Value& value,
                                       std::string_view column) const {
  if (value.address().has_label()) return value.address();
  return Place(value, fmt::format("{} · {}", indicator.Label(), column));
}

}  // namespace jixiao::scoring
