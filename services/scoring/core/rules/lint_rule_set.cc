#include "scoring/core/rules/lint_rule_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "common/domain/working_calendar.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/rules/lint_work_rubric.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kWhole = 1'000'000;
constexpr int64_t kFullPoints = 100'000;

class Lint {
 public:
  Lint(const v1::RuleSet& rule_set, const Origins& origins) : rule_set_(rule_set), origins_(origins) {}

  std::vector<FieldViolation> Run() {
    Identity();
    Weights();
    Tiers();
    Bands();
    Clauses();
    Rules();
    Thresholds();
    PublishTerms();
    Relations();
    if (rule_set_.has_work_rubric()) {
      for (const FieldViolation& problem : LintWorkRubric(rule_set_.work_rubric())) {
        Problem(problem.field, problem.description);
      }
    }
    return std::move(problems_);
  }

 private:
  // An entry of a list, for example `rules`, its place, and what people call it.
  struct Entry {
    std::string list;
    int index;
    std::string name;
  };

  void Problem(std::string_view field, const std::string& description) {
    const std::string_view top = field.substr(0, field.find('.'));
    problems_.push_back({fmt::format("{} {}", origins_.Of(top), field), description});
  }
  void Require(bool condition, std::string_view field, const std::string& description) {
    if (!condition) Problem(field, description);
  }
  void Require(bool condition, const Entry& entry, const std::string& description) {
    if (condition) return;
    problems_.push_back(
        {fmt::format("{} {}[{}]", origins_.Of(entry.list, entry.index), entry.list, entry.name), description});
  }

  void Identity() {
    const std::string& name = rule_set_.name();
    const std::string_view id = std::string_view(name).substr(std::min<size_t>(name.size(), 9));
    Require(name.starts_with("rulesets/") && !id.empty() &&
                id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos,
            "name", "must be `rulesets/` and lower-case letters, digits and `-`");
    Require(!rule_set_.title().empty(), "title", "is missing");
    Require(rule_set_.sources_size() > 0, "sources", "name at least one document");
    const auto& applies_to = rule_set_.applies_to();
    Require(applies_to.division_codes_size() > 0, "applies_to.division_codes", "name at least one division");
    for (const std::string& code : applies_to.division_codes()) {
      Require(code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos,
              "applies_to.division_codes", fmt::format("`{}` is not six digits", code));
    }
    for (const std::string& form : applies_to.forms()) {
      Require(!form.empty() && form.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos,
              "applies_to.forms", fmt::format("`{}` is not lower-case letters, digits, `-` and `_`", form));
    }
    Require(applies_to.kinds_size() > 0, "applies_to.kinds", "name at least one kind of report");
    Require(applies_to.first_fiscal_year() >= 2015 && applies_to.last_fiscal_year() <= 2100 &&
                applies_to.first_fiscal_year() <= applies_to.last_fiscal_year(),
            "applies_to", "years must exist and run forward, within 2015 to 2100");
  }

  void Weights() {
    Require(rule_set_.total_points_milli() == kFullPoints, "total_points_milli", "must be 100000");
    Require(rule_set_.has_quantitative_formula(), "quantitative_formula", "is missing");
    Require(rule_set_.execution().has_weight_milli() && rule_set_.execution().has_score_tolerance_milli() &&
                rule_set_.execution().has_rate_rounding_ppm(),
            "execution", "weight, score tolerance and rate rounding are required");
    Require(rule_set_.execution().weight_milli() >= 0, "execution.weight_milli", "must not be negative");
    Require(!rule_set_.execution().has_reason_below_ppm() ||
                (rule_set_.execution().reason_below_ppm() > 0 && rule_set_.execution().reason_below_ppm() <= kWhole),
            "execution.reason_below_ppm", "must be above 0 and at most 1000000");
    int64_t sum = rule_set_.execution().weight_milli();
    std::set<std::string> seen;
    for (int i = 0; i < rule_set_.levels_size(); ++i) {
      const v1::LevelRule& level = rule_set_.levels(i);
      const Entry entry{"levels", i, level.level1()};
      sum += level.weight_milli();
      Require(level.weight_milli() > 0, entry, "has no weight");
      Require(seen.insert(level.level1()).second, entry, "stands twice");
      for (const std::string& included : level.includes()) {
        Require(seen.insert(included).second, entry, fmt::format("`{}` counts to two levels", included));
      }
    }
    Require(sum == rule_set_.total_points_milli(), "levels",
            fmt::format("execution and levels sum to {} points, not {}", FormatPoints(sum),
                        FormatPoints(rule_set_.total_points_milli())));
    Require(rule_set_.indicator_tolerance_milli() >= 0 && rule_set_.indicator_tolerance_milli() <= 1000,
            "indicator_tolerance_milli", "must be within 0 and 1000");
  }

