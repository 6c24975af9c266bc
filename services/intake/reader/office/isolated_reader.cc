#include "intake/reader/office/isolated_reader.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <vector>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/reader/blocks/document_kind.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/reader/office/child_process.h"
#include "intake/reader/office/libreoffice.h"
#include "intake/reader/office/read_document.h"

namespace jixiao::intake {
namespace {

constexpr char kReport = 'R';
constexpr char kFailure = 'F';

absl::Status Broken() {
  return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_DAMAGED",
                   "文件内部结构异常，读取没有完成；请用 Office 或 WPS 打开原文件，另存后重新提交");
}

std::string ReadAll(int stream) {
  std::string bytes;
  std::vector<char> chunk(64 << 10);
  while (bytes.size() <= kMaxDocumentBytes) {
    const ssize_t count = read(stream, chunk.data(), chunk.size());
    if (count <= 0) break;
    bytes.append(chunk.data(), static_cast<size_t>(count));
  }
  return bytes;
}

bool WriteAll(int stream, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(stream, bytes.data(), bytes.size());
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

// `Freason\nmessage`.
std::string FailureOf(const absl::Status& status) {
  return kFailure + ReasonOf(status) + "\n" + std::string(status.message());
}

absl::StatusOr<report::v1::Report> ReadInChild(std::string_view bytes, const IsolatedReader& reader) {
  ChildProcess child;
  // The child starts in a folder of its own.
  child.arguments = {reader.program, kReaderArgument, std::filesystem::absolute(reader.folder).string()};
  child.environment = {"LANG=C.UTF-8"};
  child.input = bytes;
  child.time = absl::Seconds(10);
  child.memory_bytes = int64_t{512} << 20;
  child.file_bytes = 32 << 20;
#if defined(__SANITIZE_ADDRESS__)
  child.memory_bytes = int64_t{1} << 50;                          // its shadow alone is terabytes of address space
  child.environment.emplace_back("ASAN_OPTIONS=detect_leaks=0");  // looking for leaks takes more than it may do
#endif
  JIXIAO_ASSIGN_OR_RETURN(const ChildResult result, RunChild(child));
  const std::string_view output = result.output;
  if (result.exit_code != 0 || output.empty()) return Broken();
  if (output.front() == kFailure) {
    const size_t end = output.find('\n');
    if (end == std::string_view::npos) return Broken();
    return MakeError(absl::StatusCode::kInvalidArgument, output.substr(1, end - 1),
                     std::string(output.substr(end + 1)));
  }
  report::v1::Report report;
  if (output.front() != kReport || !report.ParseFromArray(output.data() + 1, static_cast<int>(output.size()) - 1)) {
    return Broken();
  }
  return report;
}

}  // namespace

bool ConfineProcess() {
  const std::vector<unsigned int> allowed = {
      __NR_read,         __NR_write,          __NR_readv,       __NR_writev,        __NR_pread64,  __NR_lseek,
      __NR_fstat,        __NR_newfstatat,     __NR_mmap,        __NR_munmap,        __NR_mprotect, __NR_mremap,
      __NR_brk,          __NR_madvise,        __NR_futex,       __NR_rt_sigaction,  __NR_close,    __NR_getrandom,
      __NR_rt_sigreturn, __NR_rt_sigprocmask, __NR_exit,        __NR_exit_group,    __NR_getpid,   __NR_gettid,
      __NR_tgkill,       __NR_sched_yield,    __NR_sigaltstack, __NR_clock_gettime, __NR_prlimit64};
  std::vector<sock_filter> program;
  program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
  for (const unsigned int call : allowed) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, static_cast<unsigned int>(SECCOMP_RET_ERRNO) | EPERM));
  const sock_fprog filter = {static_cast<unsigned short>(program.size()), program.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

absl::StatusOr<report::v1::Report> ReadDocumentIsolated(std::string_view bytes, const IsolatedReader& reader) {
  const DocumentKind kind = DocumentKindOf(bytes);
  if (kind == DocumentKind::kText) return ReadTextReport(bytes, reader.data);
  if (!NeedsConversion(kind) || reader.soffice.empty() || bytes.size() > kMaxDocumentBytes) {
    return ReadInChild(bytes, reader);
  }
  JIXIAO_ASSIGN_OR_RETURN(const std::string converted, ConvertDocument(reader.soffice, bytes, kind));
  JIXIAO_ASSIGN_OR_RETURN(report::v1::Report report, ReadInChild(converted, reader));
  report.mutable_provenance()->set_reader(report.provenance().reader() + kConvertedSuffix);
  return report;
}

int ReadDocumentAsChild(const std::string& folder) {
  const absl::StatusOr<ReaderData> data = ReaderData::Load(folder);
  if (!data.ok()) return 1;
#if !defined(__SANITIZE_ADDRESS__)  // sanitizers look around in ways that no confined process may
  if (!ConfineProcess()) return 1;
#endif
  const std::string document = ReadAll(STDIN_FILENO);
  const auto report = ReadDocument(document, "", *data);
  const std::string answer = report.ok() ? kReport + report->SerializeAsString() : FailureOf(report.status());
  return WriteAll(STDOUT_FILENO, answer) ? 0 : 1;
}

}  // namespace jixiao::intake
