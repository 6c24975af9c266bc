#include "main/review_commands.h"

#include <memory>

#include "commands/review/confirm.h"
#include "commands/review/explain.h"
#include "commands/review/review.h"
#include "commands/review/review_many.h"
#include "commands/review/watch.h"

namespace jixiao::cli {
namespace {

// What approving, returning and withdrawing have in common.
CLI::App* AddStep(CLI::App& app, CommandKit& kit, const std::string& name, const std::string& description,
                  const std::shared_ptr<ReviewArguments>& arguments,
                  int (*run)(const ReviewArguments&, ServiceClient&, const Output&)) {
  CLI::App* command = kit.Add(app, name, description);
  kit.AddName(command, arguments->name);
  kit.AddVersion(command, arguments->version);
  AddRequestId(command, arguments->request_id);
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit, run] { return run(*arguments, kit.Client(), kit.MakeOutput()); });
  return command;
}

void AddApprove(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ReviewArguments>();
  CLI::App* command = AddStep(app, kit, "approve", "审核通过，随即公开", arguments, RunApprove);
  command->add_option("--reason", arguments->reason, "有严重问题或未说明的问题仍要公开的理由，随报告公开")
      ->type_name("TEXT");
  command->add_flag("--wait", arguments->wait, "等候公开，并显示页面地址");
}

void AddReturn(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ReviewArguments>();
  CLI::App* command = AddStep(app, kit, "return", "退回单位修改", arguments, RunReturn);
  command
      ->add_option("--comment", arguments->comments,
                   "退回意见，可写多条；末尾加 @问题编号 或 @位置 指明所指，如 请核对@EXEC_SCORE-1")
      ->type_name("TEXT")
      ->required();
}

void AddWithdraw(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ReviewArguments>();
  CLI::App* command = AddStep(app, kit, "withdraw", "撤回；已公开的页面随即撤下", arguments, RunWithdraw);
  command->add_option("--reason", arguments->reason, "撤回理由，显示在原页面")->type_name("TEXT")->required();
}

void AddExplain(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ExplainArguments>();
  const auto list = std::make_shared<bool>(false);
  CLI::App* command = kit.Add(app, "explain", "说明检查发现的问题；只写名称则列出需要说明的问题");
  CLI::Option* name =
      command->add_option("NAME", arguments->name, "报送名称，如 submissions/430611.NC01.2024.department")
          ->type_name("");
  CLI::Option* finding =
      command->add_option("FINDING", arguments->finding_id, "问题编号，如 EXEC_SCORE-1")->type_name("");
  CLI::Option* text =
      command->add_option("TEXT", arguments->text, "说明，4 至 500 字，随报告公开；再次说明则替换前一次")
          ->type_name("");
  command->add_flag("--list", *list, "列出审核时通常认可的说明");
  finding->needs(text);
  kit.AddVersion(command, arguments->version);
  AddRequestId(command, arguments->request_id);
  kit.AddServer(command);
  kit.AddRuleSetsFolder(command);
  command->parse_complete_callback([name, list] {
    if (name->count() == 0 && !*list) throw CLI::RequiredError("NAME, or --list");
  });
  kit.OnRun(command, [arguments, list, &kit] {
    if (*list) return RunExplanationKinds(kit.RuleSets(), kit.MakeOutput());
    return RunExplain(*arguments, kit.Client(), kit.MakeOutput());
  });
}

void AddReview(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ReviewManyArguments>();
  CLI::App* command = kit.Add(app, "review", "按条件批量审核通过或退回；先用 --preview 看有多少份");
  command->add_option("--division", arguments->division_code, "这个区划及其下级")->type_name("CODE")->required();
  command->add_option("--year", arguments->fiscal_year, "年度")->type_name("YYYY")->required();
  command->add_option("--kind", arguments->kind, "只办部门整体（department）或项目（project）")
      ->type_name("KIND")
      ->check(CLI::IsMember({"department", "project"}));
  CLI::Option* approve = command->add_flag("--approve", arguments->approve, "审核通过，随即公开");
  CLI::Option* give_back = command->add_flag("--return", arguments->return_, "退回，意见写在 --reason");
  approve->excludes(give_back);
  command->add_flag("--with-blocking", arguments->with_blocking, "连同有严重问题的一并办理");
  command->add_flag("--with-unexplained", arguments->with_unexplained, "连同有问题未说明的一并办理");
  command->add_flag("--within-supported", arguments->within_supported, "只办自评总分在证据支持范围内的");
  command->add_option("--reason", arguments->reason, "审核通过的理由，或退回意见")->type_name("TEXT");
  command->add_flag("--preview", arguments->preview, "只数有多少份，不办理");
  command->add_option("--expect", arguments->expected_count, "预览时的份数；现在不是这么多就不办理")
      ->type_name("N")
      ->check(CLI::Range(0, 10'000'000).description(""));
  AddRequestId(command, arguments->request_id);
  kit.AddServer(command);
  command->parse_complete_callback([approve, give_back] {
    if (approve->count() + give_back->count() == 0) throw CLI::RequiredError("--approve, or --return");
  });
  kit.OnRun(command, [arguments, &kit] { return RunReviewMany(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddConfirm(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ConfirmArguments>();
  CLI::App* command = kit.Add(app, "confirm", "确认自评工作考核的得分，随即重新评分");
  kit.AddName(command, arguments->name);
  kit.AddVersion(command, arguments->version);
  command->add_option("--criterion", arguments->criteria, "考核项和得分，如 PROBLEMS=16.5，可写多次")
      ->type_name("ID=POINTS")
      ->allow_extra_args(false)
      ->required();
  command->add_option("--reason", arguments->reason, "理由，记入办理经过")->type_name("TEXT");
  command->add_flag("--wait", arguments->wait, "等候重新评分，并显示结果");
  AddRequestId(command, arguments->request_id);
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunConfirm(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddWatch(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<WatchArguments>();
  CLI::App* command = kit.Add(app, "watch", "跟踪一份报送，有变化随即显示");
  kit.AddName(command, arguments->name);
  command->add_flag("--until-done", arguments->until_done, "到退回、公开、撤回或未能评分为止");
  command->add_option("--minutes", arguments->minutes, "最多跟踪几分钟，1 到 60（默认 60）")
      ->type_name("N")
      ->check(CLI::Range(1, 60).description(""));
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunWatch(*arguments, kit.Client(), kit.MakeOutput()); });
}

}  // namespace

void AddReviewCommands(CLI::App& app, CommandKit& kit) {
  AddApprove(app, kit);
  AddReturn(app, kit);
  AddWithdraw(app, kit);
  AddExplain(app, kit);
  AddReview(app, kit);
  AddConfirm(app, kit);
  AddWatch(app, kit);
}

}  // namespace jixiao::cli
