// Facts from sentences: which quantity a mentioned figure states, told from the
// words around it. A phrasing that is not known yields no fact.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/facts/text_lists.h"
#include "scoring/core/facts/text_phrases.h"

namespace jixiao::scoring {
namespace {

// One of the unit's, in fen, 1/1000 or parts per million.
constexpr int64_t kFenInWan = 1'000'000;
constexpr int64_t kFenInYi = 10'000'000'000;
constexpr int64_t kFenInYuan = 100;
constexpr int64_t kPpmInPercent = 10'000;
constexpr int64_t kMilli = 1'000;
constexpr int64_t kMicro = 1'000'000;
constexpr int64_t kLargest = 1'000'000'000'000'000;

int64_t FenIn(std::string_view unit) {
  if (unit == "万元") return kFenInWan;
  if (unit == "亿元") return kFenInYi;
  return unit == "元" ? kFenInYuan : 0;
}

// Reads the figures of one paragraph. Sentences like `三公经费预算0.45万元，其中：
// 公务接待0.45万元` hand a subject down to what follows.
class ParagraphReader {
 public:
  ParagraphReader(std::string_view sub_heading, const Passage& passage, int& lists, Facts& facts)
      : sub_heading_(sub_heading), passage_(passage), lists_(lists), facts_(facts) {}

  void Read(const Mention& mention) {
    if (mention.sentence != sentence_) BeginSentence(mention);
    if (Has(GapBefore(mention), "其中")) {
      scope_ = subject_;
      scope_qualifier_ = whole_qualifier_;
    }
    if (FenIn(mention.unit) != 0) {
      ReadMoney(mention);
    } else if (mention.unit == "%") {
      ReadRate(mention);
    } else if (mention.unit == "人" || mention.unit == "名") {
      if (const auto key = StaffKey(mention.label)) AddCurrent(*key, mention, kMilli);
    } else if (mention.unit == "分") {
      ReadPoints(mention);
    } else if (mention.after.starts_with("三级指标")) {
      static const FactKey kIndicators = *FindKey("text.indicators.level3");
      AddCurrent(kIndicators, mention, kMilli);
    }
    ReadList(mention);
    behind_ = mention.as_written.data() + mention.as_written.size();
  }

 private:
  enum class When { kNow, kLastYear, kOther };

  void BeginSentence(const Mention& mention) {
    sentence_ = mention.sentence;
    // `…。其中：人员经费…` goes on with the sentence before.
    if (!mention.lead.starts_with("其中")) {
      subject_.reset();
      whole_qualifier_ = Qualifier::kExecuted;
    }
    scope_ = subject_;
    scope_qualifier_ = Qualifier::kExecuted;
    three_public_ = {};
    has_purchase_ = false;
    change_ = 0;
    behind_ = mention.lead.data();
  }

  // The sentence since the figure before, stops included.
  std::string_view GapBefore(const Mention& mention) const {
    const char* end = mention.lead.data() + mention.lead.size();
    return {behind_, static_cast<size_t>(end - behind_)};
  }

  When WhenOf(const Mention& mention) const {
    if (IsLastYear(mention.label)) return When::kLastYear;
    const int now = passage_.content->fiscal_year();
    if (mention.year == 0 || now == 0 || mention.year == now) return When::kNow;
    if (mention.year == now - 1) return When::kLastYear;
    // A founding year at the head of a sentence says nothing of its figures.
    return mention.year_is_near || mention.year > now ? When::kOther : When::kNow;
  }

  // `one` is one of the mention's unit in the scale of `key`.
  void Add(FactKey key, const Mention& mention, int64_t one, int sign = 1) {
    const int64_t value = MulDiv(mention.value_micro, one, kMicro);
    if (std::abs(value) > kLargest) return;
    Fact fact;
    fact.value = sign * value;
    fact.as_written = mention.as_written;
    fact.unit = mention.unit;
    fact.year = mention.year;
    fact.decimals = mention.decimals;
    fact.step = one;
    for (int i = 0; i < fact.decimals && fact.step > 1; ++i) fact.step /= 10;
    fact.is_approximate = mention.is_approximate;
    fact.passage = &passage_;
    fact.mention = &mention;
    facts_.Add(key, fact);
  }

  void AddCurrent(FactKey key, const Mention& mention, int64_t one) {
    if (WhenOf(mention) == When::kNow) Add(key, mention, one);
  }