  void Clauses() {
    std::set<int> topics;
    for (int i = 0; i < rule_set_.scoring_clauses_size(); ++i) {
      const v1::ScoringClause& clause = rule_set_.scoring_clauses(i);
      topics.insert(clause.topic());
      RestsOnASource(clause.clause(), Entry{"scoring_clauses", i, v1::ScoringTopic_Name(clause.topic())});
    }
    if (rule_set_.ungraded()) topics.insert(v1::SCORING_TOPIC_GRADE);
    for (int topic = v1::ScoringTopic_MIN + 1; topic <= v1::ScoringTopic_MAX; ++topic) {
      Require(topics.contains(topic), "scoring_clauses",
              fmt::format("{} has no clause", v1::ScoringTopic_Name(static_cast<v1::ScoringTopic>(topic))));
    }
  }

  void Tiers() {
    int64_t expected_upper = kWhole;
    std::set<std::string> words;
    for (int i = 0; i < rule_set_.tiers_size(); ++i) {
      const v1::Tier& tier = rule_set_.tiers(i);
      const Entry entry{"tiers", i, std::to_string(i + 1)};
      Require(tier.upper_ppm() == expected_upper, entry,
              fmt::format("gap or overlap at {} ppm of the weight", expected_upper));
      Require(tier.lower_ppm() < tier.upper_ppm(), entry, "a tier's bounds must run downward");
      expected_upper = tier.lower_ppm();
      for (const auto* list : {&tier.words(), &tier.suggestive_words(), &tier.suggestive_phrases()}) {
        for (const std::string& word : *list) {
          Require(words.insert(word).second, entry, fmt::format("`{}` stands for two tiers", word));
        }
      }
    }
    Require(expected_upper == 0 && rule_set_.tiers_size() > 0, "tiers", "the last tier must reach down to 0");
  }

  void Bands() {
    int64_t above = kFullPoints + 1;
    for (int i = 0; i < rule_set_.grade_bands_size(); ++i) {
      const v1::GradeBand& band = rule_set_.grade_bands(i);
      Require(band.lower_milli() < above, Entry{"grade_bands", i, band.grade()},
              "bounds must run downward, best grade first");
      above = band.lower_milli();
    }
    if (rule_set_.ungraded()) {
      Require(rule_set_.grade_bands().empty(), "grade_bands", "must be empty where `ungraded`");
    } else {
      Require(rule_set_.grade_bands_size() > 0 && above == 0, "grade_bands", "the last band must reach down to 0");
    }
  }

  void Rules() {
    Require(rule_set_.rules_size() > 0, "rules", "list the rules to check");
    for (int i = 0; i < rule_set_.rules_size(); ++i) {
      const v1::Rule& rule = rule_set_.rules(i);
      const Entry field{"rules", i, rule.id()};
      Require(rule_ids_.insert(rule.id()).second, field, "stands twice");
      Require(rule.has_severity() && rule.has_title() && rule.has_clause() && rule.has_certainty() && rule.has_why() &&
                  rule.has_how_to_fix(),
              field,
              "severity, title, clause, certainty, why and how_to_fix are required: is the id in the catalogue?");
      Require(rule.certainty() != v1::CERTAINTY_BELIEVED || rule.severity() != v1::SEVERITY_BLOCKS, field,
              "is only believed, not confirmed, so it must not block");
      RestsOnASource(rule.clause(), field);
    }
  }

