#include "commands/filing/submit_many.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/time/clock.h"
#include "client/bulk_sender.h"
#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/rpc/raw_message.h"
#include "jixiao/intake/v1/filing.pb.h"
#include "jixiao/intake/v1/item_failure.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

constexpr size_t kMaxReport = 1 << 20;

// Reads reports one by one, so that a file may be larger than memory.
class ReportFile {
 public:
  explicit ReportFile(const std::string& path) : in_(path, std::ios::binary) {}

  bool is_open() const { return in_.is_open(); }
  // What is wrong with the file; empty while nothing is.
  const std::string& problem() const { return problem_; }
  int64_t count() const { return count_; }

  std::optional<std::string> Next() {
    if (!problem_.empty() || in_.peek() == std::char_traits<char>::eof()) return std::nullopt;
    const std::optional<size_t> size = ReadSize();
    if (!size.has_value()) return Stop("长度损坏");
    if (*size > kMaxReport) return Stop(fmt::format("有 {} 字节，超过 1 MiB", *size));
    std::string bytes(*size, '\0');
    if (!in_.read(bytes.data(), static_cast<std::streamsize>(*size))) return Stop("不完整，文件可能被截断");
    ++count_;
    return bytes;
  }

 private:
  std::optional<size_t> ReadSize() {
    uint64_t size = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      const int byte = in_.get();
      if (byte < 0) return std::nullopt;
      size |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return static_cast<size_t>(size);
    }
    return std::nullopt;
  }

  std::optional<std::string> Stop(const std::string& why) {
    problem_ = fmt::format("第 {} 份报告{}，此后的内容未读", count_ + 1, why);
    return std::nullopt;
  }

  std::ifstream in_;
  int64_t count_ = 0;
  std::string problem_;
};

// One line a result: number, request id, `accepted` | `identical` | `refused`,
// version or reason, message. A line that was cut off does not count.
class ResultLog {
 public:
  explicit ResultLog(const std::string& path) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
      const std::string id = AnsweredId(line);
      if (!id.empty()) answered_.insert(id);
    }
    file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    // Never behind a torn line.
    if (file_ >= 0 && lseek(file_, 0, SEEK_END) > 0) Write("\n");
  }
  ~ResultLog() {
    if (file_ < 0) return;
    fdatasync(file_);
    close(file_);
  }

  bool is_open() const { return file_ >= 0; }
  bool is_full() const { return is_full_; }
  bool IsAnswered(const std::string& request_id) const { return answered_.count(request_id) > 0; }
  size_t answered_before() const { return answered_.size(); }

  void Add(const BulkItem& item, const std::string& outcome, const std::string& about, const std::string& message) {
    Write(fmt::format("{}\t{}\t{}\t{}\t{}\t.\n", item.number, item.request_id, outcome, about, message));
  }

 private:
  static std::string AnsweredId(const std::string& line) {
    std::istringstream words(line);
    std::vector<std::string> cells;
    for (std::string cell; std::getline(words, cell, '\t');) cells.push_back(cell);
    return cells.size() == 6 && cells[5] == "." ? cells[1] : std::string();
  }

  void Write(const std::string& text) {
    if (write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) is_full_ = true;
  }

  int file_ = -1;
  bool is_full_ = false;
  std::set<std::string> answered_;
};

// The same bytes have the same id, so a run that lost its log repeats nothing.
std::string RequestIdFor(const std::string& report) {
  return "many-" + ContentDigest(report).substr(std::string_view("sha256:").size(), 40);
}

std::string RequestFor(const std::string& request_id, const std::string& report) {
  std::string request;
  AppendField(v1::SubmitReportRequest::kRequestIdFieldNumber, request_id, request);
  AppendField(v1::SubmitReportRequest::kReportFieldNumber, report, request);
  return request;
}

std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

// What people see while it runs and at the end.
class Tally {
 public:
  explicit Tally(bool is_shown) : is_shown_(is_shown), start_(absl::Now()), next_(start_) {}

  void Count(const std::string& outcome, const std::string& reason) {
    ++counts_[outcome];
    if (!reason.empty()) ++reasons_[reason];
    ++done_;
    if (is_shown_ && absl::Now() >= next_) Show();
  }

  void Show() {
    next_ = absl::Now() + absl::Seconds(1);
    fmt::print(stderr, "\r\x1b[K已答复 {} 份，受理 {}，相同 {}，拒绝 {}，每秒 {} 份", done_, counts_["accepted"],
               counts_["identical"], counts_["refused"], rate());
    std::fflush(stderr);
  }

  void End() const {
    if (is_shown_) fmt::print(stderr, "\r\x1b[K");
  }

