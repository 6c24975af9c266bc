#include "main/platform_commands.h"

#include <memory>

#include "commands/filing/look_up.h"
#include "commands/platform/audit.h"
#include "commands/platform/token.h"

namespace jixiao::cli {
namespace {

void AddAudit(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<AuditArguments>();
  CLI::App* command = kit.Add(app, "audit", "审计日志");
  command->require_subcommand(1);
  CLI::App* verify = kit.Add(*command, "verify", "从第一条起核验审计日志：有无改动、删除、插入、调换");
  verify->footer("退出码：0 完好；1 有问题；2 检查点文件读不了；3 服务拒绝或连不上。");
  verify->add_option("--shard", arguments->shards, "只核验此日志，如 auditlogs/430600.2024，可写多次（默认全部）")
      ->type_name("NAME")
      ->allow_extra_args(false);
  verify->add_option("--checkpoints", arguments->checkpoints_file, "另行留存的检查点文件；整体改写和旧备份只有它能查出")
      ->type_name("FILE");
  verify->add_flag("--chain-only", arguments->is_chain_only, "只核验日志本身，不与办理记录核对");
  kit.AddServer(verify);
  kit.OnRun(verify, [arguments, &kit] { return RunAuditVerify(*arguments, kit.Client(), kit.MakeOutput()); });
}

void AddPing(CLI::App& app, CommandKit& kit) {
  CLI::App* command = kit.Add(app, "ping", "等到服务可用，最多等 --timeout 秒");
  kit.AddServer(command);
  kit.OnRun(command, [&kit] { return RunPing(kit.Client(), kit.MakeOutput()); });
}

void AddToken(CLI::App& app, CommandKit& kit) {
  const auto arguments = std::make_shared<TokenArguments>();
  CLI::App* token = kit.Add(app, "token", "登录凭证：sign 签发（开发和自建签发方用），keys 导出公钥");
  token->require_subcommand(1);
  CLI::App* sign = kit.Add(*token, "sign", "签发一份凭证，写到标准输出");
  sign->add_option("SUBJECT", arguments->subject, "签发给谁，如 person/clerk-1")->type_name("")->required();
  sign->add_option("--issuer", arguments->issuer, "签发方（默认 jixiao）")->type_name("TEXT");
  sign->add_option("--audience", arguments->audience, "签发给哪个系统（默认 jixiao-intake）")->type_name("TEXT");
  sign->add_option("--minutes", arguments->minutes, "有效几分钟（默认 10）")
      ->type_name("N")
      ->check(CLI::Range(1, 1'440).description(""));
  CLI::App* keys = kit.Add(*token, "keys", "导出服务核验凭证用的公钥（JWKS）");
  for (CLI::App* command : {sign, keys}) {
    command->add_option("--signing-key", arguments->key_file, "签发用的私钥，PEM，P-256 或 Ed25519")
        ->type_name("FILE")
        ->required();
  }
  kit.OnRun(sign, [arguments, &kit] { return RunTokenSign(*arguments, kit.MakeOutput()); });
  kit.OnRun(keys, [arguments, &kit] { return RunTokenKeys(*arguments, kit.MakeOutput()); });
}

}  // namespace

void AddPlatformCommands(CLI::App& app, CommandKit& kit) {
  AddAudit(app, kit);
  AddPing(app, kit);
  AddToken(app, kit);
}

}  // namespace jixiao::cli
