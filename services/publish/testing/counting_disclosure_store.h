// Passes everything on to a store and counts what is asked of it.
#ifndef JIXIAO_PUBLISH_TESTING_COUNTING_DISCLOSURE_STORE_H_
#define JIXIAO_PUBLISH_TESTING_COUNTING_DISCLOSURE_STORE_H_

#include <utility>

#include "publish/core/disclosure_store.h"

namespace jixiao::publish::testing {

class CountingDisclosureStore : public DisclosureStore {
 public:
  struct Counts {
    int reads = 0;  // moments that were looked at
    int versions = 0;
    int loads = 0;
    int lists = 0;
    int counts = 0;

    bool operator==(const Counts&) const = default;
  };

  // `inner` outlives this.
  explicit CountingDisclosureStore(DisclosureStore* inner) : inner_(inner) {}

  // What was asked since the last time.
  Counts Take() { return std::exchange(counts_, {}); }

  absl::StatusOr<std::vector<DisclosureHead>> Insert(const NewDisclosure& disclosure) override {
    return inner_->Insert(disclosure);
  }
  absl::Status Withdraw(const DisclosureKey& key, const std::string& reason, absl::Time time) override {
    return inner_->Withdraw(key, reason, time);
  }
  absl::Status Read(const std::function<absl::Status(DisclosureReads&)>& work) override {
    ++counts_.reads;
    return inner_->Read([&](DisclosureReads& reads) {
      CountingReads counting(reads, counts_);
      return work(counting);
    });
  }
  int64_t Revision() const override { return inner_->Revision(); }

 private:
  class CountingReads : public DisclosureReads {
   public:
    CountingReads(DisclosureReads& inner, Counts& counts) : inner_(inner), counts_(counts) {}
    absl::StatusOr<std::vector<DisclosureHead>> Versions(const SubmissionKey& key) override {
      ++counts_.versions;
      return inner_.Versions(key);
    }
    absl::StatusOr<std::string> Load(const DisclosureKey& key) override {
      ++counts_.loads;
      return inner_.Load(key);
    }
    absl::StatusOr<DisclosurePage> List(const ListFilter& filter) override {
      ++counts_.lists;
      return inner_.List(filter);
    }
    absl::StatusOr<std::vector<DivisionCount>> Count() override {
      ++counts_.counts;
      return inner_.Count();
    }

   private:
    DisclosureReads& inner_;
    Counts& counts_;
  };

  DisclosureStore* const inner_;
  Counts counts_;
};

}  // namespace jixiao::publish::testing

#endif  // JIXIAO_PUBLISH_TESTING_COUNTING_DISCLOSURE_STORE_H_
