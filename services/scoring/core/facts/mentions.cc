#include "scoring/core/facts/mentions.h"

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/folded_text.h"

namespace jixiao::scoring {
namespace {

constexpr int kMicroScale = 6;

template <size_t N>
bool EndsWithOneOf(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (text.ends_with(word)) return true;
  }
  return false;
}

template <size_t N>
std::string_view FrontOf(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (text.starts_with(word)) return word;
  }
  return {};
}

bool Consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string_view FrontChar(std::string_view text) {
  const size_t length = Utf8SequenceLength(text);
  return text.substr(0, length == 0 ? 1 : length);
}

// The unit at the front of `text`: one of those of several characters, `%`, or
// any one Han character.
std::string_view UnitAt(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kLong = {"万元", "亿元", "人次", "个百分点", "平方米"};
  if (const std::string_view unit = FrontOf(text, kLong); !unit.empty()) return text.substr(0, unit.size());
  if (text.empty()) return {};
  const std::string_view first = FrontChar(text);
  return first == "%" || IsHan(FrontCodePoint(text)) ? first : std::string_view();
}

// First byte behind `text`'s words: a stop, or the end.
size_t WordsLength(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ',' || c == ';' || c == ':' || c == '!' || c == '?') return i;
    if (c == '\xE3' && (text.substr(i, 3) == "。" || text.substr(i, 3) == "、")) return i;
  }
  return text.size();
}

// A year, month, day or document number is no quantity, nor is the beginning of
// a range, `100至200人`.
bool IsNoUnit(std::string_view unit) {
  return unit == "年" || unit == "月" || unit == "日" || unit == "号" || unit == "至";
}

// Length of the beginning of a range at the end of `label`: `基本支出50至`; 0 if
// there is none.
size_t RangeAtEnd(std::string_view label) {
  for (const std::string_view sign : {"-", "~", "—", "至"}) {
    if (!label.ends_with(sign)) continue;
    size_t at = label.size() - sign.size();
    while (at > 0 && (IsDigit(label[at - 1]) || label[at - 1] == '.')) --at;
    if (at < label.size() - sign.size()) return label.size() - at;
  }
  return 0;
}

// Reads the figures of one folded text.
class MentionReader {
 public:
  MentionReader(std::string_view original, const FoldedText& folded) : original_(original), text_(folded.text()) {}

  std::vector<Mention> Read(const std::vector<FigureStart>& starts) {
    mentions_.reserve(starts.size());
    for (const FigureStart& start : starts) {
      if (start.at < done_) continue;  // inside the figure before
      if (start.sentence_at != sentence_at_) year_ = 0;
      sentence_at_ = start.sentence_at;
      if (IsDigit(text_[start.at])) {
        ReadFigure(start);
      } else {
        ReadChineseCount(start);
      }
    }
    return std::move(mentions_);
  }

 private:
  struct Number {
    size_t size = 0;
    std::optional<Decimal> value;
  };

  Number NumberAt(size_t at) const {
    const std::string_view rest = text_.substr(at);
    const size_t size = DecimalPrefixLength(rest);
    return {size, ParseDecimal(rest.substr(0, size))};
  }

  void ReadFigure(const FigureStart& start) {
    const Number number = NumberAt(start.at);
    done_ = start.at + number.size;
    std::string_view rest = text_.substr(done_);
    if (rest.starts_with("年")) return NoteYear(start, number);
    Mention mention;
    const auto more = [&] { return Consume(rest, "余") || Consume(rest, "多"); };
    mention.is_approximate = more();
    int power = 0;
    // 万元 is a unit of its own; 18万余条 are 180,000.
    if (!rest.starts_with("万元") && !rest.starts_with("亿元")) {
      const std::string_view counted = rest;
      if (Consume(rest, "万")) power = 4;
      if (power == 0 && Consume(rest, "亿")) power = 8;
      mention.is_approximate |= power > 0 && more();
      // 50万余元 and 18万 alone: 万 is no part of a larger unit then.
      if (power > 0 && UnitAt(rest).empty()) {
        rest = counted;
        power = 0;
      }
    }
    mention.unit = UnitAt(rest);
    const auto value = number.value ? Rescale(*number.value, kMicroScale + power) : std::nullopt;
    if (mention.unit.empty() || !value || IsNoUnit(mention.unit) || LabelOf(start).ends_with("第")) return;
    mention.value_micro = *value;
    mention.decimals = number.value->scale;
    const size_t end = static_cast<size_t>(mention.unit.data() - text_.data()) + mention.unit.size();
    Finish(start, end, mention);
  }

