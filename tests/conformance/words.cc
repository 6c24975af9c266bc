#include "conformance/words.h"

#include <array>

namespace jixiao::conformance {
namespace {

using Text = std::string_view;

constexpr std::array<Text, 4> kFarmDuties = {
    "拟订农业农村发展规划和年度计划并抓好落实", "指导种植业、养殖业生产和农产品质量安全监管",
    "推广先进适用农业技术，培育新型经营主体", "负责农田建设管理和农业防灾减灾工作"};
constexpr std::array<Text, 5> kFarmProjects = {"高标准农田管护专项", "农业技术推广专项", "农产品质量检测经费",
                                               "动物疫病防控经费", "农机购置补助工作经费"};
constexpr std::array<Deed, 6> kFarmDeeds = {{{"推广水稻优良品种面积", "亩", 1200, 18000},
                                             {"开办农技培训班", "期", 6, 40},
                                             {"抽检农产品样品", "批次", 120, 900},
                                             {"发放农技宣传资料", "份", 800, 9000},
                                             {"扶持示范家庭农场", "家", 5, 60},
                                             {"修复水毁田间沟渠", "公里", 8, 90}}};
constexpr std::array<Text, 4> kFarmQualities = {"农产品抽检合格率", "良种覆盖率", "农技服务到位率",
                                                "沟渠修复验收通过率"};
constexpr std::array<Text, 4> kFarmBenefits = {"带动种粮大户稳定增收", "提高粮食生产组织化程度", "保障城乡农产品供应",
                                               "促进产销对接"};
constexpr std::array<Text, 3> kFarmLastings = {"减少化肥农药用量", "改善耕地地力", "健全基层农技推广队伍"};
constexpr std::array<Text, 3> kFarmWeaknesses = {"基层农技人员年龄偏大，新技术掌握不够快",
                                                 "部分项目前期勘察不细，开工时间晚于计划",
                                                 "指标设置偏重数量，对长期效果的跟踪不多"};
constexpr std::array<Text, 3> kFarmMeasures = {"与农业院校联合开设轮训课程，每名农技人员全年参训不少于五天",
                                               "把勘察设计提前到上年第四季度，项目批复后一个月内开工",
                                               "增设回访类指标，由村组对已完工项目逐处签字评价"};

constexpr std::array<Text, 4> kSchoolDuties = {"贯彻教育方针，管理本级各类学校", "组织教师招聘、培训和考核",
                                               "落实学生资助政策，保障教育公平", "指导校园安全和后勤管理工作"};
constexpr std::array<Text, 5> kSchoolProjects = {"义务教育薄弱环节改善专项", "教师培训专项", "学生资助工作经费",
                                                 "校园安防设施更新项目", "中小学实验室建设项目"};
constexpr std::array<Deed, 6> kSchoolDeeds = {{{"组织教师业务培训", "人次", 200, 3000},
                                               {"资助家庭困难学生", "名", 150, 4000},
                                               {"更新校园监控设备", "台", 40, 600},
                                               {"建成标准化实验室", "间", 3, 30},
                                               {"开展校园安全检查", "次", 12, 120},
                                               {"举办学生科技活动", "场", 4, 40}}};
constexpr std::array<Text, 4> kSchoolQualities = {"教师培训合格率", "资助资金发放准确率", "设备采购验收合格率",
                                                  "义务教育巩固率"};
constexpr std::array<Text, 4> kSchoolBenefits = {"减轻困难家庭就学负担", "提高师资队伍整体水平", "缩小校际办学条件差距",
                                                 "提升校园安全管理水平"};
constexpr std::array<Text, 3> kSchoolLastings = {"形成绿色校园管理办法", "健全教师成长机制", "建立设备长效维护机制"};
constexpr std::array<Text, 3> kSchoolWeaknesses = {"培训内容与课堂教学结合不够紧密", "设备采购集中在下半年，验收时间紧",
                                                   "部分学校资料归档不及时"};
constexpr std::array<Text, 3> kSchoolMeasures = {"由各校先报需求，再按学科编制培训课程表",
                                                 "三月底前完成采购需求论证，六月底前完成招标",
                                                 "每季度抽查一次档案，结果计入年度考核"};

constexpr std::array<Text, 4> kHealthDuties = {"组织实施疾病预防控制和公共卫生服务", "管理基层医疗卫生机构",
                                               "开展健康教育和慢性病管理", "做好妇幼保健和家庭医生签约服务"};
constexpr std::array<Text, 5> kHealthProjects = {"基本公共卫生服务项目", "慢性病综合防控专项", "乡村医生培训经费",
                                                 "疫苗冷链更新项目", "妇幼健康服务专项"};
constexpr std::array<Deed, 6> kHealthDeeds = {{{"完成老年人健康体检", "人", 900, 16000},
                                               {"组织健康讲座", "场", 12, 150},
                                               {"培训乡村医生", "人次", 60, 900},
                                               {"随访高血压患者", "人次", 1500, 30000},
                                               {"更新疫苗冷藏设备", "台", 6, 80},
                                               {"开展孕产妇访视", "人次", 300, 5000}}};
constexpr std::array<Text, 4> kHealthQualities = {"居民健康档案规范率", "疫苗接种及时率", "慢性病规范管理率",
                                                  "冷链设备验收合格率"};
constexpr std::array<Text, 4> kHealthBenefits = {"减轻群众就医负担", "提高居民健康素养", "方便群众就近就医",
                                                 "增强基层卫生服务能力"};
constexpr std::array<Text, 3> kHealthLastings = {"规范医疗废物处置", "健全家庭医生服务机制", "改善村卫生室服务环境"};
constexpr std::array<Text, 3> kHealthWeaknesses = {"部分村卫生室信息录入滞后", "健康随访以电话为主，入户比例不高",
                                                   "项目资金分配依据不够细"};
constexpr std::array<Text, 3> kHealthMeasures = {"为村卫生室配备录入终端，录入情况按周通报",
                                                 "把入户随访比例写入签约服务协议",
                                                 "按服务人口和上年考核得分测算分配资金"};

constexpr std::array<Text, 4> kRoadDuties = {"编制公路养护计划并组织实施", "管理农村公路和桥梁", "负责道路运输行业管理",
                                             "组织公路应急抢险保通"};
constexpr std::array<Text, 5> kRoadProjects = {"农村公路养护工程", "危旧桥梁改造项目", "公路安防设施完善项目",
                                               "公路应急抢险经费", "治超站点运行经费"};
constexpr std::array<Deed, 6> kRoadDeeds = {{{"养护农村公路里程", "公里", 60, 900},
                                             {"改造危旧桥梁", "座", 2, 24},
                                             {"安装波形护栏", "米", 600, 12000},
                                             {"开展路面巡查", "次", 48, 400},
                                             {"清理边沟", "公里", 30, 500},
                                             {"补划道路标线", "平方米", 800, 15000}}};
constexpr std::array<Text, 4> kRoadQualities = {"公路优良中等路率", "桥梁改造验收合格率", "护栏安装合格率",
                                                "巡查问题整改率"};
constexpr std::array<Text, 4> kRoadBenefits = {"降低沿线货物运输时间", "改善群众出行条件", "提升沿线村组通达能力",
                                               "增强道路安全保障能力"};
constexpr std::array<Text, 3> kRoadLastings = {"改善公路沿线环境", "延长道路使用年限", "健全养护管理机制"};
constexpr std::array<Text, 3> kRoadWeaknesses = {"养护作业受汛期影响大，上半年进度偏慢",
                                                 "巡查记录以纸质为主，汇总分析不便", "部分乡镇养护人员流动频繁"};
constexpr std::array<Text, 3> kRoadMeasures = {"把路面修补安排在汛期之前，四月底前完成招标",
                                               "启用移动巡查软件，问题从发现到销号全程留痕",
                                               "与乡镇签订三年养护协议，稳定队伍"};

constexpr std::array<Text, 4> kCultureDuties = {"管理公共文化设施，组织群众文化活动", "保护利用文物和非物质文化遗产",
                                                "推动旅游宣传和景区建设", "管理文化市场经营秩序"};
constexpr std::array<Text, 5> kCultureProjects = {"公共文化场馆免费开放经费", "非遗传承保护专项", "旅游宣传推广项目",
                                                  "图书采购专项", "文物安全巡查经费"};
constexpr std::array<Deed, 6> kCultureDeeds = {{{"举办群众文艺演出", "场", 10, 160},
                                                {"采购新版图书", "册", 900, 15000},
                                                {"接待场馆读者", "人次", 6000, 90000},
                                                {"培训文化志愿者", "人次", 60, 900},
                                                {"巡查文物保护点", "处", 20, 200},
                                                {"举办非遗展示活动", "次", 3, 40}}};
constexpr std::array<Text, 4> kCultureQualities = {"场馆开放达标率", "图书验收合格率", "文物巡查覆盖率",
                                                   "演出计划执行到位率"};
constexpr std::array<Text, 4> kCultureBenefits = {"带动周边旅游消费", "丰富群众文化生活", "提高本地文化影响力",
                                                  "扩大非遗项目知晓面"};
constexpr std::array<Text, 3> kCultureLastings = {"改善文物周边环境", "健全文化志愿服务机制", "培养非遗传承后备人才"};
constexpr std::array<Text, 3> kCultureWeaknesses = {"偏远乡镇演出场次偏少", "读者意见收集渠道单一",
                                                    "活动效果缺少可比数据"};
constexpr std::array<Text, 3> kCultureMeasures = {"按行政村数量分配演出场次，全年覆盖一遍",
                                                  "在馆内和线上同时设置评价入口，每月汇总", "活动前后各做一次抽样问卷"};

constexpr std::array<Text, 4> kStreetDuties = {"加强辖区党的建设，统筹社区治理", "办理民政、社保、就业等公共服务事项",
                                               "组织辖区安全生产、消防和防汛工作", "维护市容环境，推进老旧小区改造"};
constexpr std::array<Text, 5> kStreetProjects = {"社区服务群众专项", "老旧小区改造配套项目", "网格员队伍经费",
                                                 "市容环境整治项目", "养老服务站运营经费"};
constexpr std::array<Deed, 6> kStreetDeeds = {{{"排查化解邻里矛盾", "件", 60, 500},
                                               {"巡查安全隐患点位", "处", 90, 900},
                                               {"改造老旧楼栋", "栋", 4, 60},
                                               {"帮助失业人员就业", "人", 60, 900},
                                               {"组织志愿服务", "场次", 24, 260},
                                               {"走访独居老人", "人次", 200, 4000}}};
constexpr std::array<Text, 4> kStreetQualities = {"网格事件办结率", "隐患整改率", "改造工程验收合格率",
                                                  "民生事项按期办结率"};
constexpr std::array<Text, 4> kStreetBenefits = {"改善辖区营商环境", "增强居民安全感", "提高社区服务能力",
                                                 "拓宽居民议事渠道"};
constexpr std::array<Text, 3> kStreetLastings = {"保持辖区环境整洁", "健全网格化管理机制", "形成邻里互助长效机制"};
constexpr std::array<Text, 3> kStreetWeaknesses = {"网格员身兼多职，入户时间不足", "居民自治组织作用发挥不够均衡",
                                                   "项目资料由多人保管，查阅不便"};
constexpr std::array<Text, 3> kStreetMeasures = {
    "清理网格员职责清单，减少与走访无关的填报", "每月安排一次居民议事会，议题提前公示", "建立统一台账，由专人按月归集"};

constexpr std::array<Text, 4> kWaterDuties = {"负责水资源管理和保护", "组织水利工程建设与运行管理",
                                              "落实河湖长制日常工作", "承担水旱灾害防御技术支撑"};
constexpr std::array<Text, 5> kWaterProjects = {"小型水库维修养护项目", "农村饮水工程维护专项", "河道清淤整治项目",
                                                "山洪灾害监测经费", "灌区节水改造项目"};
constexpr std::array<Deed, 6> kWaterDeeds = {{{"维修养护小型水库", "座", 6, 90},
                                              {"清淤整治河道", "公里", 6, 80},
                                              {"检测农村供水水样", "份", 120, 1500},
                                              {"开展巡河检查", "次", 60, 900},
                                              {"更换供水管网", "米", 1500, 30000},
                                              {"组织防汛演练", "次", 2, 24}}};
constexpr std::array<Text, 4> kWaterQualities = {"供水水质达标率", "工程质量合格率", "巡河问题整改率",
                                                 "监测站点在线率"};
constexpr std::array<Text, 4> kWaterBenefits = {"提高灌溉保障能力", "保障农村居民饮水安全", "减轻汛期灾害损失",
                                                "改善沿河群众生产生活条件"};
constexpr std::array<Text, 3> kWaterLastings = {"改善河道水环境", "健全水库管护机制", "提高水资源利用效率"};
constexpr std::array<Text, 3> kWaterWeaknesses = {"工程点多面广，现场管理力量不足", "水费收缴方式落后，用水数据不全",
                                                  "完工项目移交手续办理较慢"};
constexpr std::array<Text, 3> kWaterMeasures = {"按片区划分管护责任，聘请村级管水员", "分批安装智能水表，数据按月上传",
                                                "项目验收后二十个工作日内办结移交"};

constexpr std::array<Text, 4> kSafetyDuties = {"综合监督管理安全生产工作", "组织编制应急预案并开展演练",
                                               "统筹应急力量建设和物资储备", "指导防灾减灾宣传教育"};
constexpr std::array<Text, 5> kSafetyProjects = {"应急物资储备项目", "安全生产执法检查经费", "综合应急救援队伍建设项目",
                                                 "自然灾害风险普查经费", "应急指挥平台运维项目"};
constexpr std::array<Deed, 6> kSafetyDeeds = {{{"检查生产经营单位", "家次", 120, 1500},
                                               {"组织应急演练", "场", 3, 40},
                                               {"储备救灾帐篷", "顶", 60, 600},
                                               {"培训企业安全管理人员", "人次", 200, 3000},
                                               {"排查一般隐患", "处", 150, 2400},
                                               {"发放防灾明白卡", "张", 1500, 30000}}};
constexpr std::array<Text, 4> kSafetyQualities = {"隐患整改完成率", "物资验收合格率", "培训考核合格率",
                                                  "平台系统可用率"};
constexpr std::array<Text, 4> kSafetyBenefits = {"减轻灾害造成的财产损失", "增强公众防灾意识", "提升基层应急处置能力",
                                                 "规范企业安全管理"};
constexpr std::array<Text, 3> kSafetyLastings = {"减少生产活动对环境的影响", "健全应急联动机制", "培育专业救援骨干"};
constexpr std::array<Text, 3> kSafetyWeaknesses = {"执法人员专业结构单一，化工类人才缺乏",
                                                   "部分物资储备品种与需求不完全对应", "演练脚本化，实战检验不足"};
constexpr std::array<Text, 3> kSafetyMeasures = {"招录和外聘专家相结合，建立专业检查小组",
                                                 "每年十月按风险评估结果调整储备目录",
                                                 "推行不打招呼的拉练，结束后当场讲评"};

// Each array of a trade follows its duties; the macro keeps their order right.
#define JIXIAO_DOMAIN(trade, bureau, we, served)                                                    \
  {                                                                                                 \
    bureau, we, served, k##trade##Duties, k##trade##Projects, k##trade##Deeds, k##trade##Qualities, \
        k##trade##Benefits, k##trade##Lastings, k##trade##Weaknesses, k##trade##Measures            \
  }

constexpr std::array<Domain, 12> kDomains = {{
    JIXIAO_DOMAIN(Farm, "农业农村局", "我局", "农户"),
    JIXIAO_DOMAIN(School, "教育局", "我局", "学生家长"),
    JIXIAO_DOMAIN(Health, "卫生健康局", "我局", "就诊群众"),
    JIXIAO_DOMAIN(Road, "交通运输局", "我局", "沿线群众"),
    JIXIAO_DOMAIN(Culture, "文化旅游广电体育局", "我局", "读者观众"),
    JIXIAO_DOMAIN(Street, "东河街道办事处", "本单位", "辖区居民"),
    JIXIAO_DOMAIN(Water, "水利局", "我局", "受益群众"),
    JIXIAO_DOMAIN(Safety, "应急管理局", "我局", "社会公众"),
    JIXIAO_DOMAIN(Street, "新塘镇人民政府", "本单位", "辖区居民"),
    JIXIAO_DOMAIN(Farm, "农业技术推广中心", "我中心", "农户"),
    JIXIAO_DOMAIN(Road, "公路建设养护中心", "我中心", "沿线群众"),
    JIXIAO_DOMAIN(Health, "妇幼保健计划生育服务中心", "我中心", "服务对象"),
}};

#undef JIXIAO_DOMAIN

}  // namespace

std::span<const Domain> Domains() { return kDomains; }

}  // namespace jixiao::conformance
