#include "print/submission.h"

#include <fmt/format.h>

#include "print/findings.h"
#include "print/review_notes.h"
#include "print/score_card.h"
#include "print/season.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

using intake::v1::Submission;

std::string StateWord(const Submission& submission, const Style& style) {
  const std::string word = WordFor(submission.state());
  switch (submission.state()) {
    case Submission::STATE_PUBLISHED: return Green(style, word);
    case Submission::STATE_RETURNED:
    case Submission::STATE_SCORING_FAILED: return Red(style, word);
    default: return Cyan(style, word);
  }
}

std::string Scores(const Submission& submission) {
  std::string out;
  for (const auto& table : submission.score_card().tables()) {
    out += fmt::format("  {}：{}\n", SafeText(table.title()), PrintTotal(table));
  }
  return out;
}

}  // namespace

std::string PrintSubmission(const Submission& submission, const std::string& page_base, const Style& style,
                            const std::vector<std::string>& to_explain) {
  constexpr int kKeyFindings = 3;
  std::string out = Bold(style, fmt::format("{}  {} 年度{}", SafeText(submission.unit_name()), submission.fiscal_year(),
                                            WordFor(submission.kind())));
  out += fmt::format("  {}\n", StateWord(submission, style));
  out += Faint(style, fmt::format("  {}  第 {} 版  收到于 {}", submission.name(), submission.current_version(),
                                  BeijingTime(submission.receive_time()))) +
         "\n";
  if (submission.has_lateness()) out += fmt::format("  报送时限：{}\n", PrintLateness(submission.lateness()));
  out += Scores(submission);
  if (submission.has_finding_counts()) {
    const int unexplained = submission.finding_counts().unexplained();
    const std::string waiting = unexplained > 0 ? fmt::format("，其中 {} 项待说明", unexplained) : std::string();
    out += fmt::format("  检查发现：{}{}\n", PrintCounts(submission.finding_counts()), waiting);
  }
  out += PrintKeyFindings(submission.score_card(), kKeyFindings, style);
  for (const auto& comment : submission.return_comments()) {
    out += PrintComment(comment, submission.score_card(), style);
  }
  out += PrintExplanations(submission, to_explain, style);
  if (submission.has_last_problem()) out += fmt::format("  最近的问题：{}\n", SafeText(submission.last_problem()));
  if (submission.has_page_path()) out += fmt::format("  公开页面：{}{}\n", page_base, SafeText(submission.page_path()));
  out += fmt::format("  下一步：{}\n", Wrap(SafeText(submission.next_step()), 10, style.width));
  return out;
}

std::string PrintChange(const Submission& submission, const Style& style) {
  std::string out = fmt::format("{}  第 {} 版  {}\n", BeijingTime(submission.update_time()),
                                submission.current_version(), StateWord(submission, style));
  return out + fmt::format("    {}\n", Wrap(SafeText(submission.next_step()), 4, style.width));
}

std::string PrintReceipt(const intake::v1::Receipt& receipt, bool is_identical, const Style& style) {
  std::string out = fmt::format("{}{}\n", Green(style, is_identical ? "内容与当前版本相同，未新增版本：" : "已受理："),
                                SafeText(receipt.submission_version()));
  out += Faint(style, fmt::format("  收到于 {}  原文 {} 字节  报告摘要 {}", BeijingTime(receipt.receive_time()),
                                  receipt.original_size_bytes(), receipt.report_digest())) +
         "\n";
  if (receipt.has_lateness()) out += fmt::format("  报送时限：{}\n", PrintLateness(receipt.lateness()));
  return out;
}

std::string PrintEvent(const intake::v1::SubmissionEvent& event, const Style& style) {
  std::string out = fmt::format("{}  第 {} 版  {}  {}", BeijingTime(event.event_time()), event.version(),
                                PadRight(WordFor(event.action()), 8), Faint(style, SafeText(event.actor())));
  if (event.has_reason()) out += fmt::format("\n    {}", Wrap(SafeText(event.reason()), 4, style.width));
  return out + "\n";
}

std::string PrintDifference(const intake::v1::FieldDifference& difference, const Style& style) {
  const std::string place = difference.has_label() ? difference.label() : difference.path();
  const auto shown = [](bool is_there, const std::string& text) {
    return !is_there ? std::string("（无）") : text.empty() ? std::string("（空白）") : SafeText(text);
  };
  return fmt::format("{}\n  原为 {}\n  现为 {}\n", Bold(style, SafeText(place)),
                     Wrap(shown(difference.has_from(), difference.from()), 7, style.width),
                     Wrap(shown(difference.has_to(), difference.to()), 7, style.width));
}

}  // namespace jixiao::cli
