#include "scoring/core/assessment/claims.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "common/domain/personal_data.h"
#include "scoring/core/facts/passages.h"

namespace jixiao::scoring {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view kFullStop = "。";
constexpr std::array<std::string_view, 6> kStops = {"，", "；", "：", ",", ";", ":"};

// Where the first of `words` begins, or ends.
struct Found {
  size_t start = std::string_view::npos;
  size_t end = std::string_view::npos;
};

Found FindAny(std::string_view text, const Words& words, size_t from = 0) {
  Found first;
  for (const std::string_view word : words) {
    const size_t at = FindWord(text, word, from);
    if (at < first.start) first = {at, at + word.size()};
  }
  return first;
}

bool HasAny(std::string_view text, const Words& words) { return FindAny(text, words).start != std::string_view::npos; }

size_t ClauseStart(std::string_view sentence, size_t at) {
  size_t start = 0;
  for (const std::string_view stop : kStops) {
    const size_t found = sentence.substr(0, at).rfind(stop);
    if (found != std::string_view::npos) start = std::max(start, found + stop.size());
  }
  return start;
}

// `根据区财政局` in front of a verb says that others did it, `未` and `拟` that
// nobody has, `关于` that a document is cited.
bool IsTheUnitsOwn(std::string_view before_verb) {
  static const Words* const kOthers =
      new Words{"根据", "按照", "依照", "依据", "遵照", "财政",   "上级", "绩效办", "拟",   "未",  "没有",
                "尚",   "将",   "计划", "要求", "应当", "国务院", "需要", "省",     "关于", "收到"};
  return !HasAny(before_verb, *kOthers);
}

// A comma within is the list of a group's members, or another matter.
bool IsOneClause(std::string_view between) {
  static const Words* const kMembers = new Words{"组长", "成员", "牵头"};
  const bool has_stop = std::any_of(kStops.begin(), kStops.end(), [&](std::string_view stop) {
    return FindWord(between, stop) != std::string_view::npos;
  });
  return !has_stop || HasAny(between, *kMembers);
}

// The words of `sentence` that fit `pattern`; empty if none do.
std::string_view FindInSentence(std::string_view sentence, const ClaimPattern& pattern) {
  Found verb = FindAny(sentence, pattern.verbs);
  for (; verb.start != std::string_view::npos; verb = FindAny(sentence, pattern.verbs, verb.end)) {
    const size_t start = ClauseStart(sentence, verb.start);
    const Found subject = FindAny(sentence, pattern.subjects, verb.end);
    if (subject.start == std::string_view::npos) return {};
    const Found object = FindAny(sentence, pattern.objects, subject.start);
    if (object.start == std::string_view::npos) return {};
    if (IsTheUnitsOwn(sentence.substr(start, verb.start - start)) &&
        IsOneClause(sentence.substr(verb.end, object.start - verb.end))) {
      return sentence.substr(start, object.end - start);
    }
  }
  return {};
}

std::string_view FindInParagraph(std::string_view text, const ClaimPattern& pattern) {
  if (!HasAny(text, pattern.objects)) return {};
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(FindWord(text, kFullStop, start), text.size());
    const std::string_view found = FindInSentence(text.substr(start, end - start), pattern);
    if (!found.empty()) return found;
    start = end + kFullStop.size();
  }
  return {};
}

}  // namespace

std::optional<FoundClaim> FindClaim(const report::v1::ReportContent& content, const ClaimPattern& pattern) {
  for (int s = 0; s < content.sections_size(); ++s) {
    for (int p = 0; p < content.sections(s).paragraphs_size(); ++p) {
      const std::string_view text = content.sections(s).paragraphs(p).text();
      const std::string_view found = FindInParagraph(text, pattern);
      if (found.empty()) continue;
      const std::string quote = Shorten(Trim(found), 80);
      FoundClaim claim{MaskPersonalData(quote, FindPersonalData(quote)), ParagraphAddress(content.sections(s), s, p)};
      const auto start = static_cast<size_t>(found.data() - text.data());
      claim.place.set_start_char(static_cast<int>(CodePointCount(text.substr(0, start))));
      claim.place.set_char_count(static_cast<int>(CodePointCount(found)));
      return claim;
    }
  }
  return std::nullopt;
}

}  // namespace jixiao::scoring