  // A rule without its threshold never fires, a threshold without its rule is
  // never seen.
  void Thresholds() {
    const auto goes_with = [&](std::string_view id, bool has_data, std::string_view field) {
      const bool is_on = rule_ids_.contains(std::string(id));
      Require(!is_on || has_data, field, fmt::format("rule `{}` is on and needs it", id));
      Require(is_on || !has_data, field, fmt::format("stands here, but rule `{}` is off", id));
    };
    goes_with("BUDGET_ADJ", rule_set_.has_budget_change_note_ppm(), "budget_change_note_ppm");
    goes_with("OVER_130", rule_set_.has_over_completion_note_ppm(), "over_completion_note_ppm");
    goes_with("EXEC_NO_REASON", rule_set_.execution().has_reason_below_ppm(), "execution.reason_below_ppm");
    goes_with("TEXT_TOO_LONG", rule_set_.text_limits_size() > 0, "text_limits");
    goes_with("MISSING_PART", rule_set_.required_sections_size() > 0, "required_sections");
    goes_with("MISSING_ANNEX", rule_set_.required_annexes_size() > 0, "required_annexes");
    goes_with("PUBLISH_DUE", rule_set_.publish_terms_size() > 0, "publish_terms");
    goes_with("GRADE_BAND", !rule_set_.ungraded(), "ungraded");
    std::set<int> fields;
    for (int i = 0; i < rule_set_.text_limits_size(); ++i) {
      const v1::TextLimit& limit = rule_set_.text_limits(i);
      const Entry entry{"text_limits", i, v1::TextField_Name(limit.field())};
      Require(limit.field() != v1::TEXT_FIELD_UNSPECIFIED && limit.max_chars() > 0, entry,
              "field and a length of at least 1 are required");
      Require(fields.insert(limit.field()).second, entry, "stands twice");
    }
  }

  void PublishTerms() {
    for (int i = 0; i < rule_set_.publish_terms_size(); ++i) {
      const v1::PublishTerm& term = rule_set_.publish_terms(i);
      const Entry entry{"publish_terms", i, std::to_string(i + 1)};
      // 2015 has no February 29, so the day exists in every year.
      const bool is_term = term.has_last_day() ? ParseDay("2015-" + term.last_day()).has_value()
                                               : term.calendar_day_count() > 0 || term.working_day_count() > 0;
      Require(is_term, entry, "needs days after the approval, at least 1, or a last day of the year such as `06-20`");
      Require(term.has_clause(), entry, "has no clause");
      RestsOnASource(term.clause(), entry);
    }
  }

  // A clause ends with the id of its source, `… [form]`, or names none.
  void RestsOnASource(std::string_view clause, const Entry& entry) {
    const size_t open = clause.rfind('[');
    if (open == std::string_view::npos || !clause.ends_with(']')) return;
    const std::string_view id = clause.substr(open + 1, clause.size() - open - 2);
    const auto& sources = rule_set_.sources();
    Require(std::any_of(sources.begin(), sources.end(), [&](const v1::Source& source) { return source.id() == id; }),
            entry, fmt::format("rests on `{}`, which is no source", id));
  }

  void Relations() {
    for (int i = 0; i < rule_set_.relations_size(); ++i) {
      const v1::Relation& relation = rule_set_.relations(i);
      const Entry field{"relations", i, relation.left_title()};
      RequireRule(relation.rule_id(), field);
      Require(!relation.left_title().empty() && !relation.right_title().empty(), field, "both sides need a title");
      Require(relation.left_size() > 0 && relation.right_size() > 0, field, "both sides need a term");
      Require(relation.has_comparison() && relation.has_tolerance() && relation.tolerance() >= 0, field,
              "comparison and a tolerance of at least 0 are required");
      Require(relation.rounding_step() > 0, field, "the rounding step must be positive");
      Scales(relation, field);
      Ratio(relation, field);
      Rounding(relation, field);
      Rows(relation, field);
    }
  }

