// All SQL of the PostgreSQL store. Each statement names the division in its key,
// or stands in SpanningStatements with its reason; a test asks the planner.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_STATEMENTS_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_STATEMENTS_H_

#include <vector>

#include "intake/adapters/postgres/postgres_connection.h"

namespace jixiao::intake::sql {

extern const PostgresStatement kBegin, kCommit, kRollback;
// Of a read: all its statements see one moment.
extern const PostgresStatement kBeginRead;
// Ends sessions of this role that are in a transaction and sent nothing for $1
// milliseconds, with how many there were.
extern const PostgresStatement kEndHungSessions;
// Shortens the wait for locks, in this transaction.
extern const PostgresStatement kShortLockTimeout;
// Makes COMMIT wait for the standby even if nothing was changed. Otherwise the
// answer to a repetition could rest on a row that only this server has: visible
// since it restarted, or since a wait for the standby was cut short.
extern const PostgresStatement kMark;

// For a batch, by arrays of keys. Rows are locked in order of their key, so that
// instances wait for each other and do not deadlock.
extern const PostgresStatement kLockSubmissions, kFindRequests, kLockSeasons, kRosterHistories, kUnitExtensions,
    kLockAuditHeads;

// For what a batch did not foresee.
extern const PostgresStatement kFindVersion, kLockTask, kVersionStates, kDueTasks, kFindScoreCard, kFindReviewNotes,
    kRosterUnitsByName, kLockSeason, kFindFiledSeason, kLockDivision, kFindOperation;

// Changes of a batch: one array for each column.
extern const PostgresStatement kPutSubmissions, kSupersedeVersions, kInsertVersions, kSetVersionStates, kPutScoreCards,
    kPutReviewNotes, kInsertEvents, kInsertRequests, kPutTasks, kDeleteTasks, kPutRosterUnits, kDeleteRosterProjects,
    kInsertRosterProjects, kPutSeasons, kPutExtensions, kInsertFiledSeasons, kInsertOperations, kInsertAuditEntries,
    kPutAuditHeads;
extern const PostgresStatement kInsertDocuments;  // of one version: bytes are not copied into an array

// Reads.
extern const PostgresStatement kGetSubmission, kGetDocuments, kListSubmissions, kListVersions, kListEvents,
    kCountStates, kCountTasks, kGetSeason, kSeasonExtensions, kListRosterUnits, kCountProgress, kMissingUnits,
    kFindAuditHead, kListAuditHeads, kReadAuditLog;

const std::vector<const PostgresStatement*>& ReaderStatements();
// Those of readers included: what a change asks for is asked on its connection.
const std::vector<const PostgresStatement*>& WriterStatements();

// Those that look at all divisions, and why.
struct SpanningStatement {
  const PostgresStatement* statement;
  const char* why;
};
const std::vector<SpanningStatement>& SpanningStatements();

}  // namespace jixiao::intake::sql

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_STATEMENTS_H_
