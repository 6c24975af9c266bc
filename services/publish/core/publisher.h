// Publishes and takes down: the one way to the public.
#ifndef JIXIAO_PUBLISH_CORE_PUBLISHER_H_
#define JIXIAO_PUBLISH_CORE_PUBLISHER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "publish/core/build_disclosure.h"
#include "publish/core/disclosure_store.h"

namespace jixiao::publish {

struct Published {
  DisclosureHead head;
  std::vector<DisclosureHead> versions;   // all, newest first, `head` among them
  std::vector<v1::Redaction> redactions;  // empty for a repeat
  bool is_new = false;                    // false: published before
};

// Thread-safe.
class Publisher {
 public:
  // Both outlive this.
  Publisher(DisclosureStore* store, const Clock* clock) : store_(store), clock_(clock) {}

  // `request_digest` is over report bytes, score card bytes, reason and
  // explanations: the same digest gives the first answer again. Otherwise fails as
  // BuildDisclosure and DisclosureStore::Insert do.
  absl::StatusOr<Published> Publish(Publication publication, const std::string& request_digest);

  // `reason` is masked like everything public. NOT_FOUND if never published.
  absl::Status Withdraw(const DisclosureKey& key, std::string reason);

  // The disclosure as public now: state, and of a withdrawn one only the fact,
  // the reason and whose it was. NOT_FOUND, DATA_LOSS.
  absl::StatusOr<v1::Disclosure> Get(const DisclosureKey& key);

 private:
  DisclosureStore* const store_;
  const Clock* const clock_;
};

// The disclosure that `bytes` are, with the state of `head`; of a withdrawn one
// only the fact, the reason and whose it was. DATA_LOSS.
absl::StatusOr<v1::Disclosure> PublicDisclosure(const DisclosureHead& head, const std::string& bytes);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_PUBLISHER_H_
