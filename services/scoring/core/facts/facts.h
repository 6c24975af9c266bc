// The flat view of a report's numbers: every figure that relations compare, from
// tables and from sentences, under one key or more.
#ifndef JIXIAO_SCORING_CORE_FACTS_FACTS_H_
#define JIXIAO_SCORING_CORE_FACTS_FACTS_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "jixiao/report/v1/report.pb.h"
#include "scoring/core/facts/fact_keys.h"
#include "scoring/core/facts/passages.h"

namespace jixiao::scoring {

// One figure. Points into the report and its passages, which outlive it. Its
// keys say what it counts and as what: budget, executed, prior year, rate.
struct Fact {
  int64_t value = 0;
  std::string_view as_written;  // the cell, or `0.45万元` of a sentence
  std::string_view unit;        // `万元`; empty for cells, whose table names it
  int year = 0;                 // that the sentence names; 0: the report's own
  int decimals = 0;             // digits behind the point, in the written unit
  int64_t step = 1;             // one of the last digit, in the scale of `value`
  // Two places state the same quantity differently: kept, but never proof.
  bool is_ambiguous = false;
  // 约, 余, 近: kept, but never proof.
  bool is_approximate = false;
  // A cell without a figure, which something may have been meant for: zero, and
  // not there where a relation requires it. Only the diagnosis adds such.
  bool is_blank = false;
  // Where it stands: a cell, or a figure of a passage.
  const report::v1::Value* cell = nullptr;
  const Passage* passage = nullptr;
  const Mention* mention = nullptr;

  // False where relations must not rely on it.
  bool is_proof() const { return !is_ambiguous && !is_approximate; }

  // Down to the span of characters; empty for constants of the rule set.
  report::v1::Address address() const;
};

// Positions of facts: nearly always few.
using FactIndexes = absl::InlinedVector<int, 4>;

// Facts of one evaluation table together with those of the whole report. A fact
// may have several keys: the total row's executed money is
// `table.fund_rows.0.executed` and `table.funds.total.executed`.
class Facts {
 public:
  Facts();

  // The first figure for `key` stands, unless a later one agrees with it and
  // has more decimals, or is exact where it was approximate. One that disagrees
  // makes the fact ambiguous. Returns the fact's position.
  int Add(FactKey key, const Fact& fact);

  // What other sentences state for the ambiguous fact at `index`; empty for
  // others. Valid until the next Add.
  std::vector<const Fact*> RivalsOf(int index) const;

  // The same under one more key. If it names another fact already, the two are
  // compared as above.
  void AddKey(FactKey key, int index);

  // Adds the parsed number of `value` under all `keys`, nothing if it has none.
  // `money_unit` is the unit that the table writes money in.
  void AddValue(std::initializer_list<FactKey> keys, const report::v1::Value& value,
                report::v1::MoneyUnit money_unit = report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);

  // Another value for the fact at `index`, to try it; all else stays.
  void SetValue(int index, int64_t value) {
    facts_[static_cast<size_t>(index)].value = value;
    values_[static_cast<size_t>(index)] = value;
  }

  // Null if absent.
  const Fact* Find(FactKey key) const;
  const Fact* Find(std::string_view key) const;

  // All facts that `key` names (see FindKeys), in document order, each once.
  std::vector<const Fact*> Match(std::string_view key) const;

  // The same by position in [0, size()), for whoever tries other values: a
  // fact keeps its position. -1 if absent.
  int size() const { return static_cast<int>(facts_.size()); }
  // Figures by position.
  const std::vector<int64_t>& values() const { return values_; }
  const Fact& at(int index) const { return facts_[static_cast<size_t>(index)]; }
  // Its first key: for cells of rows the one with the row's number.
  std::string KeyAt(int index) const { return KeyText(keys_[static_cast<size_t>(index)]); }
  FactKey KeyOf(int index) const { return keys_[static_cast<size_t>(index)]; }
  int IndexOf(FactKey key) const;
  int IndexOf(std::string_view key) const;
  std::vector<int> IndexesOf(std::string_view key) const;
  std::vector<int> IndexesOf(const KeyPattern& keys) const;
  void AppendIndexesOf(const KeyPattern& keys, FactIndexes& found) const;
  // -1 unless exactly one fact matches.
  int IndexOf(const KeyPattern& keys) const;

  // The numbers n for which there are facts below `group`, such as
  // `table.fund_rows.*`, ascending.
  std::vector<int> NumbersOf(std::string_view group) const;
  std::vector<int> NumbersOf(const KeyPattern& group) const;

 private:
  struct Entry {
    FactKey key;
    int32_t index = 0;
    int32_t next = -1;  // entry of the same family
  };
  struct Chain {
    int32_t first = -1;
    int32_t last = -1;
  };

  bool IsNumbered(FactKey key) const { return (*is_numbered_)[static_cast<size_t>(key.family)] != 0; }
  const Entry& EntryAt(int32_t entry) const { return entries_[static_cast<size_t>(entry)]; }
  int32_t FindEntry(FactKey key) const;
  size_t SlotOf(FactKey key) const;
  void Grow();
  int Claim(FactKey key, int index);
  void Merge(int index, const Fact& fact);
  template <typename Visit>
  void ForEach(const KeyPattern& keys, Visit visit) const;

  // A figure that a sentence states otherwise than an earlier one.
  struct Rival {
    int index = 0;
    Fact fact;
  };

  const std::vector<char>* is_numbered_;  // by family; never null, lives forever
  std::vector<Fact> facts_;
  std::vector<int64_t> values_;  // of facts_, side by side for comparing them
  std::vector<Rival> rivals_;
  std::vector<FactKey> keys_;
  std::vector<Entry> entries_;   // every key of every fact
  std::vector<Chain> families_;  // entries_ by family, in order
  std::vector<int32_t> slots_;   // hash table of numbered keys: positions in entries_, -1 if free
};

// Facts of `content` as seen from evaluation table `table_index`. Figures of the
// base data table, the other tables and the narrative belong to the department
// table and are left out for project tables. `passages` are those of `content`.
Facts CollectFacts(const report::v1::ReportContent& content, const std::vector<Passage>& passages, int table_index,
                   int64_t rule_total_milli);

// Adds what sentences state. In text_facts.cc.
void CollectTextFacts(const report::v1::ReportContent& content, const std::vector<Passage>& passages, Facts& facts);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_FACTS_H_
