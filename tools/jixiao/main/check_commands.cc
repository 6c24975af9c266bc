#include "main/check_commands.h"

#include <memory>

#include "commands/check/check.h"
#include "commands/check/kit.h"
#include "commands/check/rules.h"
#include "commands/check/verify_score.h"
#include "commands/season/calendar.h"

namespace jixiao::cli {
namespace {

void AddPublication(CLI::App* command, FilingArguments& filing) {
  CLI::Option* published =
      command->add_option("--published", filing.published, "公开日期，核对是否超过公开期限")->type_name("YYYY-MM-DD");
  command->add_option("--unpublished", filing.unpublished, "到这一天还没有公开，代替 --published")
      ->type_name("YYYY-MM-DD")
      ->excludes(published);
  command->add_option("--approved", filing.approved, "财政部门批复日期，公开期限从次日起算")->type_name("YYYY-MM-DD");
}

void AddCheck(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = kit.Add(app, "check", "检查报告：评分、查错、说明怎么改；不联网");
  CLI::Option* files = command->add_option("FILE", arguments->files, "报告文件（.docx、.xlsx 或文本），- 为标准输入")
                           ->type_name("")
                           ->required();
  command->add_option("--division", arguments->division_code, "行政区划代码，正文没有写明时用")->type_name("CODE");
  command->add_option("--ruleset", arguments->rule_set, "指定评分规则，如 rulesets/hunan-2024-department")
      ->type_name("NAME");
  CLI::Option* deadline =
      command->add_option("--deadline", arguments->filing.deadline, "报送期限，与 --filed 一起评定是否逾期")
          ->type_name("YYYY-MM-DD");
  command->add_option("--filed", arguments->filing.filed, "收到日期")->type_name("YYYY-MM-DD")->needs(deadline);
  deadline->needs("--filed");
  AddPublication(command, arguments->filing);
  command->add_option("--confirm", arguments->filing.confirmed, "审核人员确认的考核得分，如 ON_TIME=9，可写多次")
      ->type_name("ID=POINTS")
      ->allow_extra_args(false);
  command->add_flag("--trace", arguments->with_trace, "写出每个分数怎么来的");
  CLI::Option* report_file = AddFile(command, "--report-out", arguments->report_file, "把读出的报告存为文件");
  CLI::Option* card_file =
      AddFile(command, "--card-out", arguments->card_file, "把评分卡存为文件，供 verify-score 核验");
  kit.AddRuleSets(command);
  command->parse_complete_callback([files, report_file, card_file] {
    if (files->count() > 1 && report_file->count() + card_file->count() > 0) {
      throw CLI::ExcludesError("--report-out, --card-out", "several FILEs");
    }
  });
  kit.OnRun(command, [arguments, &kit] {
    arguments->rule_sets_folder = kit.RuleSets();
    return RunCheck(*arguments, kit.MakeOutput());
  });
}

void AddVerifyScore(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* command = kit.Add(app, "verify-score", "核验评分卡：按其依据的评分规则和引擎版本重新评分，逐字节比较");
  CLI::Option* name = command->add_option("NAME", arguments->name, "报送名称；不写则用下列文件")->type_name("");
  kit.AddVersion(command, arguments->version);
  CLI::Option* report = AddFile(command, "--report", arguments->report_file, "报告文件");
  CLI::Option* card = AddFile(command, "--card", arguments->card_file, "评分卡文件");
  AddFile(command, "--context", arguments->context_file, "评分时的外部事实（默认用评分卡里记下的）");
  command->add_option("--scoring", arguments->scoring_server, "由这个评分服务核验（默认在本机重新评分）")
      ->type_name("HOST:PORT");
  kit.AddServer(command);
  kit.AddRuleSetsFolder(command);
  command->parse_complete_callback([name, report, card] {
    const bool has_files = report->count() > 0 && card->count() > 0;
    if (name->count() > 0 && report->count() + card->count() > 0) throw CLI::ExcludesError("NAME", "--report, --card");
    if (name->count() == 0 && !has_files) throw CLI::RequiredError("NAME, or --report and --card");
  });
  kit.OnRun(command, [arguments, &kit] {
    arguments->rule_sets_folder = kit.RuleSets();
    return RunVerifyScore(*arguments, kit.Client(), kit.MakeOutput());
  });
}

void AddRules(CLI::App& app, CommandKit& kit) {
  const auto name = std::make_shared<std::string>();
  const auto format = std::make_shared<std::string>("markdown");
  CLI::App* rules = kit.Add(app, "rules", "评分规则：list 列出，show 显示，lint 检查，export 导出检查规则");
  rules->require_subcommand(1);
  CLI::App* list = kit.Add(*rules, "list", "列出评分规则");
  kit.AddRuleSets(list);
  kit.OnRun(list, [&kit] { return RunRulesList(kit.RuleSets(), kit.MakeOutput()); });
  CLI::App* show = kit.Add(*rules, "show", "显示一套评分规则");
  show->add_option("NAME", *name, "名称，如 hunan-2024-department")->type_name("")->required();
  kit.AddRuleSets(show);
  kit.OnRun(show, [name, &kit] { return RunRulesShow(kit.RuleSets(), *name, kit.MakeOutput()); });
  CLI::App* lint = kit.Add(*rules, "lint", "检查评分规则有没有错");
  kit.AddRuleSets(lint);
  kit.OnRun(lint, [&kit] { return RunRulesLint(kit.RuleSets(), kit.MakeOutput()); });
  CLI::App* list_all = kit.Add(*rules, "export", "导出全部检查规则：编号、程度、依据、怎么改、用在哪里");
  list_all->add_option("--format", *format, "markdown 供人阅读，json 供程序读取（默认 markdown）")
      ->type_name("markdown|json")
      ->check(CLI::IsMember({"markdown", "json"}));
  kit.AddRuleSetsFolder(list_all);
  kit.OnRun(list_all,
            [format, &kit] { return RunRulesExport(kit.RuleSets(), *format == "markdown", kit.MakeOutput()); });
}

void AddCalendar(CLI::App& app, CommandKit& kit) {
  const auto year = std::make_shared<std::optional<int>>();
  CLI::App* command = kit.Add(app, "calendar", "国务院放假与调休安排；不写年度则列出已知各年");
  command->add_option("YEAR", *year, "年度")->type_name("")->check(CLI::Range(2000, 2100).description(""));
  kit.AddRuleSets(command);
  kit.OnRun(command, [year, &kit] { return RunCalendar(kit.RuleSets(), *year, kit.MakeOutput()); });
}

void AddSeed(CLI::App* command, CommandKit& kit, KitArguments& arguments, const std::string& count_text) {
  command->add_option("--seed", arguments.seed, "随机种子，同一种子生成同样的报告（默认 1）")->type_name("N");
  command->add_option("--count", arguments.count, count_text)
      ->type_name("N")
      ->check(CLI::Range(1, 100'000).description(""));
  kit.AddRuleSets(command);
}

void AddKit(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<KitArguments>();
  CLI::App* suite = kit.Add(app, "kit", "符合性测试：run 统计查出率，export 导出测试集，grade 评定别家的结果");
  suite->require_subcommand(1);
  CLI::App* run = kit.Add(*suite, "run", "生成有错、无错的报告，统计查出率、原因、误报率");
  AddSeed(run, kit, *arguments, "每种错误几份报告（默认 60）");
  run->add_option("--misses", arguments->misses_per_kind, "每种错误列出几个答错的例子（默认不列）")
      ->type_name("N")
      ->check(CLI::Range(0, 1'000).description(""));
  CLI::Option* server = kit.AddServerAddress(run, "由这个评分服务检查；不写则用本程序自带的检查");
  kit.OnRun(run, [arguments, &kit, server] {
    arguments->rule_sets_folder = kit.RuleSets();
    return RunKitRun(*arguments, server->count() > 0 ? &kit.Client() : nullptr, kit.MakeOutput());
  });
  CLI::App* write = kit.Add(*suite, "export", "导出测试集：报告、标注、说明");
  write->add_option("DIR", arguments->folder, "写到哪个文件夹")->type_name("")->required();
  AddSeed(write, kit, *arguments, "每种错误几份报告（默认 60）");
  kit.OnRun(write, [arguments, &kit] {
    arguments->rule_sets_folder = kit.RuleSets();
    return RunKitExport(*arguments, kit.MakeOutput());
  });
  CLI::App* grade = kit.Add(*suite, "grade", "按标注评定一份检查结果");
  grade->add_option("DIR", arguments->folder, "导出的测试集")->type_name("")->required();
  grade->add_option("FINDINGS", arguments->answers, "检查结果，JSON，格式见测试集的 README.md")
      ->type_name("")
      ->required();
  kit.OnRun(grade, [arguments, &kit] { return RunKitGrade(*arguments, kit.MakeOutput()); });
}

}  // namespace

void AddCheckCommands(CLI::App& app, CommandKit& kit) { AddCheck(app, kit); }

void AddVerifyCommands(CLI::App& app, CommandKit& kit) { AddVerifyScore(app, kit); }

void AddRuleCommands(CLI::App& app, CommandKit& kit) {
  AddRules(app, kit);
  AddCalendar(app, kit);
  AddKit(app, kit);
}

}  // namespace jixiao::cli
