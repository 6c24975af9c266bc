#include "scoring/core/facts/fact_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <unordered_map>

#include "common/base/log.h"

namespace jixiao::scoring {
namespace {

using report::v1::CostItem;
using report::v1::FundRole;

constexpr std::string_view kNumber = "{n}";
// The number in the keys of relations.
constexpr std::string_view kEveryRow = "*";
constexpr std::string_view kOneRow = "{}";

constexpr std::array<std::string_view, 10> kRoles = {"unknown",         "total",  "fiscal",  "carry_over",
                                                     "other",           "basic",  "project", "general_budget",
                                                     "government_fund", "non_tax"};
constexpr std::array<std::string_view, 6> kFundColumns = {"initial", "adjusted", "executed", "rate", "weight", "score"};
constexpr std::array<std::string_view, 5> kTaskColumns = {"budget", "budget_fiscal", "executed", "executed_fiscal",
                                                          "rate"};
constexpr std::array<std::string_view, 2> kPointsColumns = {"weight", "score"};
constexpr std::array<std::string_view, 3> kBaseColumns = {"prior_final", "budget", "final"};
constexpr std::array<std::string_view, 3> kStaff = {"authorised", "actual", "control_rate"};
constexpr std::array<std::string_view, 13> kItems = {
    "other",    "three_public", "vehicles",     "vehicle_purchase", "vehicle_running",  "abroad",           "reception",
    "projects", "project",      "public_funds", "office",           "utilities_travel", "meetings_training"};

// 一级指标 by their short form; the execution rate stands beside them in sentences.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kLevels = {{{"", "other"},
                                                                                   {"产出", "output"},
                                                                                   {"效益", "benefit"},
                                                                                   {"满意度", "satisfaction"},
                                                                                   {"成本", "cost"},
                                                                                   {"投入管理", "input"},
                                                                                   {"可持续性", "sustainability"},
                                                                                   {"预算执行率", "execution"}}};

constexpr std::array<std::string_view, 18> kQuantities = {
    "total",           "general",   "government_fund", "state_capital", "basic",
    "project",         "personnel", "public_funds",    "wages",         "goods",
    "three_public",    "reception", "abroad",          "vehicles",      "vehicle_purchase",
    "vehicle_running", "balance",   "fixed_assets"};
constexpr std::array<std::pair<std::string_view, FactScale>, 10> kQualifiers = {
    {{"budget", FactScale::kFen},
     {"initial", FactScale::kFen},
     {"executed", FactScale::kFen},
     {"income", FactScale::kFen},
     {"prior", FactScale::kFen},
     {"change", FactScale::kFen},
     {"rate", FactScale::kRatePpm},
     {"share", FactScale::kRatePpm},
     {"share_of_basic", FactScale::kRatePpm},
     {"change_rate", FactScale::kRatePpm}}};

// Keys without a pattern of their own.
constexpr std::array<std::pair<std::string_view, FactScale>, 16> kSingles = {
    {{"rule.total", FactScale::kPointsMilli},
     {"sheet.total", FactScale::kPointsMilli},
     {"text.general.basic", FactScale::kFen},
     {"text.general.project", FactScale::kFen},
     {"text.basic.wages", FactScale::kFen},
     {"text.basic.goods", FactScale::kFen},
     {"text.self_score", FactScale::kPointsMilli},
     {"text.work_score", FactScale::kPointsMilli},
     {"text.staff.authorised", FactScale::kCountMilli},
     {"text.staff.actual", FactScale::kCountMilli},
     {"text.staff.retired", FactScale::kCountMilli},
     {"text.staff.administrative", FactScale::kCountMilli},
     {"text.staff.institution", FactScale::kCountMilli},
     {"text.indicators.level3", FactScale::kCountMilli},
     {"text.lists.{n}.stated", FactScale::kCountMilli},
     {"text.lists.{n}.listed", FactScale::kCountMilli}}};

