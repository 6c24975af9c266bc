#include "scoring/core/rules/lint_work_rubric.h"

#include <fmt/format.h>

#include <set>

#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kFullRubricPoints = 100'000;
// One bit each where texts are compared.
constexpr size_t kMostWords = 64;

bool Counts(v1::WorkMeasure measure) {
  return measure == v1::WORK_MEASURE_NOTICE_ITEMS || measure == v1::WORK_MEASURE_UNITS_CHECKED ||
         measure == v1::WORK_MEASURE_DAYS_LATE || measure == v1::WORK_MEASURE_BODY_PARTS ||
         measure == v1::WORK_MEASURE_ANNEXES;
}

bool ReadsTexts(v1::WorkMeasure measure) {
  return measure == v1::WORK_MEASURE_PROBLEMS || measure == v1::WORK_MEASURE_SUGGESTIONS;
}

bool IsId(const std::string& id) {
  return !id.empty() && id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
}

class RubricLint {
 public:
  explicit RubricLint(const v1::WorkRubric& rubric) : rubric_(rubric) {}

  std::vector<FieldViolation> Run() {
    Require(!rubric_.title().empty(), "title", "is missing");
    int64_t sum = 0;
    std::set<std::string> ids;
    for (const v1::WorkCriterion& criterion : rubric_.criteria()) {
      sum += criterion.points_milli();
      const std::string field = fmt::format("criteria[{}]", criterion.id());
      Require(ids.insert(criterion.id()).second, field, "stands twice");
      Criterion(criterion, field);
    }
    Require(sum == kFullRubricPoints, "criteria", fmt::format("points sum to {}, not 100", FormatPoints(sum)));
    Aspects();
    return std::move(problems_);
  }

 private:
  void Require(bool condition, std::string_view field, const std::string& description) {
    if (!condition) problems_.push_back({fmt::format("work_rubric.{}", field), description});
  }

  void Criterion(const v1::WorkCriterion& criterion, const std::string& field) {
    Require(IsId(criterion.id()), field, "the id must be upper-case letters, digits and `_`");
    Require(!criterion.title().empty() && !criterion.block().empty() && !criterion.clause().empty(), field,
            "title, block and clause are required");
    Require(criterion.points_milli() > 0, field, "has no points");
    Require(criterion.measure() != v1::WORK_MEASURE_UNSPECIFIED, field, "has no measure");
    Require(criterion.step_milli() > 0 || !Counts(criterion.measure()), field,
            "counts what is missing, so it needs a step above 0");
    if (ReadsTexts(criterion.measure())) Tiers(criterion, field);
  }

  void Tiers(const v1::WorkCriterion& criterion, const std::string& field) {
    Require(criterion.tiers_size() >= 2, field, "needs at least one tier and the one for lack of money");
    int64_t above = criterion.points_milli() + 1;
    for (const v1::WorkTier& tier : criterion.tiers()) {
      Require(!tier.title().empty() && tier.has_upper_milli() && tier.has_lower_milli(), field,
              "each tier needs title, upper and lower bound");
      Require(tier.upper_milli() < above && tier.lower_milli() <= tier.upper_milli() && tier.lower_milli() >= 0, field,
              fmt::format("tier `{}` must lie below the one before it, within the points", tier.title()));
      above = tier.lower_milli();
    }
    if (criterion.tiers_size() < 2) return;
    const v1::WorkTier& lowest = criterion.tiers(criterion.tiers_size() - 2);
    Require(lowest.min_count() <= 1 && lowest.min_aspect_count() == 0 && lowest.min_paired_ppm() == 0, field,
            fmt::format("tier `{}` takes whatever was written, so it must ask for nothing more", lowest.title()));
  }

  void Aspects() {
    Require(rubric_.aspects_size() > 0, "aspects", "name the fields of management");
    std::set<std::string> words;
    size_t count = 0;
    for (const v1::WorkAspect& aspect : rubric_.aspects()) {
      const std::string field = fmt::format("aspects[{}]", aspect.title());
      Require(!aspect.title().empty() && aspect.words_size() > 0, field, "needs a title and words");
      count += static_cast<size_t>(aspect.words_size());
      for (const std::string& word : aspect.words()) {
        Require(!word.empty(), field, "an empty word stands in every text");
        Require(words.insert(word).second, field, fmt::format("`{}` stands for two aspects", word));
      }
    }
    Require(count <= kMostWords && rubric_.aspects_size() <= static_cast<int>(kMostWords), "aspects",
            fmt::format("{} words, {} at most", count, kMostWords));
  }

  const v1::WorkRubric& rubric_;
  std::vector<FieldViolation> problems_;
};

}  // namespace

std::vector<FieldViolation> LintWorkRubric(const v1::WorkRubric& rubric) { return RubricLint(rubric).Run(); }

}  // namespace jixiao::scoring