  void AddMoney(Quantity quantity, Qualifier qualifier, const Mention& mention, int sign = 1) {
    Add(TextKey(quantity, qualifier), mention, FenIn(mention.unit), sign);
  }

  void ReadMoney(const Mention& mention) {
    const std::string_view label = mention.label;
    change_ = ChangeSign(label);
    if (change_ != 0) {
      if (const auto named = QuantityAtEnd(WordsBeforeChange(label))) subject_ = named;
      if (subject_) AddMoney(*subject_, Qualifier::kChange, mention, change_);
      return;
    }
    const When when = WhenOf(mention);
    if (when == When::kOther) return;
    if (IsBalance(label)) {
      if (EndsWithAny(WithoutFiller(label),
                      {"结余", "结余资金", "结转", "结转资金", "结转结余", "结转结余资金", "结转和结余"})) {
        AddMoney(Quantity::kBalance, when == When::kNow ? Qualifier::kExecuted : Qualifier::kPrior, mention);
      }
      return;
    }
    if (HasAny(label, {"增加", "减少", "压减", "追加", "调减", "占"})) return;
    const std::optional<Reading> reading = ReadingOf(label);
    if (!reading) return;
    subject_ = reading->quantity;
    if (reading->is_whole) whole_qualifier_ = reading->qualifier;
    if (when == When::kNow) {
      Add(reading->key, mention, FenIn(mention.unit));
    } else if (reading->qualifier == Qualifier::kExecuted) {
      AddMoney(reading->quantity, Qualifier::kPrior, mention);
    }
  }

  struct Reading {
    Quantity quantity;
    Qualifier qualifier;
    FactKey key;
    bool is_whole = false;  // says itself what it is; parts behind 其中 are the same
  };

  static Reading Named(Quantity quantity, Qualifier qualifier, bool is_whole = false) {
    return {quantity, qualifier, TextKey(quantity, qualifier), is_whole};
  }

  std::optional<Reading> ReadingOf(std::string_view label) {
    if (const auto reading = ThreePublic(label)) return reading;
    const std::string_view name = WithoutFiller(label);
    if (Has(name, "一般公共预算财政拨款支出")) return GeneralPart();
    if (const auto qualified = QualifierAtEnd(name)) return QualifiedReading(*qualified);
    const std::optional<Quantity> quantity = QuantityAtEnd(name);
    if (!quantity || !EndsWithAny(name, {"支出", "经费", "费", "净值"}) || HasAny(name, {"年初", "收入"}))
      return std::nullopt;
    if (*quantity == Quantity::kTotal) return Named(*quantity, Qualifier::kExecuted, true);
    return WithinScope(*quantity);
  }

  // Under `（一）基本支出情况` the general budget's spending is its basic part.
  std::optional<Reading> GeneralPart() const {
    static const FactKey kBasic = *FindKey("text.general.basic");
    static const FactKey kProject = *FindKey("text.general.project");
    if (Has(sub_heading_, "基本支出")) return Reading{Quantity::kGeneral, Qualifier::kExecuted, kBasic};
    if (Has(sub_heading_, "项目支出")) return Reading{Quantity::kGeneral, Qualifier::kExecuted, kProject};
    return std::nullopt;
  }

  std::optional<Reading> QualifiedReading(const Qualified& qualified) const {
    if (const auto quantity = QuantityAtEnd(qualified.rest)) {
      // Under a part's heading, income is that part's.
      if (qualified.qualifier == Qualifier::kIncome && HeadingPart()) return std::nullopt;
      return Named(*quantity, qualified.qualifier, true);
    }
    if (!IsBare(qualified.rest)) return std::nullopt;
    const Quantity quantity = subject_.value_or(HeadingPart().value_or(Quantity::kTotal));
    return Named(quantity, qualified.qualifier, true);
  }

  std::optional<Quantity> HeadingPart() const {
    const bool basic = Has(sub_heading_, "基本支出");
    const bool project = Has(sub_heading_, "项目支出");
    if (basic == project) return std::nullopt;
    return basic ? Quantity::kBasic : Quantity::kProject;
  }

  // Wages and goods are stated of all spending and of its basic part.
  std::optional<Reading> WithinScope(Quantity quantity) const {
    static const FactKey kWages = *FindKey("text.basic.wages");
    static const FactKey kGoods = *FindKey("text.basic.goods");
    const bool is_part = scope_ == Quantity::kBasic && scope_qualifier_ == Qualifier::kExecuted;
    if (is_part && quantity == Quantity::kWages) return Reading{quantity, Qualifier::kExecuted, kWages};
    if (is_part && quantity == Quantity::kGoods) return Reading{quantity, Qualifier::kExecuted, kGoods};
    return Named(quantity, scope_ ? scope_qualifier_ : Qualifier::kExecuted);
  }

