// Finds where two messages of one type differ first, for people.
#ifndef JIXIAO_SCORING_CORE_VERIFY_FIRST_DIFFERENCE_H_
#define JIXIAO_SCORING_CORE_VERIFY_FIRST_DIFFERENCE_H_

#include <optional>
#include <string>

#include "google/protobuf/message.h"

namespace jixiao::scoring {

// One place in two messages.
struct Difference {
  std::string path;     // `tables[0].rows[3].claimed_milli`
  std::string stored;   // value there; empty if absent
  std::string derived;  // value there; empty if absent
};

// The first field, by field number and depth first, that is absent on one side
// or has another value. Unknown fields count. Empty if the messages are equal.
std::optional<Difference> FirstDifference(const google::protobuf::Message& stored,
                                          const google::protobuf::Message& derived);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERIFY_FIRST_DIFFERENCE_H_
