#include "publish/http/site.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <charconv>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/division_code.h"
#include "publish/core/errors.h"
#include "publish/http/query.h"
#include "publish/render/assets.h"
#include "publish/render/index_view.h"
#include "publish/render/page_view.h"
#include "publish/render/render_view.h"

namespace jixiao::publish {
namespace {

struct ProblemText {
  int status;
  const char* heading;
  const char* text;
};

constexpr ProblemText kProblems[] = {
    {400, "请求无法识别", "地址或请求的写法不符合规定，请检查后重试。"},
    {404, "没有找到这个页面", "这里没有公开的报告。请核对地址，或者从全部公开报告中查找。"},
    {405, "不支持这种访问方式", "本站只提供查阅，请用浏览器直接打开页面。"},
    {500, "页面暂时无法生成", "系统出现故障，维护人员已收到通知，请稍后再试。"},
    {503, "服务繁忙", "暂时无法读取公开库，请稍后再试。"},
};

constexpr std::string_view kPublicCaching = "public, max-age=60";

std::string_view FormatName(PageAddress::Format format) {
  switch (format) {
    case PageAddress::Format::kJson: return "json";
    case PageAddress::Format::kProtobuf: return "pb";
    default: return "html";
  }
}

// Names everything that the page shows: its content, its state, its versions, the names
// of places.
std::string PageKey(const DisclosureHead& head, const std::vector<DisclosureHead>& versions, const Divisions& divisions,
                    PageAddress::Format format) {
  std::string shown = fmt::format("{}|{}|{}", head.key.version, head.disclosure_digest, head.withdraw_reason);
  shown += "|" + divisions.digest();
  for (const DisclosureHead& version : versions) {
    shown += fmt::format("|{}:{}:{}", version.key.version, static_cast<int>(version.state),
                         absl::ToUnixSeconds(version.publish_time));
  }
  return fmt::format("jixiao:{}:page:{}:{}:{}", kPageFormat, FormatName(format), FormatDisclosureName(head.key),
                     ContentDigest(shown).substr(7));
}

std::optional<int> ParseYear(const std::string& text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || year < 1 || year > 9999) return std::nullopt;
  return year;
}

}  // namespace

Site::Site(DisclosureStore* store, PageCache* cache, SiteOptions options, Divisions divisions)
    : store_(store),
      cache_(cache),
      options_(std::move(options)),
      divisions_(std::move(divisions)),
      memory_(options_.page_memory_bytes) {
  for (const ProblemText& problem : kProblems) {
    problems_[problem.status] = MakePage(RenderMessage(problem.heading, problem.text));
  }
  style_ = MakePage(std::string(Assets().at("style.css")));
  icon_ = MakePage(std::string(Assets().at("favicon.svg")));
  healthy_ = MakePage("ok\n");
}

HttpResponse Site::Problem(int status) {
  HttpResponse response;
  response.status = status;
  response.page = problems_.at(problems_.contains(status) ? status : 400);
  response.headers.emplace_back("Cache-Control", status == 404 ? kPublicCaching : "no-store");
  return response;
}

HttpResponse Site::FromStatus(const absl::Status& status, std::string_view route) {
  const bool is_missing = status.code() == absl::StatusCode::kNotFound;
  const bool is_busy = status.code() == absl::StatusCode::kUnavailable;
  if (!is_missing) LogError("page_failed", {{"route", route}, {"code", static_cast<int>(status.code())}});
  HttpResponse response = Problem(is_missing ? 404 : is_busy ? 503 : 500);
  response.route = route;
  return response;
}

absl::StatusOr<std::string> Site::Render(const Shown& shown) {
  JIXIAO_RETURN_IF_ERROR(shown.bytes.status());
  JIXIAO_ASSIGN_OR_RETURN(const v1::Disclosure disclosure, PublicDisclosure(*shown.head, *shown.bytes));
  if (shown.format == PageAddress::Format::kHtml) {
    return RenderView(BuildPageView(disclosure, *shown.head, shown.versions, options_.base_url, divisions_), "page");
  }
  if (shown.format == PageAddress::Format::kProtobuf) return disclosure.SerializeAsString();
  std::string json;
  google::protobuf::util::JsonPrintOptions print;
  print.add_whitespace = true;
  print.preserve_proto_field_names = true;
  if (!google::protobuf::util::MessageToJsonString(disclosure, &json, print).ok()) {
    return StoredBytesDamaged(FormatDisclosureName(shown.head->key));
  }
  return json;
}

