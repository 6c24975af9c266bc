#include "commands/platform/audit.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "client/audit_reader.h"
#include "commands/platform/audit_scope.h"
#include "commands/read_file.h"
#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/core/audit/audit_checkpoints.h"
#include "intake/core/audit/audited_events.h"
#include "intake/core/audit/verify_audit.h"
#include "jixiao/intake/v1/audit.pb.h"
#include "jixiao/intake/v1/lookup.pb.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;
using intake::AuditHead;
using intake::AuditShard;
using intake::ChainFault;
using intake::EventFault;

// A checkpoint a minute for ten years.
constexpr size_t kMaxCheckpointBytes = size_t{1} << 30;

std::string WhatHappened(const ChainFault& fault) {
  switch (fault.kind) {
    case ChainFault::Kind::kUnreadable: return fmt::format("第 {} 条无法读取，此条已被改动或损坏", fault.sequence);
    case ChainFault::Kind::kOutOfOrder:
      return fmt::format("第 {} 条的位置上不是第 {} 条：有记录被删除、重复、插入或调换", fault.sequence,
                         fault.sequence);
    case ChainFault::Kind::kAltered:
      return fmt::format("第 {} 条的内容与校验值不符：此条或其校验值被改动", fault.sequence);
    case ChainFault::Kind::kCutOff:
      return fmt::format("自第 {} 条起缺失：末尾记录被删除，或恢复了较早的备份", fault.sequence);
    case ChainFault::Kind::kHeadDiffers:
      return fmt::format("第 {} 条起与单独保存的末条校验值不符：末尾被改写，或校验值被改动", fault.sequence);
    case ChainFault::Kind::kRewritten:
      return fmt::format("与检查点不符：第 {} 至 {} 条之间的记录在检查点留存之后被整体改写", fault.sequence,
                         fault.last_sequence);
    case ChainFault::Kind::kBadCheckpoint: return "检查点的序号不对，请核对检查点文件";
  }
  return "";
}

std::string WhatHappened(const std::string& submission, const EventFault& fault) {
  switch (fault.kind) {
    case EventFault::Kind::kDiffers:
      return fmt::format("{}：办理记录第 {} 条与审计日志不符，内容（如理由）在办理之后被改动", submission,
                         fault.sequence);
    case EventFault::Kind::kMissing:
      return fmt::format("{}：缺少办理记录第 {} 条，审计日志中有此条", submission, fault.sequence);
    case EventFault::Kind::kUnlogged:
      return fmt::format("{}：办理记录第 {} 条不在审计日志中", submission, fault.sequence);
  }
  return "";
}

// One chain, read once and then once more for what came meanwhile.
class ShardCheck {
 public:
  ShardCheck(AuditShard shard, const std::vector<v1::AuditCheckpoint>& checkpoints, ServiceClient& client)
      : name_(FormatAuditLogName(shard)), client_(client), verifier_(shard, checkpoints) {}

  // Reads what follows.
  absl::Status ReadOn() {
    AuditHead head;
    const absl::Status status =
        ReadAuditLog(client_, name_, verifier_.sequence(), [&](const v1::ReadAuditLogResponse& response) {
          for (const v1::AuditRecord& record : response.records()) Add(record);
          if (response.has_head()) head = {response.head().sequence(), response.head().hash()};
        });
    if (status.ok()) fault_ = verifier_.Finish(head);
    return status;
  }

  // Holds each history in the log, and those of `submissions`, against it. What is
  // in a history only may have come while this ran: it is looked for once more
  // behind the end of the log. What is not in the log at all is older than
  // `log_start`, or was taken out.
  absl::Status CompareEvents(std::set<std::string> submissions, std::optional<absl::Time> log_start) {
    for (std::string& name : events_.Submissions()) submissions.insert(std::move(name));
    std::map<std::string, std::vector<v1::SubmissionEvent>> unlogged;
    for (const std::string& submission : submissions) {
      JIXIAO_ASSIGN_OR_RETURN(auto events, HistoryOf(submission));
      const auto fault = Compare(submission, events, log_start);
      if (fault.has_value() && fault->kind == EventFault::Kind::kUnlogged) {
        unlogged[submission] = std::move(events);
      } else if (fault.has_value()) {
        problems_.push_back(WhatHappened(submission, *fault));
      }
    }
    if (unlogged.empty()) return absl::OkStatus();
    JIXIAO_RETURN_IF_ERROR(ReadOn());
    for (const auto& [submission, events] : unlogged) {
      const auto fault = Compare(submission, events, log_start);
      // Missing is what came after the history was read.
      if (fault.has_value() && fault->kind != EventFault::Kind::kMissing) {
        problems_.push_back(WhatHappened(submission, *fault));
      }
    }
    return absl::OkStatus();
  }

  bool is_sound() const { return !fault_.has_value() && problems_.empty(); }
  const std::optional<ChainFault>& fault() const { return fault_; }
  const std::vector<std::string>& problems() const { return problems_; }
  const intake::ChainVerifier& verifier() const { return verifier_; }
  const intake::AuditedEvents& events() const { return events_; }
  int64_t older() const { return older_; }  // steps from before there was a log
  const std::string& name() const { return name_; }

 private:
  void Add(const v1::AuditRecord& record) {
    v1::AuditEntry entry;
    if (verifier_.Add(record) && entry.ParseFromString(record.entry())) events_.Add(entry);
  }

