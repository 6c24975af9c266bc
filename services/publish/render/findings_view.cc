#include "publish/render/findings_view.h"

#include <algorithm>
#include <map>

#include "common/base/text.h"
#include "publish/render/display_text.h"

namespace jixiao::publish {
namespace {

std::string_view LikelihoodText(scoring::v1::Likelihood likelihood) {
  switch (likelihood) {
    case scoring::v1::LIKELIHOOD_HIGH: return "很可能的原因";
    case scoring::v1::LIKELIHOOD_TIED: return "并列的可能原因";
    default: return "可能的原因";
  }
}

// Text of the unit by finding id.
using Explanations = std::map<std::string, std::string>;

void FillItem(const NumberedFinding& numbered, const Explanations& explanations, View& item) {
  const scoring::v1::Finding& finding = *numbered.finding;
  item.Set("NUMBER", std::to_string(numbered.number));
  for (const report::v1::Address& place : finding.places()) item.AddText("PLACE", place.label());
  const auto fact = [&](const char* part, const std::string& text) {
    if (!Trim(text).empty()) item.AddText(part, text);
  };
  fact("VALUE", finding.value());
  fact("EXPECTED", finding.expected());
  fact("DIFFERENCE", finding.difference());
  if (const auto found = explanations.find(finding.id()); found != explanations.end()) {
    fact("EXPLANATION", found->second);
  }
  for (const scoring::v1::Suggestion& suggestion : finding.suggestions()) {
    View& shown = item.Add("SUGGESTION");
    shown.Set("TEXT", suggestion.text());
    shown.Set("LIKELIHOOD", LikelihoodText(suggestion.likelihood()));
    for (const scoring::v1::SuggestedChange& change : suggestion.changes()) {
      View& cell = shown.Add("CHANGE");
      cell.Set("PLACE", change.address().label());
      cell.Set("FROM", change.from());
      cell.Set("TO", change.to());
    }
  }
}

using Findings = std::vector<NumberedFinding>;

// One card a rule: each of its findings as an item, the explanation once.
void AddCards(const Findings& findings, const Explanations& explanations, const char* part, View& view) {
  for (auto first = findings.begin(); first != findings.end();) {
    const auto last = std::find_if(first, findings.end(), [&](const NumberedFinding& other) {
      return other.finding->rule_id() != first->finding->rule_id();
    });
    const scoring::v1::Finding& finding = *first->finding;
    const SeverityText severity = TextOf(finding.severity());
    View& card = view.Include(part, "finding");
    card.Set("NUMBER", std::to_string(first->number));
    card.Set("CLASS", severity.css_class);
    card.Set("SIGN", severity.sign);
    card.Set("SEVERITY", severity.title);
    card.Set("TITLE", finding.title().empty() ? finding.rule_id() : finding.title());
    if (last - first > 1) card.AddText("TIMES", std::to_string(last - first));
    Findings dependants;
    for (auto it = first; it != last; ++it) {
      FillItem(*it, explanations, card.Add("ITEM"));
      dependants.insert(dependants.end(), it->dependants.begin(), it->dependants.end());
    }
    const auto fact = [&](const char* name, const std::string& text) {
      if (!Trim(text).empty()) card.AddText(name, text);
    };
    fact("WHY", finding.why());
    fact("FIX", finding.how_to_fix());
    fact("CLAUSE", finding.clause());
    if (!dependants.empty()) {
      View& folded = card.Add("FOLDED");
      folded.Set("COUNT", std::to_string(dependants.size()));
      AddCards(dependants, explanations, "DEPENDANT", folded);
    }
    first = last;
  }
}

}  // namespace

void AddFindings(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page) {
  Explanations explanations;
  for (const auto& each : disclosure.explanations()) explanations.emplace(each.finding_id(), each.text());
  View& view = page.Include("FINDINGS", "findings");
  bool is_empty = true;
  for (const scoring::v1::Severity severity : kSeveritiesByWeight) {
    const std::vector<NumberedFinding>& roots = findings.Roots(severity);
    if (roots.empty()) continue;
    is_empty = false;
    const SeverityText text = TextOf(severity);
    View& group = view.Add("GROUP");
    group.Set("TITLE", text.title);
    group.Set("SIGN", text.sign);
    group.Set("CLASS", text.css_class);
    group.Set("MEANING", text.meaning);
    AddCards(roots, explanations, "FINDING", group);
  }
  if (is_empty) view.Add("NONE");
}

}  // namespace jixiao::publish
