#include "common/domain/person_labels.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace jixiao {
namespace {

// Words to look for, and with which characters they begin: most places of a text
// begin none, and that is seen at once.
template <size_t N>
class Words {
 public:
  constexpr explicit Words(const std::array<std::u32string_view, N>& words) : words_(words) {
    for (const std::u32string_view word : words) starts_[word.front() >> 6 & 3] |= BitOf(word.front());
  }

  // Characters of the longest word at `at`; 0 if there is none.
  size_t LongestAt(const ScanCopy& copy, size_t at) const {
    if (at >= copy.size() || (starts_[copy[at].c >> 6 & 3] & BitOf(copy[at].c)) == 0) return 0;
    size_t longest = 0;
    for (const std::u32string_view word : words_) {
      if (word.size() > longest && StandsAt(copy, at, word)) longest = word.size();
    }
    return longest;
  }

 private:
  static constexpr uint64_t BitOf(char32_t c) { return uint64_t{1} << (c & 63); }

  std::array<std::u32string_view, N> words_;
  std::array<uint64_t, 4> starts_ = {};  // by the lowest byte of the first character
};

constexpr Words kNameLabels(std::to_array<std::u32string_view>(
    {U"填表人", U"填报人",   U"填写人",     U"制表人", U"联系人", U"联络人", U"经办人", U"承办人", U"审核人",
     U"复核人", U"审批人",   U"负责人",     U"责任人", U"编制人", U"起草人", U"撰写人", U"评价人", U"代理人",
     U"报送人", U"法人代表", U"法定代表人", U"姓名",   U"户主",   U"持卡人", U"开户人"}));

constexpr Words kTelephoneLabels(std::to_array<std::u32string_view>({U"联系电话", U"电话号码", U"电话", U"手机号码",
                                                                     U"手机号", U"手机", U"座机", U"联系方式", U"传真",
                                                                     U"tel", U"Tel", U"TEL", U"mobile", U"Mobile",
                                                                     U"Phone", U"phone"}));

constexpr Words kBankLabels(std::to_array<std::u32string_view>(
    {U"银行账号", U"银行帐号", U"银行卡号", U"银行账户", U"银行卡", U"卡号", U"账号", U"帐号", U"一卡通", U"存折"}));

constexpr Words kIdentityLabels(std::to_array<std::u32string_view>({U"身份证号码", U"身份证号", U"身份证",
                                                                    U"公民身份号码", U"证件号码", U"证件号"}));

constexpr Words kAccountLabels(std::to_array<std::u32string_view>({U"微信号", U"微信", U"WeChat", U"wechat", U"Wechat",
                                                                   U"QQ号", U"QQ", U"qq号", U"qq"}));

constexpr Words kCodeLabels(std::to_array<std::u32string_view>({U"项目编码", U"项目编号", U"项目代码", U"编码", U"编号",
                                                                U"代码", U"文号", U"合同号", U"单号", U"发票",
                                                                U"流水号", U"序号"}));

// Labels of the official forms that follow a name, and titles behind a name.
constexpr Words kNameStops(std::to_array<std::u32string_view>(
    {U"填报日期", U"填表日期", U"填报时间", U"填报单位", U"日期",   U"时间",   U"单位", U"部门",   U"职务",
     U"职称",     U"职级",     U"岗位",     U"性别",     U"年龄",   U"民族",   U"出生", U"学历",   U"住址",
     U"地址",     U"邮箱",     U"电子",     U"签字",     U"签名",   U"签章",   U"盖章", U"备注",   U"同志",
     U"先生",     U"女士",     U"主任",     U"副主任",   U"局长",   U"副局长", U"科长", U"副科长", U"股长",
     U"所长",     U"副所长",   U"处长",     U"书记",     U"副书记", U"院长",   U"校长", U"站长",   U"镇长",
     U"乡长",     U"县长",     U"区长",     U"会计",     U"出纳",   U"经理",   U"年"}));

constexpr Words kLabelTails(std::to_array<std::u32string_view>({U"及联系方式", U"及联系电话", U"及电话", U"和联系方式",
                                                                U"和联系电话", U"和电话", U"、联系方式", U"(签字)",
                                                                U"(签名)", U"(签章)", U"(盖章)", U"(签字盖章)", U"签字",
                                                                U"签名", U"签章", U"盖章", U"姓名", U"/"}));

// The surnames that cover nearly everybody; some double as everyday words, so
// they count only where a label already points at a name.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    U"钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安"
    U"颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项"
    U"曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来"
    U"嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谌储郁晏谯匡瞿仇肖闫付佘邝麦蒙岑蔺冼丰宗敖巫";

constexpr Words kCompoundSurnames(std::to_array<std::u32string_view>(
    {U"欧阳", U"上官", U"司马", U"诸葛", U"夏侯", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐", U"司徒",
     U"东方", U"南宫", U"长孙", U"宇文", U"轩辕", U"百里", U"呼延", U"端木", U"独孤", U"钟离", U"闻人"}));

constexpr std::u32string_view kOfficeEndings = U"局所室科部处办股组委会院站队司位道镇乡村区校行厅";

}  // namespace

size_t NameLabelAt(const ScanCopy& copy, size_t at) { return kNameLabels.LongestAt(copy, at); }
size_t TelephoneLabelAt(const ScanCopy& copy, size_t at) { return kTelephoneLabels.LongestAt(copy, at); }
size_t BankLabelAt(const ScanCopy& copy, size_t at) { return kBankLabels.LongestAt(copy, at); }
size_t IdentityLabelAt(const ScanCopy& copy, size_t at) { return kIdentityLabels.LongestAt(copy, at); }
size_t AccountLabelAt(const ScanCopy& copy, size_t at) { return kAccountLabels.LongestAt(copy, at); }
size_t CodeLabelAt(const ScanCopy& copy, size_t at) { return kCodeLabels.LongestAt(copy, at); }

bool NameStopsAt(const ScanCopy& copy, size_t at) {
  return kNameStops.LongestAt(copy, at) > 0 || NameLabelAt(copy, at) > 0 || TelephoneLabelAt(copy, at) > 0 ||
         BankLabelAt(copy, at) > 0 || IdentityLabelAt(copy, at) > 0 || AccountLabelAt(copy, at) > 0;
}

AfterLabel SkipLabelTail(const ScanCopy& copy, size_t at) {
  while (const size_t length = kLabelTails.LongestAt(copy, at)) at += length;
  AfterLabel after = {at, false};
  while (after.at < copy.size() && (copy[after.at].c == ':' || copy[after.at].c == '_' || copy[after.at].c == '=')) {
    after.has_colon = true;
    ++after.at;
  }
  return after;
}

size_t SurnameAt(const ScanCopy& copy, size_t at) {
  if (at >= copy.size()) return 0;
  if (kCompoundSurnames.LongestAt(copy, at) > 0) return 2;
  return kSurnames.find(copy[at].c) != std::u32string_view::npos ? 1 : 0;
}

bool EndsLikeOffice(const ScanCopy& copy, size_t at, size_t end) {
  return end > at && kOfficeEndings.find(copy[end - 1].c) != std::u32string_view::npos;
}

}  // namespace jixiao
