#include "intake/adapters/libreoffice.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/errors.h"

namespace jixiao::intake {
namespace {

namespace fs = std::filesystem;

#if defined(__x86_64__)
constexpr unsigned int kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned int kArchitecture = AUDIT_ARCH_AARCH64;
#endif

struct Names {
  const char* input;
  const char* format;
  const char* output;
};

Names NamesFor(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kOldExcel: return {"in.xls", "xlsx", "in.xlsx"};
    case DocumentKind::kOpenSheet: return {"in.ods", "xlsx", "in.xlsx"};
    case DocumentKind::kOpenText: return {"in.odt", "docx", "in.docx"};
    case DocumentKind::kRichText: return {"in.rtf", "docx", "in.docx"};
    default: return {"in.doc", "docx", "in.docx"};
  }
}

// A folder of one's own, gone afterwards.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "jixiao-convert-XXXXXX").string();
    if (!error && mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// No sockets but local ones. Needs no privilege.
bool ForbidNetwork() {
  constexpr auto kRefuse = static_cast<unsigned int>(SECCOMP_RET_ERRNO) | EACCES;
  std::array<sock_filter, 9> program = {{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, kRefuse),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog filter = {static_cast<unsigned short>(program.size()), program.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

void Limit(int resource, int64_t most) {
  const rlimit limit = {static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void BecomeConverter(const std::string& folder, const ConversionLimits& limits, char* const* arguments,
                                  char* const* environment) {
  constexpr int kCannotStart = 126;
  setpgid(0, 0);
  const int nothing = open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nothing, stream);
  syscall(SYS_close_range, 3, ~0U, 0);
  Limit(RLIMIT_AS, limits.memory_bytes);
  Limit(RLIMIT_CPU, absl::ToInt64Seconds(limits.time) * 2);
  Limit(RLIMIT_FSIZE, limits.output_bytes * 4);
  Limit(RLIMIT_CORE, 0);
  if (chdir(folder.c_str()) == 0 && ForbidNetwork()) execve(arguments[0], arguments, environment);
  _exit(kCannotStart);
}

// Exit status, or DEADLINE_EXCEEDED after the whole process group was killed.
absl::StatusOr<int> WaitFor(pid_t child, absl::Duration time) {
  const absl::Time end = absl::Now() + time;
  int state = 0;
  while (true) {
    const pid_t done = waitpid(child, &state, WNOHANG);
    if (done == child) break;
    if (done < 0 && errno != EINTR) return absl::InternalError("waitpid failed");
    if (absl::Now() > end) {
      kill(-child, SIGKILL);
      kill(child, SIGKILL);
      waitpid(child, &state, 0);
      return MakeError(absl::StatusCode::kDeadlineExceeded, "CONVERSION_TOO_SLOW",
                       "文件转换超时；请用 Office 或 WPS 打开文件，另存为 .docx 或 .xlsx 后重新提交");
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  kill(-child, SIGKILL);  // what it may have left behind
  return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

absl::StatusOr<int> Run(const std::string& soffice, const std::string& folder, const Names& names,
                        const ConversionLimits& limits) {
  std::vector<std::string> arguments = {soffice,
                                        "--headless",
                                        "--norestore",
                                        "--nologo",
                                        "--nolockcheck",
                                        "--nodefault",
                                        "-env:UserInstallation=file://" + folder + "/profile",
                                        "--convert-to",
                                        names.format,
                                        "--outdir",
                                        folder + "/out",
                                        folder + "/" + names.input};
  std::vector<std::string> environment = {"HOME=" + folder, "TMPDIR=" + folder, "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                                          "SAL_USE_VCLPLUGIN=svp"};
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
  };
  std::vector<char*> argument_pointers = pointers(arguments);
  std::vector<char*> environment_pointers = pointers(environment);
  const pid_t child = fork();
  if (child == 0) BecomeConverter(folder, limits, argument_pointers.data(), environment_pointers.data());
  if (child < 0) return absl::InternalError("cannot start a process");
  setpgid(child, child);  // here too, whoever comes first
  return WaitFor(child, limits.time);
}

}  // namespace

std::string FindLibreOffice() {
  for (const char* path : {"/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/usr/local/bin/soffice"}) {
    if (access(path, X_OK) == 0) return path;
  }
  return "";
}

absl::StatusOr<std::string> ConvertDocument(const std::string& soffice, std::string_view bytes, DocumentKind kind,
                                            const ConversionLimits& limits) {
  const WorkFolder folder;
  if (folder.path().empty()) return absl::InternalError("no temporary folder");
  const Names names = NamesFor(kind);
  {
    std::ofstream file(folder.path() + "/" + names.input, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) return absl::InternalError("the temporary folder is full");
  }
  const auto exit_code = Run(soffice, folder.path(), names, limits);
  if (!exit_code.ok()) return exit_code.status();
  const std::string output = folder.path() + "/out/" + names.output;
  std::error_code error;
  const auto size = fs::file_size(output, error);
  if (error || size == 0 || size > static_cast<uintmax_t>(limits.output_bytes)) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "CONVERSION_FAILED",
        "文件无法自动转换，可能已损坏或设有密码；请用 Office 或 WPS 打开文件，另存为 .docx 或 .xlsx 后重新提交");
  }
  std::ifstream file(output, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace jixiao::intake
