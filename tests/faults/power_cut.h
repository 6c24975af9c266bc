// Plays a power cut on files that a killed process wrote through faulty_disk:
// what it had not flushed is kept, lost or torn, as on a real disk.
#ifndef JIXIAO_TESTS_FAULTS_POWER_CUT_H_
#define JIXIAO_TESTS_FAULTS_POWER_CUT_H_

#include <cstdint>
#include <map>
#include <string>

#include "faults/disk_log.h"

namespace jixiao::faults {

struct PowerCut {
  int unflushed = 0;  // writes that were not flushed
  int lost = 0;       // of these, gone
  int torn = 0;       // of these, kept in part, by sectors of 512 bytes
};

// Changes the files named in `log` in place; deletes shared-memory files
// (`-shm`), which no disk keeps. `seed` decides about each write.
PowerCut CutPower(const std::string& log, uint64_t seed);

// How often each kind stands in `log`.
std::map<DiskRecord::Kind, int> CountRecords(const std::string& log);

// How many changes and flushes each file saw.
std::map<std::string, int> CountStepsByFile(const std::string& log);

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_POWER_CUT_H_
