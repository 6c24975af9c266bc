#include "intake/reader/office/child_process.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {
namespace {

#if defined(__x86_64__)
constexpr unsigned int kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned int kArchitecture = AUDIT_ARCH_AARCH64;
#endif

// A file that lives in memory and has no name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("jixiao-child", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }

  bool Fill(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(count));
    }
    return lseek(descriptor_, 0, SEEK_SET) == 0;
  }

  std::string Content() const {
    struct stat info = {};
    if (fstat(descriptor_, &info) != 0) return "";
    std::string bytes(static_cast<size_t>(info.st_size), '\0');
    size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t count = pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (count <= 0) break;
      done += static_cast<size_t>(count);
    }
    bytes.resize(done);
    return bytes;
  }

 private:
  int descriptor_;
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
[[noreturn]] void Become(const ChildProcess& child, int input, int output, char* const* arguments,
                         char* const* environment) {
  constexpr int kCannotStart = 126;
  setpgid(0, 0);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  syscall(SYS_close_range, 3, ~0U, 0);
  Limit(RLIMIT_AS, child.memory_bytes);
  Limit(RLIMIT_CPU, absl::ToInt64Seconds(child.time) * 2 + 1);
  Limit(RLIMIT_FSIZE, child.file_bytes);
  Limit(RLIMIT_CORE, 0);
  if (chdir(child.folder.c_str()) == 0 && ForbidNetwork()) execve(arguments[0], arguments, environment);
  _exit(kCannotStart);
}

// State of the child at its end, or DEADLINE_EXCEEDED after its group was killed.
absl::StatusOr<int> WaitFor(pid_t child, absl::Duration time) {
  const absl::Time end = absl::Now() + time;
  absl::Duration pause = absl::Milliseconds(1);
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
                       "文件处理超时；请用 Office 或 WPS 打开文件，另存为 .docx 或 .xlsx 后重新提交");
    }
    absl::SleepFor(pause);
    pause = std::min(pause * 2, absl::Milliseconds(20));
  }
  kill(-child, SIGKILL);  // what it may have left behind
  return state;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

absl::StatusOr<ChildResult> RunChild(const ChildProcess& child) {
  const MemoryFile input;
  const MemoryFile output;
  if (input.descriptor() < 0 || output.descriptor() < 0 || !input.Fill(child.input)) {
    return absl::InternalError("no memory for the files of a child");
  }
  std::vector<std::string> arguments = child.arguments;
  std::vector<std::string> environment = child.environment;
  const std::vector<char*> argument_pointers = Pointers(arguments);
  const std::vector<char*> environment_pointers = Pointers(environment);
  const pid_t process = fork();
  if (process == 0) {
    Become(child, input.descriptor(), output.descriptor(), argument_pointers.data(), environment_pointers.data());
  }
  if (process < 0) return absl::InternalError("cannot start a process");
  setpgid(process, process);  // here too, whoever comes first
  JIXIAO_ASSIGN_OR_RETURN(const int state, WaitFor(process, child.time));
  ChildResult result;
  result.exit_code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
  result.output = output.Content();
  return result;
}

}  // namespace jixiao::intake