// Families stand in blocks; the order here is the order in which Families adds
// them, and it checks that.
enum Block : int {
  kFunds = 0,
  kFundRows = kFunds + kRoles.size() * kFundColumns.size(),
  kSource = kFundRows + kFundColumns.size(),
  kSourceRows = kSource + kRoles.size(),
  kNature = kSourceRows + 1,
  kNatureRows = kNature + kRoles.size(),
  kTasks = kNatureRows + 1,
  kTaskTwins = kTasks + kTaskColumns.size(),
  kRows = kTaskTwins + kTaskColumns.size(),
  kRowTwins = kRows + kPointsColumns.size(),
  kLevelStated = kRowTwins + kPointsColumns.size(),
  kLevelRows = kLevelStated + kLevels.size(),
  kTotal = kLevelRows + kLevels.size() * kPointsColumns.size(),
  kStaffCells = kTotal + kPointsColumns.size(),
  kBase = kStaffCells + kStaff.size(),
  kBaseRows = kBase + kItems.size() * kBaseColumns.size(),
  kProjectTables = kBaseRows + kBaseColumns.size(),
  kSheetRows = kProjectTables + kFundColumns.size(),
  kText = kSheetRows + kPointsColumns.size(),
  kTextLevels = kText + kQuantities.size() * kQualifiers.size(),
  kSingle = kTextLevels + kLevels.size() * kPointsColumns.size(),
  kFamilyCount = kSingle + kSingles.size(),
};

struct Family {
  std::string text;  // with {n}
  FactScale scale;
};

FactScale ScaleOfColumn(std::string_view column) {
  if (column == "rate" || column == "control_rate") return FactScale::kRatePpm;
  if (column == "weight" || column == "score") return FactScale::kPointsMilli;
  return FactScale::kFen;
}

// All keys there are, built once.
class Families {
 public:
  Families() {
    AddFunds();
    AddTables();
    AddBase();
    AddText();
    JIXIAO_CHECK(all_.size() == static_cast<size_t>(kFamilyCount));
    for (size_t i = 0; i < all_.size(); ++i) Index(static_cast<int32_t>(i));
  }

  const Family& at(int32_t family) const { return all_[static_cast<size_t>(family)]; }

  bool IsNumbered(int32_t family) const { return numbered_[static_cast<size_t>(family)] != 0; }

  // By family; by itself, because it is asked for every fact.
  const std::vector<char>& numbered() const { return numbered_; }

  // The family alone, or all below a prefix that ends in `.`; empty if unknown.
  const std::vector<int32_t>& Named(std::string_view text) const {
    static const std::vector<int32_t>* const none = new std::vector<int32_t>;
    const auto it = by_text_.find(text);
    return it == by_text_.end() ? *none : it->second;
  }

 private:
  void Begin(Block block) const { JIXIAO_CHECK(all_.size() == static_cast<size_t>(block)); }
  void Add(std::string text, FactScale scale) {
    const bool is_numbered = text.find(kNumber) != std::string::npos;
    all_.push_back({std::move(text), scale});
    numbered_.push_back(is_numbered ? 1 : 0);
  }

  void Index(int32_t family) {
    const std::string& text = at(family).text;
    by_text_[text].push_back(family);
    // As relations write them; `*` at the end is a prefix instead.
    if (const size_t at_number = text.find(kNumber); at_number != std::string::npos) {
      const auto with = [&](std::string_view written) {
        return std::string(text).replace(at_number, kNumber.size(), written);
      };
      by_text_[with(kOneRow)].push_back(family);
      if (!text.ends_with(kNumber)) by_text_[with(kEveryRow)].push_back(family);
    }
    for (size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
      by_text_[text.substr(0, dot + 1)].push_back(family);
    }
  }

  template <typename Columns>
  void AddColumns(Block block, std::string_view prefix, const Columns& columns) {
    Begin(block);
    for (const std::string_view column : columns) Add(fmt::format("{}.{}", prefix, column), ScaleOfColumn(column));
  }

  template <typename Columns>
  void AddTwins(Block block, std::string_view prefix, const Columns& columns) {
    Begin(block);
    for (const std::string_view column : columns) {
      Add(fmt::format("{}.{}.{}", prefix, column, kNumber), ScaleOfColumn(column));
    }
  }

  void AddRoles(Block block, std::string_view prefix) {
    Begin(block);
    for (const std::string_view role : kRoles) Add(fmt::format("{}.{}", prefix, role), FactScale::kFen);
  }

  void AddFunds() {
    Begin(kFunds);
    for (const std::string_view role : kRoles) {
      for (const std::string_view column : kFundColumns) {
        Add(fmt::format("table.funds.{}.{}", role, column), ScaleOfColumn(column));
      }
    }
    AddColumns(kFundRows, "table.fund_rows.{n}", kFundColumns);
    AddRoles(kSource, "table.source");
    Add("table.source_rows.{n}", FactScale::kFen);
    AddRoles(kNature, "table.nature");
    Add("table.nature_rows.{n}", FactScale::kFen);
  }