  // `三公经费预算0.45万元，实际完成0.21万元`: the second says only what it is.
  static bool IsSpending(std::string_view words) {
    static constexpr std::array<std::string_view, 9> kWords = {
        "实际完成", "实际支出", "实际执行", "实际发生", "实际使用", "全年实际支出", "决算", "决算数", "支出决算"};
    return std::find(kWords.begin(), kWords.end(), words) != kWords.end();
  }

  // 三公经费 says whether what follows is the budget or the spending; its parts
  // take that over.
  std::optional<Reading> ThreePublic(std::string_view label) {
    if (Has(label, "三公经费")) {
      const bool is_spent = HasAny(label, {"完成", "决算", "支出", "实际"});
      if (Has(label, "预算")) three_public_ = Qualifier::kBudget;
      if (!Has(label, "预算")) three_public_ = is_spent ? std::optional(Qualifier::kExecuted) : std::nullopt;
      if (!three_public_) return std::nullopt;
      return Named(Quantity::kThreePublic, *three_public_);
    }
    if (!three_public_) return std::nullopt;
    if (subject_ == Quantity::kThreePublic && IsSpending(label)) {
      three_public_ = Qualifier::kExecuted;
      return Named(Quantity::kThreePublic, *three_public_);
    }
    if (Has(label, "公务接待")) return Named(Quantity::kReception, *three_public_);
    if (HasAny(label, {"出国", "出境"})) return Named(Quantity::kAbroad, *three_public_);
    if (!HasAny(label, {"公务用车", "公车"})) return std::nullopt;
    const bool runs = HasAny(label, {"运行", "维护"});
    if (Has(label, "购置") && !runs) {
      has_purchase_ = true;
      return Named(Quantity::kVehiclePurchase, *three_public_);
    }
    // Running costs alone are all that vehicles cost, unless a purchase is told apart.
    return Named(has_purchase_ && runs ? Quantity::kVehicleRunning : Quantity::kVehicles, *three_public_);
  }

  void ReadRate(const Mention& mention) {
    const std::string_view label = mention.label;
    if (const size_t at = label.rfind("执行率"); at != std::string_view::npos) return ReadExecution(mention, at);
    if (const int sign = RateOfChange(label)) {
      if (const auto named = QuantityAtEnd(WordsBeforeChange(label))) subject_ = named;
      if (subject_) Add(TextKey(*subject_, Qualifier::kChangeRate), mention, kPpmInPercent, sign);
      return;
    }
    if (WhenOf(mention) != When::kNow) return;
    const size_t at = label.rfind("占");
    if (at == std::string_view::npos) return;
    const std::optional<Qualifier> share = ShareOf(label);
    const std::optional<Quantity> named = QuantityAtEnd(label.substr(0, at));
    const std::optional<Quantity> part = named ? named : subject_;
    if (share && part) Add(TextKey(*part, *share), mention, kPpmInPercent);
  }

  // `同比增长5%`, or behind an amount of change: `比上年增加3万元，增长5%`.
  int RateOfChange(std::string_view label) const {
    if (const int sign = ChangeSign(label)) return sign;
    if (change_ == 0) return 0;
    const std::string_view name = WithoutFiller(label);
    return name == "增长" || name == "增幅" || name == "下降" || name == "降幅" ? change_ : 0;
  }

  // `预算执行率为94.5%`, of what stands in front of it.
  void ReadExecution(const Mention& mention, size_t at) {
    std::string_view words = mention.label.substr(0, at);
    if (WhenOf(mention) != When::kNow || HasAny(mention.label, {"目标", "要求", "上年", "去年"})) return;
    for (const std::string_view word : {"算", "预"}) {  // 预 may stand on the page before
      if (words.ends_with(word)) words.remove_suffix(word.size());
    }
    if (const auto quantity = QuantityAtEnd(words)) return AddRate(*quantity, mention);
    if (!IsBare(words)) return;
    AddRate(subject_.value_or(HeadingPart().value_or(Quantity::kTotal)), mention);
  }

  void AddRate(Quantity quantity, const Mention& mention) {
    Add(TextKey(quantity, Qualifier::kRate), mention, kPpmInPercent);
  }

