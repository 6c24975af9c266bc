#include "main/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "client/service_client.h"
#include "commands/archive.h"
#include "commands/audit.h"
#include "commands/calendar.h"
#include "commands/check.h"
#include "commands/kit.h"
#include "commands/look_up.h"
#include "commands/output.h"
#include "commands/read_file.h"
#include "commands/review.h"
#include "commands/rules.h"
#include "commands/submit.h"
#include "commands/submit_many.h"
#include "commands/token.h"
#include "commands/verify_score.h"
#include "common/base/text.h"
#include "main/command_kit.h"
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
    AddCheck();
    AddSubmit();
    AddSubmitMany();
    AddStatus();
    AddShow();
    AddApprove();
    AddReturn();
    AddWithdraw();
    AddReviewCommands(app_, *this);
    AddDiff();
    AddHistory();
    AddGet();
    AddVerifyScore();
    AddRules();
    AddAudit();
    AddCalendar();
    AddKit();
    AddSeasonCommands(app_, *this);
    AddPing();
    AddToken();
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

  void AddFormat(CLI::App* command) {
    command->add_option("--format", format_, "输出格式：text 供人阅读，json 供程序读取")
        ->type_name("text|json")
        ->check(CLI::IsMember({"text", "json"}));
  }

  void AddServer(CLI::App* command) override {
    AddFormat(command);
    command->add_option("--server", server_, "受理服务地址（默认 127.0.0.1:50051）")
        ->type_name("HOST:PORT")
        ->envname("JIXIAO_SERVER");
    command->add_option("--timeout", timeout_seconds_, "每次调用或等候最多几秒，1 到 60（默认 30）")
        ->type_name("N")
        ->check(CLI::Range(1, 60).description(""));
    AddIdentity(command);
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

  void AddRuleSetsFolder(CLI::App* command) {
    AddFormat(command);
    command->add_option("--rulesets", rule_sets_folder_, "评分规则所在文件夹")
        ->type_name("DIR")
        ->envname("JIXIAO_RULESETS");
  }

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

  CLI::Option* AddReportFile(CLI::App* command, const std::string& name, std::string& path,
                             const std::string& description) {
    return command->add_option(name, path, description)->type_name("FILE");
  }

  void OnRun(CLI::App* command, std::function<int()> run) override {
    command->callback([this, run = std::move(run)] { run_ = run; });
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

  void AddAudit() {
    CLI::App* command = Add(app_, "audit", "审计日志");
    command->require_subcommand(1);
    CLI::App* verify = Add(*command, "verify", "从第一条起核验审计日志：有无改动、删除、插入、调换");
    verify->footer("退出码：0 完好；1 有问题；2 检查点文件读不了；3 服务拒绝或连不上。");
    verify->add_option("--shard", audit_.shards, "只核验此日志，如 auditlogs/430600.2024，可写多次（默认全部）")
        ->type_name("NAME")
        ->allow_extra_args(false);
    verify->add_option("--checkpoints", audit_.checkpoints_file, "另行留存的检查点文件；整体改写和旧备份只有它能查出")
        ->type_name("FILE");
    verify->add_flag("--chain-only", audit_.is_chain_only, "只核验日志本身，不与办理记录核对");
    AddServer(verify);
    OnRun(verify, [this] { return RunAuditVerify(audit_, Client(), MakeOutput()); });
  }

  void AddPublication(CLI::App* command) {
    CLI::Option* published =
        command->add_option("--published", check_.filing.published, "公开日期，核对是否超过公开期限")
            ->type_name("YYYY-MM-DD");
    command->add_option("--unpublished", check_.filing.unpublished, "到这一天还没有公开，代替 --published")
        ->type_name("YYYY-MM-DD")
        ->excludes(published);
    command->add_option("--approved", check_.filing.approved, "财政部门批复日期，公开期限从次日起算")
        ->type_name("YYYY-MM-DD");
  }

  void AddCheck() {
    CLI::App* command = Add(app_, "check", "检查报告：评分、查错、说明怎么改；不联网");
    CLI::Option* files = command->add_option("FILE", check_.files, "报告文件（.docx、.xlsx 或文本），- 为标准输入")
                             ->type_name("")
                             ->required();
    command->add_option("--division", check_.division_code, "行政区划代码，正文没有写明时用")->type_name("CODE");
    command->add_option("--ruleset", check_.rule_set, "指定评分规则，如 rulesets/hunan-2024-department")
        ->type_name("NAME");
    CLI::Option* deadline =
        command->add_option("--deadline", check_.filing.deadline, "报送期限，与 --filed 一起评定是否逾期")
            ->type_name("YYYY-MM-DD");
    command->add_option("--filed", check_.filing.filed, "收到日期")->type_name("YYYY-MM-DD")->needs(deadline);
    deadline->needs("--filed");
    AddPublication(command);
    command->add_option("--confirm", check_.filing.confirmed, "审核人员确认的考核得分，如 ON_TIME=9，可写多次")
        ->type_name("ID=POINTS")
        ->allow_extra_args(false);
    command->add_flag("--trace", check_.with_trace, "写出每个分数怎么来的");
    CLI::Option* report_file = AddReportFile(command, "--report-out", check_.report_file, "把读出的报告存为文件");
    CLI::Option* card_file =
        AddReportFile(command, "--card-out", check_.card_file, "把评分卡存为文件，供 verify-score 核验");
    AddRuleSetsFolder(command);
    command->parse_complete_callback([files, report_file, card_file] {
      if (files->count() > 1 && report_file->count() + card_file->count() > 0) {
        throw CLI::ExcludesError("--report-out, --card-out", "several FILEs");
      }
    });
    OnRun(command, [this] {
      check_.rule_sets_folder = RuleSetsFolder(rule_sets_folder_);
      return RunCheck(check_, MakeOutput());
    });
  }

  void AddSubmit() {
    CLI::App* command = Add(app_, "submit", "报送报告，取得回执");
    CLI::Option* files = command->add_option("FILE", submit_.files, "报告文件（.docx、.xlsx 或文本），- 为标准输入")
                             ->type_name("")
                             ->required();
    command->add_option("--unit", submit_.unit_code, "单位代码（预算管理一体化系统）")->type_name("CODE");
    command->add_option("--division", submit_.division_code, "行政区划代码，六位数字")->type_name("CODE");
    CLI::Option* request_id =
        command->add_option("--request-id", submit_.request_id, "请求编号，重复报送同一编号只受理一次")
            ->type_name("ID");
    command->add_option("--base-version", submit_.base_version, "本次替换第几版；0 表示只作首版")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000'000).description(""));
    command->add_flag("--wait", submit_.wait, "等候评分，并显示结果");
    AddServer(command);
    OnRun(command, [this] { return RunSubmit(submit_, Client(), MakeOutput()); });
    command->parse_complete_callback([files, request_id] {
      if (files->count() > 1 && request_id->count() > 0) throw CLI::ExcludesError("--request-id", "several FILEs");
    });
  }

  void AddSubmitMany() {
    CLI::App* command = Add(app_, "submit-many", "成批报送：一个文件内的多份报告，断线续传");
    command->footer("文件内为 protobuf 报告，每份之前是其长度（varint）。中断后用同一命令继续，已答复的不再发送。");
    command->add_option("FILE", submit_many_.file, "报告文件")->type_name("")->required();
    command->add_option("--log", submit_many_.log, "逐份结果写入的文件（默认 FILE.results）")->type_name("FILE");
    command->add_option("--window", submit_many_.window, "同时在途的报告数，1 到 1024（默认 128）")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    AddServer(command);
    OnRun(command, [this] { return RunSubmitMany(submit_many_, Client(), MakeOutput()); });
  }

  void AddStatus() {
    CLI::App* command = Add(app_, "status", "查看报送进度和下一步；不写名称则列出全部");
    command->add_option("NAME", status_.names, "报送名称，如 submissions/430611.NC01.2024.department")->type_name("");
    command->add_option("--division", status_.division_code, "只列这个区划及其下级")->type_name("CODE");
    command->add_option("--year", status_.fiscal_year, "只列这个年度")->type_name("YYYY");
    command->add_option("--page-base", status_.page_base, "公开页面的网址前缀，如 http://127.0.0.1:8080")
        ->type_name("URL");
    AddServer(command);
    OnRun(command, [this] { return RunStatus(status_, Client(), MakeOutput()); });
  }

  void AddShow() {
    CLI::App* command = Add(app_, "show", "显示某一版的评分和检查发现");
    AddName(command, show_.name);
    AddVersion(command, show_.version);
    command->add_flag("--trace", show_.with_trace, "写出每个分数怎么来的");
    AddServer(command);
    OnRun(command, [this] { return RunShow(show_, Client(), MakeOutput()); });
  }

  CLI::App* AddReview(const std::string& name, const std::string& description,
                      int (*run)(const ReviewArguments&, ServiceClient&, const Output&)) {
    CLI::App* command = Add(app_, name, description);
    AddName(command, review_.name);
    AddVersion(command, review_.version);
    command->add_option("--request-id", review_.request_id, "请求编号，重复办理同一编号只算一次")->type_name("ID");
    AddServer(command);
    OnRun(command, [this, run] { return run(review_, Client(), MakeOutput()); });
    return command;
  }

  void AddApprove() {
    CLI::App* command = AddReview("approve", "审核通过，随即公开", RunApprove);
    command->add_option("--reason", review_.reason, "有严重问题或未说明的问题仍要公开的理由，随报告公开")
        ->type_name("TEXT");
    command->add_flag("--wait", review_.wait, "等候公开，并显示页面地址");
  }

  void AddReturn() {
    CLI::App* command = AddReview("return", "退回单位修改", RunReturn);
    command
        ->add_option("--comment", review_.comments,
                     "退回意见，可写多条；末尾加 @问题编号 或 @位置 指明所指，如 请核对@EXEC_SCORE-1")
        ->type_name("TEXT")
        ->required();
  }

  void AddWithdraw() {
    CLI::App* command = AddReview("withdraw", "撤回；已公开的页面随即撤下", RunWithdraw);
    command->add_option("--reason", review_.reason, "撤回理由，显示在原页面")->type_name("TEXT")->required();
  }

  void AddDiff() {
    CLI::App* command = Add(app_, "diff", "逐项比较两个版本");
    AddName(command, diff_.name);
    command->add_option("--from", diff_.older, "旧版")->type_name("N")->required();
    command->add_option("--to", diff_.newer, "新版")->type_name("N")->required();
    AddServer(command);
    OnRun(command, [this] { return RunDiff(diff_, Client(), MakeOutput()); });
  }

  void AddHistory() {
    CLI::App* command = Add(app_, "history", "显示办理经过");
    AddName(command, history_name_);
    AddServer(command);
    OnRun(command, [this] { return RunHistory(history_name_, Client(), MakeOutput()); });
  }

  void AddGet() {
    CLI::App* command = Add(app_, "get", "取回存档的报告和评分卡，字节与存档相同");
    AddName(command, get_.name);
    AddVersion(command, get_.version);
    AddReportFile(command, "--report-out", get_.report_file, "报告存到这个文件；含联系人，请妥善保管");
    AddReportFile(command, "--card-out", get_.card_file, "评分卡存到这个文件");
    AddServer(command);
    OnRun(command, [this] { return RunGet(get_, Client(), MakeOutput()); });
  }

  void AddVerifyScore() {
    CLI::App* command = Add(app_, "verify-score", "核验评分卡：按其依据的评分规则和引擎版本重新评分，逐字节比较");
    CLI::Option* name = command->add_option("NAME", verify_.name, "报送名称；不写则用下列文件")->type_name("");
    AddVersion(command, verify_.version);
    CLI::Option* report = AddReportFile(command, "--report", verify_.report_file, "报告文件");
    CLI::Option* card = AddReportFile(command, "--card", verify_.card_file, "评分卡文件");
    AddReportFile(command, "--context", verify_.context_file, "评分时的外部事实（默认用评分卡里记下的）");
    command->add_option("--scoring", verify_.scoring_server, "由这个评分服务核验（默认在本机重新评分）")
        ->type_name("HOST:PORT");
    AddServer(command);
    command->add_option("--rulesets", rule_sets_folder_, "评分规则所在文件夹")
        ->type_name("DIR")
        ->envname("JIXIAO_RULESETS");
    command->parse_complete_callback([name, report, card] {
      const bool has_files = report->count() > 0 && card->count() > 0;
      if (name->count() > 0 && report->count() + card->count() > 0)
        throw CLI::ExcludesError("NAME", "--report, --card");
      if (name->count() == 0 && !has_files) throw CLI::RequiredError("NAME, or --report and --card");
    });
    OnRun(command, [this] {
      verify_.rule_sets_folder = RuleSetsFolder(rule_sets_folder_);
      return RunVerifyScore(verify_, Client(), MakeOutput());
    });
  }

  void AddRules() {
    CLI::App* rules = Add(app_, "rules", "评分规则：list 列出，show 显示，lint 检查，export 导出检查规则");
    rules->require_subcommand(1);
    CLI::App* list = Add(*rules, "list", "列出评分规则");
    AddRuleSetsFolder(list);
    OnRun(list, [this] { return RunRulesList(RuleSetsFolder(rule_sets_folder_), MakeOutput()); });
    CLI::App* show = Add(*rules, "show", "显示一套评分规则");
    show->add_option("NAME", rule_set_name_, "名称，如 hunan-2024-department")->type_name("")->required();
    AddRuleSetsFolder(show);
    OnRun(show, [this] { return RunRulesShow(RuleSetsFolder(rule_sets_folder_), rule_set_name_, MakeOutput()); });
    CLI::App* lint = Add(*rules, "lint", "检查评分规则有没有错");
    AddRuleSetsFolder(lint);
    OnRun(lint, [this] { return RunRulesLint(RuleSetsFolder(rule_sets_folder_), MakeOutput()); });
    CLI::App* list_all = Add(*rules, "export", "导出全部检查规则：编号、程度、依据、怎么改、用在哪里");
    list_all->add_option("--format", export_format_, "markdown 供人阅读，json 供程序读取（默认 markdown）")
        ->type_name("markdown|json")
        ->check(CLI::IsMember({"markdown", "json"}));
    list_all->add_option("--rulesets", rule_sets_folder_, "评分规则所在文件夹")
        ->type_name("DIR")
        ->envname("JIXIAO_RULESETS");
    OnRun(list_all, [this] {
      return RunRulesExport(RuleSetsFolder(rule_sets_folder_), export_format_ == "markdown", MakeOutput());
    });
  }

  void AddSeed(CLI::App* command, const std::string& count_text) {
    command->add_option("--seed", kit_.seed, "随机种子，同一种子生成同样的报告（默认 1）")->type_name("N");
    command->add_option("--count", kit_.count, count_text)
        ->type_name("N")
        ->check(CLI::Range(1, 100'000).description(""));
    AddRuleSetsFolder(command);
  }

  void AddKit() {
    CLI::App* kit = Add(app_, "kit", "符合性测试：run 统计查出率，export 导出测试集，grade 评定别家的结果");
    kit->require_subcommand(1);
    CLI::App* run = Add(*kit, "run", "生成有错、无错的报告，统计查出率、原因、误报率");
    AddSeed(run, "每种错误几份报告（默认 60）");
    run->add_option("--misses", kit_.misses_per_kind, "每种错误列出几个答错的例子（默认不列）")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000).description(""));
    CLI::Option* server =
        run->add_option("--server", server_, "由这个评分服务检查；不写则用本程序自带的检查")->type_name("HOST:PORT");
    OnRun(run, [this, server] {
      kit_.rule_sets_folder = RuleSetsFolder(rule_sets_folder_);
      return RunKitRun(kit_, server->count() > 0 ? &Client() : nullptr, MakeOutput());
    });
    CLI::App* write = Add(*kit, "export", "导出测试集：报告、标注、说明");
    write->add_option("DIR", kit_.folder, "写到哪个文件夹")->type_name("")->required();
    AddSeed(write, "每种错误几份报告（默认 60）");
    OnRun(write, [this] {
      kit_.rule_sets_folder = RuleSetsFolder(rule_sets_folder_);
      return RunKitExport(kit_, MakeOutput());
    });
    CLI::App* grade = Add(*kit, "grade", "按标注评定一份检查结果");
    grade->add_option("DIR", kit_.folder, "导出的测试集")->type_name("")->required();
    grade->add_option("FINDINGS", kit_.answers, "检查结果，JSON，格式见测试集的 README.md")->type_name("")->required();
    OnRun(grade, [this] { return RunKitGrade(kit_, MakeOutput()); });
  }

  void AddCalendar() {
    CLI::App* command = Add(app_, "calendar", "国务院放假与调休安排；不写年度则列出已知各年");
    command->add_option("YEAR", calendar_year_, "年度")->type_name("")->check(CLI::Range(2000, 2100).description(""));
    AddRuleSetsFolder(command);
    OnRun(command, [this] { return RunCalendar(RuleSetsFolder(rule_sets_folder_), calendar_year_, MakeOutput()); });
  }

  void AddPing() {
    CLI::App* command = Add(app_, "ping", "等到服务可用，最多等 --timeout 秒");
    AddServer(command);
    OnRun(command, [this] { return RunPing(Client(), MakeOutput()); });
  }

  void AddToken() {
    CLI::App* token = Add(app_, "token", "登录凭证：sign 签发（开发和自建签发方用），keys 导出公钥");
    token->require_subcommand(1);
    CLI::App* sign = Add(*token, "sign", "签发一份凭证，写到标准输出");
    sign->add_option("SUBJECT", token_.subject, "签发给谁，如 person/clerk-1")->type_name("")->required();
    sign->add_option("--issuer", token_.issuer, "签发方（默认 jixiao）")->type_name("TEXT");
    sign->add_option("--audience", token_.audience, "签发给哪个系统（默认 jixiao-intake）")->type_name("TEXT");
    sign->add_option("--minutes", token_.minutes, "有效几分钟（默认 10）")
        ->type_name("N")
        ->check(CLI::Range(1, 1'440).description(""));
    CLI::App* keys = Add(*token, "keys", "导出服务核验凭证用的公钥（JWKS）");
    for (CLI::App* command : {sign, keys}) {
      command->add_option("--signing-key", token_.key_file, "签发用的私钥，PEM，P-256 或 Ed25519")
          ->type_name("FILE")
          ->required();
    }
    OnRun(sign, [this] { return RunTokenSign(token_, MakeOutput()); });
    OnRun(keys, [this] { return RunTokenKeys(token_, MakeOutput()); });
  }

  CLI::App app_;
  std::function<int()> run_;
  std::unique_ptr<ServiceClient> client_;

  std::string format_ = "text";
  std::string export_format_ = "markdown";
  std::string server_ = "127.0.0.1:50051";
  int timeout_seconds_ = 30;
  TlsFiles tls_;
  std::string token_file_;
  TokenArguments token_;
  std::string rule_sets_folder_;
  std::string rule_set_name_;
  std::string history_name_;
  std::optional<int> calendar_year_;
  AuditArguments audit_;
  CheckArguments check_;
  KitArguments kit_;
  SubmitArguments submit_;
  SubmitManyArguments submit_many_;
  StatusArguments status_;
  ShowArguments show_;
  ReviewArguments review_;
  DiffArguments diff_;
  GetArguments get_;
  VerifyArguments verify_;
};

}  // namespace

int RunCommandLine(int argc, char** argv) { return CommandLine().Run(argc, argv); }

}  // namespace jixiao::cli