  void ReadChineseCount(const FigureStart& start) {
    const size_t colon = text_.find(':', start.at);
    const ChineseCount count = FindChineseCount(text_.substr(start.at, colon - start.at));
    if (count.at != 0 || count.measure.empty()) return;
    Mention mention;
    mention.value_micro = int64_t{count.value} * 1'000'000;
    mention.unit = count.measure;
    Finish(start, static_cast<size_t>(count.measure.data() - text_.data()) + count.measure.size(), mention);
  }

  // Words since the last stop, or since the figure before if that is nearer.
  std::string_view LabelOf(const FigureStart& start) const {
    const size_t begin = std::max(start.label, last_end_);
    return text_.substr(begin, start.at - begin);
  }

  void Finish(const FigureStart& start, size_t end, Mention& mention) {
    static constexpr std::array<std::string_view, 14> kAbout = {
        "约", "近", "超", "超过", "逾", "将近", "接近", "不足", "至少", "不低于", "不少于", "不超过", "不高于", "-"};
    static constexpr std::array<std::string_view, 7> kAboutBehind = {"左右", "上下",   "以上", "以下",
                                                                     "以内", "及以上", "余"};
    mention.label = LabelOf(start);
    mention.as_written = text_.substr(start.at, end - start.at);
    mention.lead = text_.substr(start.sentence_at, start.at - start.sentence_at);
    mention.after = text_.substr(end);
    mention.after = mention.after.substr(0, WordsLength(mention.after));
    mention.sentence = start.sentence;
    mention.year = year_;
    mention.year_is_near = year_at_ >= std::max(start.label, last_end_);
    mention.start_char = start.position;
    mention.char_count = WalkFolded(original_.substr(start.original), end - start.at).chars;
    const size_t range = RangeAtEnd(mention.label);
    mention.is_approximate |=
        range > 0 || EndsWithOneOf(mention.label, kAbout) || !FrontOf(mention.after, kAboutBehind).empty();
    mention.label.remove_suffix(range);
    done_ = end;
    last_end_ = end;
    mentions_.push_back(mention);
  }

  void NoteYear(const FigureStart& start, const Number& number) {
    constexpr int64_t kFirst = 1949;
    constexpr int64_t kLast = 2100;
    constexpr int kYearDigits = 4;
    constexpr int64_t kYearPower = 10'000;
    // `1.2024年…` is a number of the list and a year.
    if (!number.value || (number.value->scale != 0 && number.value->scale != kYearDigits)) return;
    const int64_t year = number.value->coefficient % kYearPower;
    // 比2023年, 自2023年: another year is only compared with.
    static constexpr std::array<std::string_view, 6> kOther = {"比", "较", "同", "与", "自", "从"};
    if (year < kFirst || year > kLast || EndsWithOneOf(text_.substr(0, start.at), kOther)) return;
    year_ = static_cast<int>(year);
    year_at_ = start.at;
  }

  std::string_view original_;
  std::string_view text_;
  std::vector<Mention> mentions_;
  size_t done_ = 0;      // everything before is read
  size_t last_end_ = 0;  // behind the last mention
  size_t sentence_at_ = 0;
  int year_ = 0;
  size_t year_at_ = 0;
};

}  // namespace

std::string_view Mentions::TextAfter(const Mention& mention) const {
  const std::string_view text(folded_.get(), folded_size_);
  return text.substr(static_cast<size_t>(mention.after.data() - text.data()));
}

Mentions FindMentions(std::string_view text) {
  Mentions mentions;
  if (!MayMentionFigures(text)) return mentions;
  FoldedText folded = FoldText(text);
  mentions.all_ = MentionReader(text, folded).Read(folded.starts);
  if (mentions.all_.empty()) return mentions;
  mentions.folded_ = std::move(folded.chars);
  mentions.folded_size_ = folded.size;
  return mentions;
}

}  // namespace jixiao::scoring