  void ReadPoints(const Mention& mention) {
    static const FactKey kSelfScore = *FindKey("text.self_score");
    static const FactKey kWorkScore = *FindKey("text.work_score");
    const std::string_view label = mention.label;
    if (const std::string_view level1 = LevelOf(mention); !level1.empty()) {
      const bool is_score = EndsWithAny(WithoutFiller(label), {"得分", "总得分"});
      return Add(TextLevelKey(level1, is_score ? PointsColumn::kScore : PointsColumn::kWeight), mention, kMilli);
    }
    if (HasAny(label, {"自评工作考核", "考核评分表"})) return Add(kWorkScore, mention, kMilli);
    if (HasAny(label, {"指标", "该项", "扣", "满分", "总分"}) && !Has(label, "对照打分")) return;
    if (HasAny(label, {"打分得出", "评价得分", "自评得分", "自评分", "综合得分", "自评总分"})) {
      Add(kSelfScore, mention, kMilli);
    }
  }

  // The level that a number of points belongs to: `产出指标得分为30分`, or further
  // in front `一级指标产出指标：总分值30分，总得分30分`.
  std::string_view LevelOf(const Mention& mention) const {
    const std::string_view name = WithoutFiller(mention.label);
    if (HasAny(name, {"扣", "满分"}) || !EndsWithAny(name, {"得分", "总分", "总分值", "分值"})) return {};
    if (name == "该项得分") return LevelIn(sub_heading_);
    if (name == "得分" || name == "总得分" || name == "总分" || name == "总分值") return LevelIn(mention.lead);
    return LevelIn(mention.label);
  }

  // `3类：甲、乙、丙`.
  void ReadList(const Mention& mention) {
    static const FactKey kStated = *FindKey("text.lists.0.stated");
    static const FactKey kListed = *FindKey("text.lists.0.listed");
    constexpr int kLikelySlip = 2;
    if (FenIn(mention.unit) != 0 || mention.unit == "%" || mention.unit == "分" || mention.decimals > 0) return;
    const std::optional<ListCount> list = CountList(passage_.mentions.TextAfter(mention));
    if (!list) return;
    const int64_t stated = mention.value_micro / kMicro;
    const bool agrees = stated >= list->low && stated <= list->high;
    const int number = lists_++;
    Add({kStated.family, number}, mention, kMilli);
    Fact listed = *facts_.Find(FactKey{kStated.family, number});
    listed.value = (agrees ? stated : list->low) * kMilli;
    listed.is_approximate |= list->is_open;
    // Far apart, the list is one of something else.
    const bool is_far = std::abs(stated - list->low) > kLikelySlip;
    listed.is_ambiguous = !agrees && (list->low != list->high || !list->is_clear || is_far);
    facts_.Add({kListed.family, number}, listed);
  }

  std::string_view sub_heading_;
  const Passage& passage_;
  int& lists_;
  Facts& facts_;
  int sentence_ = -1;
  std::optional<Quantity> subject_;  // of the sentence so far
  std::optional<Quantity> scope_;    // the whole whose parts follow 其中
  // What the whole is, budget or spending; and what its parts are therefore.
  Qualifier whole_qualifier_ = Qualifier::kExecuted;
  Qualifier scope_qualifier_ = Qualifier::kExecuted;
  int change_ = 0;                // sign, if the figure before was a change
  const char* behind_ = nullptr;  // the figure before, or where the sentence began
  std::optional<Qualifier> three_public_;
  bool has_purchase_ = false;
};

// `（一）基本支出情况`: a short paragraph without figures is a sub-heading.
bool IsSubHeading(const Passage& passage) {
  return passage.mentions.empty() && passage.text.size() <= 90 && !passage.text.ends_with("。");
}

}  // namespace

void CollectTextFacts(const report::v1::ReportContent& content, const std::vector<Passage>& passages, Facts& facts) {
  std::string_view sub_heading;
  int lists = 0;
  for (const Passage& passage : passages) {
    if (passage.cell != nullptr) break;  // paragraphs come first
    if (passage.paragraph == 0) sub_heading = content.sections(passage.section).heading();
    if (IsSubHeading(passage)) sub_heading = passage.text;
    ParagraphReader reader(sub_heading, passage, lists, facts);
    for (const Mention& mention : passage.mentions) reader.Read(mention);
  }
}

}  // namespace jixiao::scoring
