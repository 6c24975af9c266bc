#include "main/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "client/service_client.h"
#include "commands/check/rules.h"
#include "commands/output.h"
#include "commands/read_file.h"
#include "common/base/text.h"
#include "main/check_commands.h"
#include "main/command_kit.h"
#include "main/filing_commands.h"
#include "main/platform_commands.h"
#include "main/review_commands.h"
#include "main/season_commands.h"

namespace jixiao::cli {
namespace {

constexpr char kAbout[] =
    "预算绩效自评报告的检查、报送与审核。\n"
    "\n"
    "  jixiao check 报告.txt                        报送前先检查，不联网\n"
    "  jixiao submit 报告.txt --wait                报送，并等候评分\n"
    "  jixiao status submissions/…                  查看进度和下一步\n";

constexpr char kExitCodes[] =
    "退出码：0 成功；1 有严重问题，或评分卡核验不一致；2 用法不对或文件读写不了；3 服务拒绝或连不上；\n"
    "4 没有当时的评分规则或引擎版本，无法核验。\n"
    "输出默认供人阅读；程序请用 --format json，每个结果一行。";

// Shared by the commands of one parse; lives until the command has run.
class CommandLine : public CommandKit {
 public:
  CommandLine() : app_(kAbout, "jixiao") {
    app_.footer(kExitCodes);
    app_.require_subcommand(1);
    UseChinese(app_);
    AddCheckCommands(app_, *this);
    AddFilingCommands(app_, *this);
    AddReviewCommands(app_, *this);
    AddVersionCommands(app_, *this);
    AddVerifyCommands(app_, *this);
    AddRuleCommands(app_, *this);
    AddSeasonCommands(app_, *this);
    AddPlatformCommands(app_, *this);
  }

  int Run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return error.get_exit_code() == 0 ? app_.exit(error) : ComplainAboutUsage(error);
    }
    try {
      return run_();
    } catch (const CLI::ParseError& error) {
      return ComplainAboutUsage(error);
    }
  }

 private:
  void UseChinese(CLI::App& app) {
    app.get_formatter()->label("Usage", "用法");
    app.get_formatter()->label("OPTIONS", "选项");
    app.get_formatter()->label("SUBCOMMAND", "命令");
    app.get_formatter()->label("SUBCOMMANDS", "命令");
    app.get_formatter()->label("Positionals", "参数");
    app.get_formatter()->label("REQUIRED", "（必填）");
    app.get_formatter()->label("Env", "环境变量");
    app.get_formatter()->column_width(34);
    app.option_defaults()->group("选项");
    app.set_help_flag("-h,--help", "显示帮助")->group("选项");
  }

  CLI::App* Add(CLI::App& parent, const std::string& name, const std::string& description) override {
    CLI::App* command = parent.add_subcommand(name, description);
    command->group("命令");
    UseChinese(*command);
    return command;
  }

  void AddFormat(CLI::App* command) override {
    command->add_option("--format", format_, "输出格式：text 供人阅读，json 供程序读取")
        ->type_name("text|json")
        ->check(CLI::IsMember({"text", "json"}));
  }

  void AddServer(CLI::App* command) override {
    AddFormat(command);
    AddServerAddress(command, "受理服务地址（默认 127.0.0.1:50051）")->envname("JIXIAO_SERVER");
    command->add_option("--timeout", timeout_seconds_, "每次调用或等候最多几秒，1 到 60（默认 30）")
        ->type_name("N")
        ->check(CLI::Range(1, 60).description(""));
    AddIdentity(command);
  }

  CLI::Option* AddServerAddress(CLI::App* command, const std::string& description) override {
    return command->add_option("--server", server_, description)->type_name("HOST:PORT");
  }

  void AddIdentity(CLI::App* command) {
    const auto add = [&](const std::string& name, std::string& path, const std::string& what,
                         const std::string& variable) {
      command->add_option(name, path, what)->type_name("FILE")->envname(variable)->group("身份");
    };
    add("--token-file", token_file_, "登录凭证所在文件", "JIXIAO_TOKEN_FILE");
    add("--ca", tls_.ca, "服务证书的签发机构；不写则不加密，只能连本机", "JIXIAO_CA");
    add("--cert", tls_.cert, "客户端证书，业务系统用", "JIXIAO_CERT");
    add("--key", tls_.key, "客户端证书的私钥", "JIXIAO_KEY");
  }

