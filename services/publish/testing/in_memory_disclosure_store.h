// Pretends to be a durable store: keeps disclosures in memory; passes the store
// contract.
#ifndef JIXIAO_PUBLISH_TESTING_IN_MEMORY_DISCLOSURE_STORE_H_
#define JIXIAO_PUBLISH_TESTING_IN_MEMORY_DISCLOSURE_STORE_H_

#include <fmt/format.h>

#include <atomic>
#include <map>
#include <mutex>
#include <tuple>

#include "publish/core/disclosure_store.h"
#include "publish/core/errors.h"

namespace jixiao::publish::testing {

class InMemoryDisclosureStore : public DisclosureStore, private DisclosureReads {
 public:
  absl::StatusOr<std::vector<DisclosureHead>> Insert(const NewDisclosure& disclosure) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const DisclosureKey& key = disclosure.head.key;
    auto& versions = submissions_[key.submission];
    if (const auto found = versions.find(key.version); found != versions.end()) {
      if (found->second.head.request_digest == disclosure.head.request_digest) return Versions(key.submission);
      return PublishedWithOtherBytes(FormatDisclosureName(key));
    }
    if (!versions.empty() && versions.rbegin()->first > key.version) {
      return OlderVersion(key.version, versions.rbegin()->first);
    }
    for (auto& [version, stored] : versions) {
      if (stored.head.state == v1::Disclosure::STATE_CURRENT) stored.head.state = v1::Disclosure::STATE_CORRECTED;
    }
    NewDisclosure& stored = versions[key.version] = disclosure;
    stored.head.state = v1::Disclosure::STATE_CURRENT;
    ++revision_;
    return Versions(key.submission);
  }

  absl::Status Withdraw(const DisclosureKey& key, const std::string& reason, absl::Time time) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto& versions = submissions_[key.submission];
    const auto found = versions.find(key.version);
    if (found == versions.end()) return NoSuchDisclosure(FormatDisclosureName(key));
    DisclosureHead& head = found->second.head;
    if (head.state == v1::Disclosure::STATE_WITHDRAWN) return absl::OkStatus();
    head.state = v1::Disclosure::STATE_WITHDRAWN;
    head.withdraw_reason = reason;
    head.withdraw_time = time;
    found->second.bytes.clear();
    ++revision_;
    return absl::OkStatus();
  }

  absl::Status Read(const std::function<absl::Status(DisclosureReads&)>& work) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return work(*this);
  }

  int64_t Revision() const override { return revision_; }

 private:
  absl::StatusOr<std::vector<DisclosureHead>> Versions(const SubmissionKey& key) override {
    std::vector<DisclosureHead> heads;
    const auto found = submissions_.find(key);
    if (found == submissions_.end()) return heads;
    for (auto version = found->second.rbegin(); version != found->second.rend(); ++version) {
      heads.push_back(version->second.head);
    }
    return heads;
  }

  absl::StatusOr<std::string> Load(const DisclosureKey& key) override {
    const auto& versions = submissions_[key.submission];
    const auto found = versions.find(key.version);
    if (found == versions.end() || found->second.head.state == v1::Disclosure::STATE_WITHDRAWN) {
      return NoSuchDisclosure(FormatDisclosureName(key));
    }
    return found->second.bytes;
  }

  absl::StatusOr<DisclosurePage> List(const ListFilter& filter) override {
    std::map<std::tuple<int, std::string, std::string>, DisclosureHead> sorted;
    for (const auto& [key, versions] : submissions_) {
      for (const auto& [version, stored] : versions) {
        const bool is_listed =
            stored.head.state == v1::Disclosure::STATE_CURRENT &&
            (!filter.fiscal_year || *filter.fiscal_year == key.fiscal_year) &&
            key.division_code.starts_with(filter.division_prefix) &&
            (stored.head.summary.unit_name + "\n" + stored.head.summary.project_name).find(filter.text) !=
                std::string::npos;
        if (is_listed) sorted[{-key.fiscal_year, key.division_code, LocalName(key)}] = stored.head;
      }
    }
    DisclosurePage page;
    bool is_after = filter.after.empty();
    for (const auto& [position, head] : sorted) {
      const std::string name = std::get<1>(position) + std::get<2>(position);
      if (is_after && static_cast<int>(page.heads.size()) == filter.limit) {
        const SubmissionKey& last = page.heads.back().key.submission;
        page.next = last.division_code + LocalName(last);
        break;
      }
      if (is_after) page.heads.push_back(head);
      is_after = is_after || name == filter.after;
    }
    return page;
  }

  absl::StatusOr<std::vector<DivisionCount>> Count() override {
    std::map<std::pair<int, std::string>, int64_t> counts;
    for (const auto& [key, versions] : submissions_) {
      for (const auto& [version, stored] : versions) {
        if (stored.head.state == v1::Disclosure::STATE_CURRENT) ++counts[{-key.fiscal_year, key.division_code}];
      }
    }
    std::vector<DivisionCount> result;
    for (const auto& [key, count] : counts) result.push_back({-key.first, key.second, count});
    return result;
  }

  std::mutex mutex_;
  std::map<SubmissionKey, std::map<int, NewDisclosure>> submissions_;
  std::atomic<int64_t> revision_ = 1;
};

}  // namespace jixiao::publish::testing

#endif  // JIXIAO_PUBLISH_TESTING_IN_MEMORY_DISCLOSURE_STORE_H_