  std::optional<EventFault> Compare(const std::string& submission, const std::vector<v1::SubmissionEvent>& events,
                                    std::optional<absl::Time> log_start) {
    const int64_t unchained_before = events_.unchained();
    auto fault = events_.Compare(submission, events);
    const int64_t unchained = events_.unchained() - unchained_before;
    if (unchained == 0) return fault;
    const absl::Time last = TimeOf(events[static_cast<size_t>(unchained - 1)].event_time());
    if (last < log_start.value_or(absl::InfinitePast())) {
      older_ += unchained;
      return fault;
    }
    problems_.push_back(fmt::format("{}：办理记录第 1 至 {} 条都不在审计日志中，{}", submission, unchained,
                                    log_start.has_value()
                                        ? "而办理时已有审计日志：日志中的记录被删除后重写，或办理绕过了日志"
                                        : "审计日志整体缺失；如系统刚从没有审计日志的版本升级、此后尚未办理，属正常"));
    return fault;
  }

  absl::StatusOr<std::vector<v1::SubmissionEvent>> HistoryOf(const std::string& submission) {
    v1::ListEventsRequest request;
    request.set_parent(submission);
    std::vector<v1::SubmissionEvent> events;
    do {
      const auto response = client_.Ask<v1::ListEventsResponse>("ListEvents", request);
      if (absl::IsNotFound(response.status())) return events;  // the log has it, so all of it is missing
      if (!response.ok()) return response.status();
      events.insert(events.end(), response->events().begin(), response->events().end());
      request.set_page_token(response->next_page_token());
    } while (!request.page_token().empty());
    return events;
  }

  const std::string name_;
  ServiceClient& client_;
  intake::ChainVerifier verifier_;
  intake::AuditedEvents events_;
  int64_t older_ = 0;
  std::optional<ChainFault> fault_;
  std::vector<std::string> problems_;
};

void Write(const ShardCheck& check, const AuditArguments& arguments, const Output& output) {
  if (output.as_json()) {
    // The head that was reached, for who keeps checkpoints of their own.
    v1::AuditCheckpoint reached;
    reached.set_name(check.name());
    reached.set_sequence(check.verifier().sequence());
    reached.set_hash(check.verifier().hash());
    std::string problems;
    if (check.fault().has_value()) problems = fmt::format("\"{}\"", WhatHappened(*check.fault()));
    for (const std::string& problem : check.problems()) {
      problems += fmt::format("{}\"{}\"", problems.empty() ? "" : ",", problem);
    }
    output.Write(fmt::format("{{\"reached\":{},\"isSound\":{},\"problems\":[{}]}}\n", ToJson(reached), check.is_sound(),
                             problems));
    return;
  }
  std::string text = fmt::format("{}  {}\n  已核验 {} 条", check.name(), check.is_sound() ? "完好" : "有问题",
                                 check.verifier().sequence());
  if (!arguments.checkpoints_file.empty())
    text += fmt::format("，与 {} 个检查点相符", check.verifier().checkpoints_met());
  if (!arguments.is_chain_only && !check.fault().has_value()) {
    text += fmt::format("，核对办理记录 {} 条", check.events().compared());
  }
  text += fmt::format("\n  末条校验值 {}\n", HexOf(check.verifier().hash()));
  if (check.older() > 0) {
    text += fmt::format("  另有 {} 条办理记录早于审计日志，无从核对\n", check.older());
  }
  if (check.fault().has_value()) {
    text += fmt::format("  问题  {}\n  办法  保留现场，勿再写入；与留存的检查点和备份比对，并报告审计部门\n",
                        WhatHappened(*check.fault()));
  }
  for (const std::string& problem : check.problems()) text += fmt::format("  问题  {}\n", problem);
  output.Write(text);
}

absl::StatusOr<std::vector<v1::AuditCheckpoint>> ReadCheckpoints(const std::string& path) {
  if (path.empty()) return std::vector<v1::AuditCheckpoint>();
  JIXIAO_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path, kMaxCheckpointBytes));
  auto checkpoints = intake::ParseCheckpoints(bytes);
  if (checkpoints.ok()) return checkpoints;
  return absl::InvalidArgumentError(
      fmt::format("不是检查点文件（每行一个 JSON，由受理服务的 --audit_checkpoints 写出）：{}",
                  std::string(checkpoints.status().message())));
}

}  // namespace

int RunAuditVerify(const AuditArguments& arguments, ServiceClient& client, const Output& output) {
  const auto checkpoints = ReadCheckpoints(arguments.checkpoints_file);
  if (!checkpoints.ok()) {
    output.WriteFailure(arguments.checkpoints_file, checkpoints.status());
    return kExitBadInput;
  }
  const auto scope = FindAuditScope(arguments.shards, *checkpoints, arguments.is_chain_only, client);
  if (!scope.ok()) {
    output.WriteFailure(client.server(), scope.status());
    return kExitRefused;
  }
  if (scope->submissions.empty() && !output.as_json()) output.Write("没有审计日志，或没有可以读取的审计日志。\n");
  int exit_code = kExitOk;
  for (const auto& [shard, submissions] : scope->submissions) {
    ShardCheck check(shard, *checkpoints, client);
    absl::Status status = check.ReadOn();
    if (status.ok() && !check.fault().has_value() && !arguments.is_chain_only) {
      status = check.CompareEvents(submissions, scope->log_start);
    }
    if (!status.ok()) {
      output.WriteFailure(check.name(), status);
      exit_code = std::max(exit_code, static_cast<int>(kExitRefused));
      continue;
    }
    Write(check, arguments, output);
    if (!check.is_sound()) exit_code = std::max(exit_code, static_cast<int>(kExitBlocked));
  }
  return exit_code;
}

}  // namespace jixiao::cli