  void AddRuleSetsFolder(CLI::App* command) override {
    command->add_option("--rulesets", rule_sets_folder_, "评分规则所在文件夹")
        ->type_name("DIR")
        ->envname("JIXIAO_RULESETS");
  }

  void AddRuleSets(CLI::App* command) override {
    AddFormat(command);
    AddRuleSetsFolder(command);
  }

  std::string RuleSets() const override { return RuleSetsFolder(rule_sets_folder_); }

  void AddName(CLI::App* command, std::string& name) override {
    command->add_option("NAME", name, "报送名称，如 submissions/430611.NC01.2024.department")
        ->type_name("")
        ->required();
  }

  void AddVersion(CLI::App* command, std::optional<int>& version) override {
    command->add_option("--version", version, "第几版（默认当前版本）")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000).description(""));
  }

  void OnRun(CLI::App* command, std::function<int()> run) override {
    command->callback([this, command, run = std::move(run)] {
      run_ = [this, command, run] {
        TakeOwnOptions(*command);
        return run();
      };
    });
  }

  // All commands write to the same places, and CLI11 gives what the environment says
  // to each of them, also to those that do not run: what the one that runs was told
  // counts.
  void TakeOwnOptions(const CLI::App& command) {
    const std::pair<const char*, std::string*> options[] = {{"--server", &server_},
                                                            {"--token-file", &token_file_},
                                                            {"--ca", &tls_.ca},
                                                            {"--cert", &tls_.cert},
                                                            {"--key", &tls_.key}};
    for (const auto& [name, value] : options) {
      const CLI::Option* option = command.get_option_no_throw(name);
      if (option != nullptr && option->count() > 0) *value = option->results().back();
    }
  }

  Output MakeOutput() const override { return Output(format_ == "json", StyleOfStandardOutput()); }

  ServiceClient& Client() override {
    client_ = std::make_unique<ServiceClient>(server_, absl::Seconds(timeout_seconds_), MakeCredentials());
    return *client_;
  }

  // Throws what ComplainAboutUsage tells.
  Credentials MakeCredentials() const {
    Credentials credentials{.tls = tls_, .token = {}};
    if (const auto problems = ProblemsWith(tls_); !problems.empty()) {
      throw CLI::ValidationError("--ca, --cert, --key", problems.front());
    }
    if (tls_.ca.empty() && !tls_.empty()) throw CLI::ValidationError("--cert", "needs --ca");
    if (token_file_.empty()) return credentials;
    const absl::StatusOr<std::string> token = ReadFile(token_file_);
    if (!token.ok()) throw CLI::ValidationError("--token-file", std::string(token.status().message()));
    if (tls_.ca.empty() && !IsLocalAddress(server_)) {
      throw CLI::ValidationError("--token-file", "a token goes to another machine over TLS only: give --ca");
    }
    credentials.token = Trim(*token);
    return credentials;
  }

  int ComplainAboutUsage(const CLI::ParseError& error) {
    static const std::map<std::string, std::string> kWhat = {
        {"RequiredError", "缺少必填的参数或命令"}, {"ExtrasError", "有不认识的参数"},
        {"ConversionError", "取值的类型不对"},     {"ArgumentMismatch", "取值的个数不对"},
        {"ValidationError", "取值不合要求"},       {"ExcludesError", "有不能同时使用的参数"},
    };
    const auto what = kWhat.find(error.get_name());
    std::string command = "jixiao";
    for (const CLI::App* sub : app_.get_subcommands()) command += " " + sub->get_name();
    fmt::print(stderr, "错误  {}：{}（{}）\n  办法：用 {} --help 查看用法\n", command,
               what == kWhat.end() ? "命令行有误" : what->second, SafeText(error.what()), command);
    return kExitBadInput;
  }

  CLI::App app_;
  std::function<int()> run_;
  std::unique_ptr<ServiceClient> client_;

  std::string format_ = "text";
  std::string server_ = "127.0.0.1:50051";
  int timeout_seconds_ = 30;
  TlsFiles tls_;
  std::string token_file_;
  std::string rule_sets_folder_;
};

}  // namespace

int RunCommandLine(int argc, char** argv) { return CommandLine().Run(argc, argv); }

}  // namespace jixiao::cli