// The bytes are loaded even if the shared cache has the page: asking it within the
// moment would keep writers waiting for the network.
absl::Status Site::Look(DisclosureReads& reads, int version, Shown& shown) {
  shown.head = FindVersion(shown.versions, version);
  if (shown.head == nullptr) return absl::OkStatus();
  shown.key = PageKey(*shown.head, shown.versions, divisions_, shown.format);
  shown.page = memory_.Get(shown.key);
  const bool has_content = shown.head->state != v1::Disclosure::STATE_WITHDRAWN;
  if (shown.page == nullptr) shown.bytes = has_content ? reads.Load(shown.head->key) : std::string();
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Page>> Site::PageOf(const Shown& shown) {
  if (shown.page != nullptr) return shown.page;
  const bool is_shared = cache_ != nullptr && shown.head->state != v1::Disclosure::STATE_WITHDRAWN;
  std::optional<std::string> body = is_shared ? cache_->Get(shown.key) : std::nullopt;
  if (!body) {
    JIXIAO_ASSIGN_OR_RETURN(body, Render(shown));
    if (is_shared) cache_->Set(shown.key, *body);
  }
  auto page = MakePage(*std::move(body));
  memory_.Set(shown.key, page);
  return page;
}

HttpAnswer Site::Disclosure(const PageAddress& address) {
  HttpResponse response;
  response.route = address.version == 0                               ? "current"
                   : address.format == PageAddress::Format::kJson     ? "json"
                   : address.format == PageAddress::Format::kProtobuf ? "pb"
                                                                      : "page";
  const auto held = std::make_shared<Shown>();  // `head` points into it
  Shown& shown = *held;
  shown.format = address.format;
  const absl::Status read = store_->Read([&](DisclosureReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(shown.versions, reads.Versions(address.submission));
    return Look(reads, address.version, shown);
  });
  if (!read.ok()) return FromStatus(read, response.route);
  if (shown.versions.empty()) return FromStatus(absl::NotFoundError(""), response.route);
  response.headers.emplace_back("Cache-Control", kPublicCaching);
  if (address.version == 0) {
    response.status = 302;
    response.headers.emplace_back("Location", PagePath(shown.versions.front().key));
    return response;
  }
  if (shown.head == nullptr) return FromStatus(absl::NotFoundError(""), response.route);
  if (address.format == PageAddress::Format::kJson) response.content_type = "application/json; charset=utf-8";
  if (address.format == PageAddress::Format::kProtobuf) {
    response.content_type = "application/x-protobuf";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"disclosure.pb\"");
  }
  // Gone for good: crawlers and caches drop it.
  if (shown.head->state == v1::Disclosure::STATE_WITHDRAWN) response.status = 410;
  response.page = shown.page;
  HttpAnswer answer(std::move(response));
  if (shown.page != nullptr) return answer;
  answer.make = [this, held, response = answer.response]() mutable {
    auto page = PageOf(*held);
    if (!page.ok()) return FromStatus(page.status(), response.route);
    response.page = *std::move(page);
    return std::move(response);
  };
  return answer;
}

HttpAnswer Site::Index(const std::string& query) {
  const auto values = ParseQuery(query);
  if (!values) return Problem(400);
  const auto value = [&](const char* name) {
    const auto found = values->find(name);
    return found == values->end() ? std::string() : found->second;
  };
  ListFilter filter;
  filter.limit = options_.list_size;
  if (const std::string year = value("year"); !year.empty()) {
    filter.fiscal_year = ParseYear(year);
    if (!filter.fiscal_year) return Problem(400);
  }
  const std::string division = value("division");
  if (!division.empty() && !IsDivisionCode(division)) return Problem(400);
  filter.division_prefix = division.empty() ? "" : DivisionPrefix(division);
  filter.text = Trim(value("q"));
  filter.after = value("after");
  if (filter.text.size() > 300 || filter.after.size() > 200) return Problem(400);

  HttpResponse response;
  response.route = "index";
  response.headers.emplace_back("Cache-Control", kPublicCaching);
  // Searches are of endless variety: they would push the pages out.
  if (filter.text.empty()) response.page = memory_.Get(IndexKey(query));
  HttpAnswer answer(std::move(response));
  if (answer.response.page != nullptr) return answer;
  answer.make = [this, filter, division, query, response = answer.response]() mutable {
    std::string key;
    DisclosurePage page;
    std::vector<DivisionCount> counts;
    const absl::Status read = store_->Read([&](DisclosureReads& reads) -> absl::Status {
      key = IndexKey(query);
      JIXIAO_ASSIGN_OR_RETURN(page, reads.List(filter));
      JIXIAO_ASSIGN_OR_RETURN(counts, reads.Count());
      return absl::OkStatus();
    });
    if (!read.ok()) return FromStatus(read, response.route);
    auto html = RenderView(BuildIndexView(filter, division, page, counts, divisions_), "index");
    if (!html.ok()) return FromStatus(html.status(), response.route);
    response.page = MakePage(*std::move(html));
    if (filter.text.empty()) memory_.Set(key, response.page);
    return std::move(response);
  };
  return answer;
}

std::string Site::IndexKey(const std::string& query) const {
  return fmt::format("index:{}:{}", store_->Revision(), query);
}

HttpAnswer Site::Handle(const HttpRequest& request) {
  const size_t question = request.target.find('?');
  const std::string path = request.target.substr(0, question);
  HttpResponse response;
  if (path == "/") {
    return Index(question == std::string::npos ? "" : request.target.substr(question + 1));
  } else if (path == "/style.css") {
    response.route = "style";
    response.content_type = "text/css; charset=utf-8";
    response.page = style_;
    response.headers.emplace_back("Cache-Control", kPublicCaching);
  } else if (path == "/favicon.svg") {
    response.route = "style";
    response.content_type = "image/svg+xml";
    response.page = icon_;
    response.headers.emplace_back("Cache-Control", kPublicCaching);
  } else if (path == "/healthz") {
    response.route = "healthz";
    response.content_type = "text/plain; charset=utf-8";
    response.page = healthy_;
    response.headers.emplace_back("Cache-Control", "no-store");
  } else if (const auto address = ParsePagePath(path)) {
    return Disclosure(*address);
  } else {
    response = Problem(404);
  }
  return response;
}

void Site::Warm(const Published& published) {
  Shown shown;
  shown.format = PageAddress::Format::kHtml;
  shown.versions = published.versions;
  const absl::Status read =
      store_->Read([&](DisclosureReads& reads) { return Look(reads, published.head.key.version, shown); });
  if (read.ok() && shown.head != nullptr) (void)PageOf(shown);
}

}  // namespace jixiao::publish
