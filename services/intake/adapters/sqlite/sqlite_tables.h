// Holds the tables of the SQLite store.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_TABLES_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_TABLES_H_

#include "common/sqlite/sqlite_schema.h"

namespace jixiao::intake {

const SqliteSchema& StoreSchema();

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_TABLES_H_
