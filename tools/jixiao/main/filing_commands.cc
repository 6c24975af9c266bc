#include "main/filing_commands.h"

#include <memory>

#include "commands/filing/archive.h"
#include "commands/filing/look_up.h"
#include "commands/filing/submit.h"
#include "commands/filing/submit_many.h"

namespace jixiao::cli {
namespace {

void AddSubmit(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<SubmitArguments>();
  CLI::App* command = kit.Add(app, "submit", "报送报告，取得回执");
  CLI::Option* files = command->add_option("FILE", arguments->files, "报告文件（.docx、.xlsx 或文本），- 为标准输入")
                           ->type_name("")
                           ->required();
  command->add_option("--unit", arguments->unit_code, "单位代码（预算管理一体化系统）")->type_name("CODE");
  command->add_option("--division", arguments->division_code, "行政区划代码，六位数字")->type_name("CODE");
  CLI::Option* request_id =
      command->add_option("--request-id", arguments->request_id, "请求编号，重复报送同一编号只受理一次")
          ->type_name("ID");
  command->add_option("--base-version", arguments->base_version, "本次替换第几版；0 表示只作首版")
      ->type_name("N")
      ->check(CLI::Range(0, 1'000'000).description(""));
  command->add_flag("--wait", arguments->wait, "等候评分，并显示结果");
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunSubmit(*arguments, kit.Client(), kit.MakeOutput()); });
  command->parse_complete_callback([files, request_id] {
    if (files->count() > 1 && request_id->count() > 0) throw CLI::ExcludesError("--request-id", "several FILEs");
  });
}

void AddSubmitMany(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<SubmitManyArguments>();
  CLI::App* command = kit.Add(app, "submit-many", "成批报送：一个文件内的多份报告，断线续传");
  command->footer("文件内为 protobuf 报告，每份之前是其长度（varint）。中断后用同一命令继续，已答复的不再发送。");
  command->add_option("FILE", arguments->file, "报告文件")->type_name("")->required();
  command->add_option("--log", arguments->log, "逐份结果写入的文件（默认 FILE.results）")->type_name("FILE");
  command->add_option("--window", arguments->window, "同时在途的报告数，1 到 1024（默认 128）")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunSubmitMany(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddStatus(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<StatusArguments>();
  CLI::App* command = kit.Add(app, "status", "查看报送进度和下一步；不写名称则列出全部");
  command->add_option("NAME", arguments->names, "报送名称，如 submissions/430611.NC01.2024.department")->type_name("");
  command->add_option("--division", arguments->division_code, "只列这个区划及其下级")->type_name("CODE");
  command->add_option("--year", arguments->fiscal_year, "只列这个年度")->type_name("YYYY");
  command->add_option("--page-base", arguments->page_base, "公开页面的网址前缀，如 http://127.0.0.1:8080")
      ->type_name("URL");
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunStatus(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddShow(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ShowArguments>();
  CLI::App* command = kit.Add(app, "show", "显示某一版的评分和检查发现");
  kit.AddName(command, arguments->name);
  kit.AddVersion(command, arguments->version);
  command->add_flag("--trace", arguments->with_trace, "写出每个分数怎么来的");
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunShow(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddDiff(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<DiffArguments>();
  CLI::App* command = kit.Add(app, "diff", "逐项比较两个版本");
  kit.AddName(command, arguments->name);
  command->add_option("--from", arguments->older, "旧版")->type_name("N")->required();
  command->add_option("--to", arguments->newer, "新版")->type_name("N")->required();
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunDiff(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddHistory(CLI::App& app, CommandKit& kit) {
  const auto name = std::make_shared<std::string>();
  CLI::App* command = kit.Add(app, "history", "显示办理经过");
  kit.AddName(command, *name);
  kit.AddServer(command);
  kit.OnRun(command, [name, &kit] { return RunHistory(*name, kit.Client(), kit.MakeOutput()); });
}

void AddGet(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<GetArguments>();
  CLI::App* command = kit.Add(app, "get", "取回存档的报告和评分卡，字节与存档相同");
  kit.AddName(command, arguments->name);
  kit.AddVersion(command, arguments->version);
  AddFile(command, "--report-out", arguments->report_file, "报告存到这个文件；含联系人，请妥善保管");
  AddFile(command, "--card-out", arguments->card_file, "评分卡存到这个文件");
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunGet(*arguments, kit.Client(), kit.MakeOutput()); });
}

}  // namespace

void AddFilingCommands(CLI::App& app, CommandKit& kit) {
  AddSubmit(app, kit);
  AddSubmitMany(app, kit);
  AddStatus(app, kit);
  AddShow(app, kit);
}

void AddVersionCommands(CLI::App& app, CommandKit& kit) {
  AddDiff(app, kit);
  AddHistory(app, kit);
  AddGet(app, kit);
}

}  // namespace jixiao::cli
