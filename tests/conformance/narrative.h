// Writes the narrative of a report: the sections its rule set asks for, with
// sentences of several phrasings that state what the tables state.
#ifndef JIXIAO_CONFORMANCE_NARRATIVE_H_
#define JIXIAO_CONFORMANCE_NARRATIVE_H_

#include "conformance/book.h"
#include "conformance/draft.h"
#include "conformance/random.h"
#include "conformance/write_tables.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::conformance {

// `has_base_table`: sentences may state staff and 三公经费 that the base data
// table states too.
void WriteNarrative(const Book& book, const Style& style, const scoring::v1::RuleSet& rule_set, bool has_base_table,
                    Random& random, Draft& draft);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_NARRATIVE_H_
