#include "intake/main/open_store.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string_view>

#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"

namespace jixiao::intake {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

bool IsPostgres(const std::string& store) {
  return store.starts_with("postgresql://") || store.starts_with("postgres://");
}

// Empty if `store` is no `sqlite:PATH`.
std::string SqlitePath(const std::string& store) {
  return store.starts_with(kSqlite) ? store.substr(kSqlite.size()) : std::string();
}

std::optional<PostgresStandby> StandbyOf(std::string_view standby) {
  if (standby == "auto") return PostgresStandby::kAsUriSays;
  if (standby == "required") return PostgresStandby::kRequired;
  if (standby == "optional") return PostgresStandby::kOptional;
  return std::nullopt;
}

}  // namespace

std::string StoreProblem(const std::string& store) {
  if (store.empty()) return "is missing; for example sqlite:/var/lib/jixiao/intake.db";
  if (IsPostgres(store)) return PostgresUriProblem(store);
  const std::string path = SqlitePath(store);
  if (path.empty()) return fmt::format("`{}` is neither sqlite:PATH nor postgresql://…", store);
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return "";
  return fmt::format("{} is no folder", folder.string());
}

std::string StandbyProblem(const std::string& standby) {
  if (StandbyOf(standby).has_value()) return "";
  return fmt::format("`{}` is neither auto, required nor optional", standby);
}

absl::StatusOr<std::unique_ptr<SubmissionStore>> OpenStore(const std::string& store, const std::string& standby,
                                                           const SchemaSteps& steps) {
  if (!IsPostgres(store)) return SqliteSubmissionStore::Open({.path = SqlitePath(store), .vfs = {}});
  PostgresStoreOptions options;
  options.writer.uri = store;
  options.writer.program = static_cast<int>(steps.size());
  options.writer.standby = StandbyOf(standby).value_or(PostgresStandby::kAsUriSays);
  return PostgresSubmissionStore::Open(std::move(options));
}

absl::Status MigrateStore(const std::string& store, const SchemaSteps& steps, absl::Duration hold) {
  if (IsPostgres(store)) {
    MigrationLimits limits;
    limits.hold = hold;
    return PostgresSubmissionStore::Migrate(store, steps, limits);
  }
  return SqliteSubmissionStore::Open({.path = SqlitePath(store), .vfs = {}}).status();
}

}  // namespace jixiao::intake