  int64_t rate() const {
    const int64_t millis = std::max<int64_t>(1, absl::ToInt64Milliseconds(absl::Now() - start_));
    return done_ * 1000 / millis;
  }
  int64_t count(const std::string& outcome) const {
    const auto found = counts_.find(outcome);
    return found == counts_.end() ? 0 : found->second;
  }
  const std::map<std::string, int64_t>& reasons() const { return reasons_; }

 private:
  const bool is_shown_;
  const absl::Time start_;
  absl::Time next_;
  int64_t done_ = 0;
  std::map<std::string, int64_t> counts_;
  std::map<std::string, int64_t> reasons_;
};

void Record(const BulkItem& item, const v1::SubmitReportsResponse& answer, ResultLog& log, Tally& tally) {
  if (answer.has_accepted()) {
    const std::string outcome = answer.accepted().is_identical() ? "identical" : "accepted";
    log.Add(item, outcome, answer.accepted().receipt().submission_version(), "");
    return tally.Count(outcome, "");
  }
  const v1::ItemFailure& refused = answer.refused();
  std::string message = refused.message();
  for (const v1::FieldProblem& problem : refused.field_problems()) {
    message += fmt::format("；{}：{}", problem.field(), problem.description());
  }
  log.Add(item, "refused", OneLine(refused.reason()), OneLine(SafeText(message)));
  tally.Count("refused", refused.reason());
}

std::string Summary(const Tally& tally, const ResultLog& log, int64_t broken_streams, const std::string& log_path) {
  std::string text = fmt::format("受理 {} 份，内容与现有版本相同 {} 份，拒绝 {} 份", tally.count("accepted"),
                                 tally.count("identical"), tally.count("refused"));
  if (log.answered_before() > 0) text += fmt::format("；此前已答复、本次跳过 {} 份", log.answered_before());
  text += fmt::format("。每秒 {} 份", tally.rate());
  if (broken_streams > 0) text += fmt::format("，连接中断 {} 次，均已续传", broken_streams);
  text += fmt::format("。\n逐份结果：{}\n", log_path);
  for (const auto& [reason, count] : tally.reasons()) text += fmt::format("  拒绝原因 {}：{} 份\n", reason, count);
  return text;
}

}  // namespace

int RunSubmitMany(const SubmitManyArguments& arguments, ServiceClient& client, const Output& output) {
  ReportFile file(arguments.file);
  if (!file.is_open()) {
    output.WriteFailure(arguments.file, absl::NotFoundError("文件打不开"));
    return kExitBadInput;
  }
  const std::string log_path = arguments.log.empty() ? arguments.file + ".results" : arguments.log;
  ResultLog log(log_path);
  if (!log.is_open()) {
    output.WriteFailure(log_path, absl::PermissionDeniedError("结果文件不能写入"));
    return kExitBadInput;
  }
  Tally tally(!output.as_json() && isatty(STDERR_FILENO) != 0);
  BulkSender sender(
      {.channel = client.channel(), .window = arguments.window},
      [&file, &log]() -> std::optional<BulkItem> {
        while (auto report = file.Next()) {
          const std::string id = RequestIdFor(*report);
          if (!log.IsAnswered(id)) return BulkItem{file.count(), id, RequestFor(id, *report)};
        }
        return std::nullopt;
      },
      [&log, &tally](const BulkItem& item, const v1::SubmitReportsResponse& answer) {
        Record(item, answer, log, tally);
      });
  const absl::Status sent = sender.Run();
  tally.End();
  if (output.as_json()) {
    output.Write(fmt::format(
        R"({{"about":{},"accepted":{},"identical":{},"refused":{},"skipped":{},"brokenStreams":{},"log":{}}})"
        "\n",
        JsonQuote(arguments.file), tally.count("accepted"), tally.count("identical"), tally.count("refused"),
        log.answered_before(), sender.broken_streams(), JsonQuote(log_path)));
  } else {
    output.Write(Summary(tally, log, sender.broken_streams(), log_path));
  }
  if (!file.problem().empty()) {
    output.WriteFailure(arguments.file, absl::DataLossError(file.problem()));
    return kExitBadInput;
  }
  if (log.is_full()) {
    output.WriteFailure(log_path, absl::ResourceExhaustedError("结果文件写不全，请清理磁盘后用同一命令继续"));
    return kExitBadInput;
  }
  if (!sent.ok()) {
    output.WriteFailure(arguments.file, sent);
    return kExitRefused;
  }
  return tally.count("refused") > 0 ? kExitRefused : kExitOk;
}

}  // namespace jixiao::cli