  void AddTables() {
    AddColumns(kTasks, "table.tasks.{n}", kTaskColumns);
    AddTwins(kTaskTwins, "table.tasks", kTaskColumns);
    AddColumns(kRows, "table.rows.{n}", kPointsColumns);
    AddTwins(kRowTwins, "table.rows", kPointsColumns);
    Begin(kLevelStated);
    for (const auto& [level1, name] : kLevels) {
      Add(fmt::format("table.levels.{}.stated", name), FactScale::kPointsMilli);
    }
    Begin(kLevelRows);
    for (const auto& [level1, name] : kLevels) {
      for (const std::string_view column : kPointsColumns) {
        Add(fmt::format("table.levels.{}.{}.{}", name, column, kNumber), FactScale::kPointsMilli);
      }
    }
    AddColumns(kTotal, "table.total", kPointsColumns);
  }

  void AddBase() {
    Begin(kStaffCells);
    for (const std::string_view column : kStaff) {
      Add(fmt::format("base.staff.{}", column),
          column == "control_rate" ? FactScale::kRatePpm : FactScale::kCountMilli);
    }
    Begin(kBase);
    for (const std::string_view item : kItems) {
      const bool is_many = item == "project" || item == "other";
      for (const std::string_view column : kBaseColumns) {
        Add(fmt::format("base.{}.{}{}", item, column, is_many ? ".{n}" : ""), FactScale::kFen);
      }
    }
    AddColumns(kBaseRows, "base.rows.{n}", kBaseColumns);
    AddColumns(kProjectTables, "projects.{n}", kFundColumns);
    AddColumns(kSheetRows, "sheet.rows.{n}", kPointsColumns);
  }

  void AddText() {
    Begin(kText);
    for (const std::string_view quantity : kQuantities) {
      for (const auto& [qualifier, scale] : kQualifiers) Add(fmt::format("text.{}.{}", quantity, qualifier), scale);
    }
    Begin(kTextLevels);
    for (const auto& [level1, name] : kLevels) {
      for (const std::string_view column : kPointsColumns) {
        Add(fmt::format("text.level_{}.{}", column, name), FactScale::kPointsMilli);
      }
    }
    Begin(kSingle);
    for (const auto& [key, scale] : kSingles) Add(std::string(key), scale);
  }

  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  std::vector<Family> all_;
  std::vector<char> numbered_;
  // Families by their text, and by every prefix of it that ends in `.`.
  std::unordered_map<std::string, std::vector<int32_t>, Hash, std::equal_to<>> by_text_;
};

const Families& All() {
  static const Families* const families = new Families;
  return *families;
}

template <typename Column>
FactKey At(int block, size_t columns, size_t group, Column column, int number = 0) {
  return {static_cast<int32_t>(block + static_cast<int>(group * columns) + static_cast<int>(column)), number};
}

size_t RoleIndex(FundRole role) {
  // FUND_ROLE_UNKNOWN and whatever comes later are the first.
  const auto index = static_cast<size_t>(role);
  return role > 0 && index < kRoles.size() ? index : 0;
}

size_t ItemIndex(CostItem item) {
  const auto index = static_cast<size_t>(item);
  return item > 0 && index < kItems.size() ? index : 0;
}

size_t LevelIndex(std::string_view level1) {
  for (size_t i = 1; i < kLevels.size(); ++i) {
    if (kLevels[i].first == level1) return i;
  }
  return 0;
}

// `a.12.b` reads `a.{n}.b` and 12; `a.*.b` names all numbers.
struct Numbered {
  std::string text;
  std::optional<int32_t> number;
  bool has_number = false;
};

Numbered TakeNumber(std::string_view key) {
  Numbered out;
  while (true) {
    const size_t dot = key.find('.');
    const std::string_view part = key.substr(0, dot);
    int32_t number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    const bool is_number = error == std::errc() && end == part.data() + part.size() && part.front() != '-';
    const bool is_any = part == "*" && dot != std::string_view::npos;
    if (is_number) out.number = number;
    out.has_number |= is_number || is_any;
    out.text.append(is_number || is_any ? kNumber : part);
    if (dot == std::string_view::npos) return out;
    out.text.push_back('.');
    key.remove_prefix(dot + 1);
  }
}

}  // namespace

FactKey FundKey(FundRole role, FundColumn column) { return At(kFunds, kFundColumns.size(), RoleIndex(role), column); }

FactKey FundRowKey(int row, FundColumn column) { return At(kFundRows, 0, 0, column, row); }