  void RequireRule(const std::string& rule_id, const Entry& field) {
    Require(rule_ids_.contains(rule_id), field, fmt::format("rule `{}` is not listed under rules", rule_id));
  }

  std::optional<FactScale> ScaleOfTerm(const std::string& key, const Entry& field) {
    const std::optional<FactScale> scale = ScaleOfKey(ReplaceAll(key, "{}", "0"));
    Require(scale.has_value(), field, fmt::format("`{}` is no fact", key));
    return scale;
  }

  void Scales(const v1::Relation& relation, const Entry& field) {
    std::set<FactScale> scales;
    for (const auto* side : {&relation.left(), &relation.right()}) {
      for (const v1::Term& term : *side) {
        if (const auto scale = ScaleOfTerm(term.fact(), field)) scales.insert(*scale);
      }
    }
    Require(scales.size() <= 1, field, "mixes money, points, counts and rates");
  }

  void Ratio(const v1::Relation& relation, const Entry& field) {
    const bool is_ratio = relation.comparison() == v1::COMPARISON_RATIO;
    Require(is_ratio == relation.has_stated(), field, "`stated` belongs to COMPARISON_RATIO, and only to it");
    if (!is_ratio) {
      Require(!relation.has_scale() && !relation.has_cap_ppm() && !relation.has_stated_title(), field,
              "`scale`, `cap_ppm` and `stated_title` belong to COMPARISON_RATIO");
      return;
    }
    Require(!relation.stated_title().empty(), field, "the stated figure needs a title");
    Require(!relation.has_cap_ppm() || relation.cap_ppm() > 0, field, "a cap must be positive");
    const auto stated = ScaleOfTerm(relation.stated(), field);
    const auto scale = relation.has_scale() ? ScaleOfTerm(relation.scale(), field) : FactScale::kRatePpm;
    Require(stated == scale, field, "the stated figure is a rate, or counts what `scale` counts");
    const int64_t step = relation.rounding_step();
    Require(step <= 0 || kWhole % step == 0, field, "the rounding step must divide 1000000");
  }

  void Rounding(const v1::Relation& relation, const Entry& field) {
    Require(relation.has_rounding_tolerance() == relation.has_rounding_rule_id(), field,
            "`rounding_tolerance` and `rounding_rule_id` come together");
    if (!relation.has_rounding_tolerance()) return;
    Require(relation.rounding_tolerance() >= relation.tolerance(), field,
            "the rounding tolerance must not be less than the tolerance");
    RequireRule(relation.rounding_rule_id(), field);
  }

  void Rows(const v1::Relation& relation, const Entry& field) {
    Require(!relation.has_for_each() || (relation.for_each().ends_with(".*") && AreRows(relation.for_each())), field,
            fmt::format("`{}` is no prefix of facts that come once per row", relation.for_each()));
    std::vector<std::string> keys = {relation.stated(), relation.scale()};
    for (const auto* side : {&relation.left(), &relation.right()}) {
      for (const v1::Term& term : *side) keys.push_back(term.fact());
    }
    const bool has_row = std::any_of(keys.begin(), keys.end(),
                                     [](const std::string& key) { return key.find("{}") != std::string::npos; });
    Require(has_row == relation.has_for_each(), field, "`{}` in a key and `for_each` come together");
    const bool has_label =
        (relation.left_title() + relation.right_title() + relation.stated_title()).find("{label}") != std::string::npos;
    Require(!has_label || relation.has_for_each(), field, "`{label}` in a title needs `for_each`");
  }

  // Rows whose label and figures a relation can name.
  static bool AreRows(std::string_view for_each) {
    return for_each == "table.fund_rows.*" || for_each == "table.tasks.*";
  }

  const v1::RuleSet& rule_set_;
  const Origins& origins_;
  std::set<std::string> rule_ids_;
  std::vector<FieldViolation> problems_;
};

}  // namespace

std::vector<FieldViolation> LintRuleSet(const v1::RuleSet& rule_set, const Origins& origins) {
  return Lint(rule_set, origins).Run();
}

}  // namespace jixiao::scoring
