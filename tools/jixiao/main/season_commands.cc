#include "main/season_commands.h"

#include <memory>

#include "commands/season/roster.h"
#include "commands/season/season.h"

namespace jixiao::cli {
namespace {

void AddRoster(CLI::App& app, CommandKit& kit) {
  CLI::App* roster = kit.Add(app, "roster", "单位名录：import 导入，list 列出");
  roster->require_subcommand(1);
  const auto import = std::make_shared<RosterImportArguments>();
  CLI::App* command = kit.Add(*roster, "import", "导入 CSV 名录（UTF-8 或 GB 18030）；有一处不对就一条也不导入");
  command
      ->add_option("FILE", import->file,
                   "表头：区划代码、单位代码、单位名称、主管单位代码、起始年度、截止年度、部门整体自评、项目名称")
      ->type_name("")
      ->required();
  command->add_flag("--preview", import->is_preview, "只检查，不写入");
  AddRequestId(command, import->request_id);
  kit.AddServer(command);
  kit.OnRun(command, [import, &kit] { return RunRosterImport(*import, kit.Client(), kit.MakeOutput()); });

  const auto list = std::make_shared<RosterListArguments>();
  command = kit.Add(*roster, "list", "列出区划及其下级的单位");
  command->add_option("DIVISION", list->division_code, "行政区划代码，六位数字")->type_name("")->required();
  command->add_option("--year", list->fiscal_year, "只列这个年度有效的")->type_name("YYYY");
  kit.AddServer(command);
  kit.OnRun(command, [list, &kit] { return RunRosterList(*list, kit.Client(), kit.MakeOutput()); });
}

void AddSeasonName(CLI::App* command, std::string& name) {
  command->add_option("NAME", name, "报送期名称，如 seasons/430600.2024.department")->type_name("")->required();
}

void AddSeasonSet(CLI::App& season, CommandKit& kit) {
  const auto arguments = std::make_shared<SeasonSetArguments>();
  CLI::App* command = kit.Add(season, "set", "设置报送期，管到没有自己报送期的下级");
  AddSeasonName(command, arguments->name);
  command->add_option("--rule-set", arguments->rule_set, "评分规则，如 rulesets/hunan-2024；有单位报送后不能再改")
      ->type_name("NAME")
      ->required();
  command->add_option("--opens", arguments->opening, "从这一天零时起受理")->type_name("YYYY-MM-DD")->required();
  command->add_option("--deadline", arguments->deadline, "到这一天结束为按时，此后为逾期")
      ->type_name("YYYY-MM-DD")
      ->required();
  command->add_flag("--close", arguments->is_closed, "关闭，不再受理；不写则为开放");
  AddRequestId(command, arguments->request_id);
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunSeasonSet(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddSeasonExtend(CLI::App& season, CommandKit& kit) {
  const auto arguments = std::make_shared<SeasonExtendArguments>();
  CLI::App* command = kit.Add(season, "extend", "给一个单位延期；已记录的逾期不变");
  AddSeasonName(command, arguments->season);
  command->add_option("UNIT", arguments->unit, "单位，如 divisions/430611/units/NC01")->type_name("")->required();
  command->add_option("--deadline", arguments->deadline, "延至这一天结束")->type_name("YYYY-MM-DD")->required();
  command->add_option("--reason", arguments->reason, "理由，1 至 500 字")->type_name("TEXT")->required();
  AddRequestId(command, arguments->request_id);
  kit.AddServer(command);
  kit.OnRun(command, [arguments, &kit] { return RunSeasonExtend(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddSeason(CLI::App& app, CommandKit& kit) {
  CLI::App* season = kit.Add(app, "season", "报送期：set 设置，get 查看，extend 给单位延期");
  season->require_subcommand(1);
  AddSeasonSet(*season, kit);
  const auto name = std::make_shared<std::string>();
  CLI::App* get = kit.Add(*season, "get", "查看报送期和延期");
  AddSeasonName(get, *name);
  kit.AddServer(get);
  kit.OnRun(get, [name, &kit] { return RunSeasonGet(*name, kit.Client(), kit.MakeOutput()); });
  AddSeasonExtend(*season, kit);
}

void AddProgress(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<ProgressArguments>();
  CLI::App* command =
      kit.Add(app, "progress", "报送进度：应报、已报、逾期、退回、公开，谁还没有报；比率都按应报数计算");
  command->add_option("DIVISION", arguments->division_code, "行政区划代码，六位数字")->type_name("")->required();
  command->add_option("YEAR", arguments->fiscal_year, "年度")->type_name("")->required();
  command->add_option("--kind", arguments->kind, "部门整体（department，默认）或项目（project）")
      ->type_name("KIND")
      ->check(CLI::IsMember({"department", "project"}));
  command->add_option("--missing", arguments->max_missing, "列出几个未报单位（默认 20，最多 1000）")
      ->type_name("N")
      ->check(CLI::Range(0, 1000).description(""));
  kit.AddServer(command);
  kit.AddRuleSetsFolder(command);
  kit.OnRun(command, [arguments, &kit] {
    arguments->rule_sets_folder = kit.RuleSets();
    return RunProgress(*arguments, kit.Client(), kit.MakeOutput());
  });
}

}  // namespace

void AddSeasonCommands(CLI::App& app, CommandKit& kit) {
  AddRoster(app, kit);
  AddSeason(app, kit);
  AddProgress(app, kit);
}

}  // namespace jixiao::cli
