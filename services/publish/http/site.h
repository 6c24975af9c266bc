// The public site: which address shows what.
#ifndef JIXIAO_PUBLISH_HTTP_SITE_H_
#define JIXIAO_PUBLISH_HTTP_SITE_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/domain/divisions.h"
#include "publish/core/disclosure_name.h"
#include "publish/core/disclosure_store.h"
#include "publish/core/page_cache.h"
#include "publish/core/publisher.h"
#include "publish/http/http_message.h"

namespace jixiao::publish {

struct SiteOptions {
  std::string base_url;  // `https://jixiao.example.gov.cn`
  int64_t page_memory_bytes = 64 << 20;
  int list_size = 100;
};

// Every answer is made from the store's present state: pages are held by a key of
// what they show, so a withdrawn report is gone with the next request.
class Site : public HttpHandler {
 public:
  // Both outlive this. `cache` may be null.
  Site(DisclosureStore* store, PageCache* cache, SiteOptions options, Divisions divisions);

  HttpAnswer Handle(const HttpRequest& request) override;
  HttpResponse Problem(int status) override;

  // Renders the page of what was published before it is asked for.
  void Warm(const Published& published);

 private:
  HttpAnswer Index(const std::string& query);
  std::string IndexKey(const std::string& query) const;
  HttpAnswer Disclosure(const PageAddress& address);
  // A version in one format, as one moment of the store has it.
  struct Shown {
    std::vector<DisclosureHead> versions;
    const DisclosureHead* head = nullptr;  // one of them; null: there is none
    PageAddress::Format format;
    std::string key;                    // names all that the page shows
    std::shared_ptr<const Page> page;   // if it is held in memory
    absl::StatusOr<std::string> bytes;  // of the disclosure, else
  };
  // Finds `version` and, unless its page is held, what the page is made of.
  absl::Status Look(DisclosureReads& reads, int version, Shown& shown);
  absl::StatusOr<std::shared_ptr<const Page>> PageOf(const Shown& shown);
  absl::StatusOr<std::string> Render(const Shown& shown);
  HttpResponse FromStatus(const absl::Status& status, std::string_view route);

  DisclosureStore* const store_;
  PageCache* const cache_;
  const SiteOptions options_;
  const Divisions divisions_;
  PageMemory memory_;
  std::map<int, std::shared_ptr<const Page>> problems_;
  std::shared_ptr<const Page> style_;
  std::shared_ptr<const Page> icon_;
  std::shared_ptr<const Page> healthy_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_SITE_H_
