// Compares what a checker found with what was planted.
#ifndef JIXIAO_CONFORMANCE_MEASURE_H_
#define JIXIAO_CONFORMANCE_MEASURE_H_

#include "google/protobuf/repeated_ptr_field.h"
#include "jixiao/conformance/v1/label.pb.h"

namespace jixiao::conformance {

using Findings = google::protobuf::RepeatedPtrField<scoring::v1::Finding>;

// What a checker made of one planted mistake.
struct Outcome {
  bool is_detected = false;
  bool asks_cause = false;
  bool is_cause_right = false;  // a root finding's first suggestion has the cause and touches a changed cell
  bool asks_cells = false;
  bool are_cells_right = false;  // that suggestion changes exactly the cells, to what they were
  bool is_undecidable = false;
  // Says honestly that it may be this or another: a tie that holds the truth, or
  // two places that differ.
  bool is_tie = false;
};

Outcome Measure(const v1::Mistake& mistake, const Findings& findings);

// True if both are the same place; an address with neither row nor column
// stands for its whole part.
bool IsSamePlace(const report::v1::Address& a, const report::v1::Address& b);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_MEASURE_H_
