// For the wire check: what a caller wants of messages beyond what their types
// say. Tables, checked by the walk where it stands anyway; what is no table, a
// visitor decides.
#ifndef JIXIAO_COMMON_WIRE_WIRE_RULES_H_
#define JIXIAO_COMMON_WIRE_WIRE_RULES_H_

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/errors.h"
#include "google/protobuf/descriptor.h"

namespace jixiao {

// Of one field. Texts in Chinese; they and the name outlive the rule.
struct FieldRule {
  static constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  static constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

  std::string_view field;
  std::string_view if_missing = {};  // said if there is none; empty: there need not be
  int64_t max_items = kMost;         // of a repeated field
  int64_t max_characters = kMost;    // of text
  int64_t min = kLeast;              // of an int32 or int64
  int64_t max = kMost;
  std::string_view if_out_of_range = {};
  int mark = 0;  // of a message: what its visitor has to know about the place
};

// Of one type of message.
struct MessageRules {
  const google::protobuf::Descriptor* type = nullptr;
  int visit_as = 0;                             // 0: its messages are not visited
  std::vector<std::string_view> leave_if = {};  // Leave is for those with one of these fields; empty: all
  std::vector<FieldRule> fields = {};
};

struct FieldShape;

// Where a walk stands; paths are only spelled out when something is wrong.
struct WirePlace {
  const WirePlace* parent;
  const FieldShape* field;
  int64_t index;  // -1 if not repeated

  std::string ToString() const;
};

// What is wrong, in the order in which the walk meets it.
class WireViolations {
 public:
  explicit WireViolations(size_t max) : max_(max) {}

  // About the field `below` (a path, may be empty) of `place`. Nothing once full.
  void Add(const WirePlace& place, std::string_view below, std::string description);

  bool is_full() const { return list_.size() >= max_; }
  const std::vector<FieldViolation>& list() const { return list_; }

 private:
  const size_t max_;
  std::vector<FieldViolation> list_;
};

// One message that a visitor is led to.
struct WireVisit {
  int visit_as;
  int mark;  // of the rule for the field that holds the message
  std::string_view payload;
  const WirePlace& place;
};

// Lives for one walk.
class WireVisitor {
 public:
  virtual ~WireVisitor() = default;

  // Before the fields of a message are looked at: nothing about its payload is
  // sure.
  virtual void Enter(const WireVisit& visit) = 0;

  // After all of them: a parser would take the message, with all its text clean
  // and all its enum values declared. Not called of others. Rules may be broken.
  virtual void Leave(const WireVisit& visit, WireViolations& violations) = 0;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_WIRE_WIRE_RULES_H_
