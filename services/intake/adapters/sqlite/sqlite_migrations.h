// Holds the tables of the SQLite store: one step for each version of the schema.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_MIGRATIONS_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_MIGRATIONS_H_

namespace jixiao::intake {

// Statements that bring `version`, less than kSchemaVersion, to the next one.
const char* MigrationFrom(int version);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_MIGRATIONS_H_