FactKey SourceKey(FundRole role) { return At(kSource, 1, RoleIndex(role), 0); }

FactKey SourceRowKey(int row) { return {kSourceRows, row}; }

FactKey NatureKey(FundRole role) { return At(kNature, 1, RoleIndex(role), 0); }

FactKey NatureRowKey(int row) { return {kNatureRows, row}; }

FactKey TaskKey(int row, TaskColumn column) { return At(kTasks, 0, 0, column, row); }

FactKey IndicatorKey(int row, PointsColumn column) { return At(kRows, 0, 0, column, row); }

FactKey LevelStatedKey(std::string_view level1) { return At(kLevelStated, 1, LevelIndex(level1), 0); }

FactKey LevelRowKey(std::string_view level1, int row, PointsColumn column) {
  return At(kLevelRows, kPointsColumns.size(), LevelIndex(level1), column, row);
}

FactKey TotalKey(PointsColumn column) { return At(kTotal, 0, 0, column); }

FactKey BaseKey(CostItem item, int row, BaseColumn column) {
  const size_t index = ItemIndex(item);
  const bool is_many = kItems[index] == "project" || kItems[index] == "other";
  return At(kBase, kBaseColumns.size(), index, column, is_many ? row : 0);
}

FactKey BaseRowKey(int row, BaseColumn column) { return At(kBaseRows, 0, 0, column, row); }

FactKey ProjectTableKey(int table, FundColumn column) { return At(kProjectTables, 0, 0, column, table); }

FactKey SheetRowKey(int row, PointsColumn column) { return At(kSheetRows, 0, 0, column, row); }

FactKey TextKey(Quantity quantity, Qualifier qualifier) {
  return At(kText, kQualifiers.size(), static_cast<size_t>(quantity), qualifier);
}

FactKey TextLevelKey(std::string_view level1, PointsColumn column) {
  return At(kTextLevels, kPointsColumns.size(), LevelIndex(level1), column);
}

std::optional<FactKey> TwinOf(FactKey key) {
  constexpr auto kTaskCount = static_cast<int32_t>(kTaskColumns.size());
  constexpr auto kPointsCount = static_cast<int32_t>(kPointsColumns.size());
  if (key.family >= kTasks && key.family < kTaskTwins) return FactKey{key.family + kTaskCount, key.number};
  if (key.family >= kRows && key.family < kRowTwins) return FactKey{key.family + kPointsCount, key.number};
  return std::nullopt;
}

std::optional<FactKey> FindKey(std::string_view key) {
  if (key.ends_with('.')) return std::nullopt;
  if (const auto& plain = All().Named(key); !plain.empty()) {
    return All().IsNumbered(plain.front()) ? std::nullopt : std::optional(FactKey{plain.front(), 0});
  }
  const Numbered numbered = TakeNumber(key);
  const auto& families = All().Named(numbered.text);
  if (families.empty() || !numbered.number) return std::nullopt;
  return FactKey{families.front(), *numbered.number};
}

std::string KeyText(FactKey key) {
  std::string text = All().at(key.family).text;
  const size_t at = text.find(kNumber);
  if (at != std::string::npos) text.replace(at, kNumber.size(), fmt::format("{}", key.number));
  return text;
}

FactScale ScaleOf(FactKey key) { return All().at(key.family).scale; }

const std::vector<char>& NumberedFamilies() { return All().numbered(); }

KeyPattern FindKeys(std::string_view pattern) {
  const bool is_prefix = pattern.ends_with(".*");
  if (is_prefix) pattern.remove_suffix(1);
  KeyPattern found{&All().Named(pattern.ends_with('.') == is_prefix ? pattern : ""), std::nullopt, false, false};
  if (!found.families->empty()) {
    found.is_per_row = pattern.find(kOneRow) != std::string_view::npos;
    found.is_one_key = !is_prefix && !All().IsNumbered(found.families->front());
    return found;
  }
  const Numbered numbered = TakeNumber(pattern);
  found.families = &All().Named(numbered.text);
  found.number = numbered.number;
  found.is_one_key = !is_prefix && numbered.number.has_value();
  return found;
}

std::optional<FactScale> ScaleOfKey(std::string_view pattern) {
  const KeyPattern found = FindKeys(pattern);
  if (found.families->empty()) return std::nullopt;
  const FactScale scale = All().at(found.families->front()).scale;
  for (const int32_t family : *found.families) {
    if (All().at(family).scale != scale) return std::nullopt;
  }
  return scale;
}

}  // namespace jixiao::scoring
