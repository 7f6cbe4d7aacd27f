import type { Language } from './language.ts';

/** 简体中文。 */
export const chinese: Language = {
  templates: {
    'lead-assigned': { title: '新线索', text: '新线索 {who},电话 {reach}。请在 {due} 前联系客户并登记。' },
    'lead-touched': {
      title: '客户再次咨询',
      text: '您的线索 {who} 再次提交了咨询(来源 {source}),电话 {reach}。请及时跟进。',
    },
    'lead-raised': {
      title: '线索升级',
      text: '您的线索 {who} 因近期行为升级(原 {from}),电话 {reach}。{callBy}',
    },
    'call-wished': { title: '客户希望的致电时间', text: '线索 {who} 希望在{when}接到电话:{reach}。' },
    'lead-reminder': { title: '线索待联系', text: '线索 {who} 仍未联系,{due} 将通知主管。请尽快联系并登记。' },
    'lead-overdue': { title: '线索超时未联系', text: '线索 {who} 自 {since} 起无人联系({holder})。' },
    'lead-missed': {
      title: '异常报告:线索未跟进',
      text: '线索 {leadId} {grade} 自 {since} 起无人联系,{holder}。已列入异常报告。',
    },
    'leads-to-review': { title: '待审核线索', text: '有 {count} 条疑似垃圾线索等待审核:通过或驳回。' },
    'exception-digest': { title: '昨日未跟进汇总', text: '过去一天有 {count} 条线索超时未跟进:{lines}。' },
    'assignment-failed': {
      title: '线索分配失败,已转人工',
      text: '线索 {leadId} 连续 {attempts} 次分配失败,原因 <font color="warning">{cause}</font>,已转交人工处理组。',
    },
    'breaker-opened': {
      title: '分配熔断已打开',
      text: '已有 {failures} 条线索因 <font color="warning">{cause}</font> 分配失败,熔断已打开。后续同因线索直接转人工处理组,不再逐条告警;系统会定期试派,恢复后自动关闭。',
    },
    'breaker-closed': { title: '分配熔断已关闭', text: '{cause} 的熔断已关闭({by}),暂存的线索正重新分配。' },
    'leads-handed-over': { title: '线索已交接', text: '{rep}{why},{given} 条线索正重新分配({grades})。{asked}' },
    'hr-held': {
      title: '人事推送已暂缓',
      text: '人事推送将冻结 <font color="warning">{wouldFreeze}</font> 人,已整体暂缓,未作任何改动。请在 24 小时内批准或丢弃:{reviewId}。',
    },
    'hr-roster-missing': {
      title: '今晨未收到人事名单',
      text: '昨夜没有收到完整的人事名单{last}。请检查人事系统的推送。',
    },
    'leads-unaccounted': {
      title: '线索对账不平',
      text: '有 <font color="warning">{difference}</font> 条线索去向不明:{leadIds}。',
    },
    'holidays-unknown': {
      title: '节假日数据缺失',
      text: '系统没有 {year} 年起的节假日与调休数据,时限将按普通工作日计算。请升级 chinese-days 后重新部署。',
    },
    'message-quarantined': { title: '消息已隔离', text: '步骤 {step} 收到无法处理的消息 {quarantineId}:{reason}。' },
  },
  playbook: {
    talkTrack:
      '您好,{name},我是负责为您服务的{rep}。看到您在了解{product},想先听听您现在遇到的情况,大概需要五分钟,现在方便吗?',
    tasks: ['电话联系客户,确认称呼与职务', '问清需求、预算、决策人和时间', '约定下一步并登记联系记录'],
  },
  headings: { talkTrack: '话术', tasks: '任务' },
  grade: (grade) => `${grade}级`,
  wechat: (id) => `微信 ${id}`,
  holder: (name) => (name === undefined ? '尚未分配' : `负责人 ${name}`),
  words: {
    'owner-left': '已离职',
    'owner-leaving': '正在离职',
    'owner-on-leave': '长期休假',
    'territory-lost': '不再负责该区域',
    'not-assigned': '未分配',
    'never-seen': '从未查看',
    'seen-not-called': '看过未联系',
    'tried-not-reached': '未能接通',
    trial: '试派成功',
    'our-products': '我们的产品',
    'call-now': '方便时尽快',
    'call-morning': '上午(9–12 点)',
    'call-afternoon': '下午(12–18 点)',
    'call-evening': '晚上(18–20 点)',
  },
  list: (parts) => parts.join('、'),
  missedBy: (name, count, why) => `${name ?? '无负责人'} ${count} 条(${why})`,
  lines: (lines) => lines.join(';'),
  asked: (count, leadIds) => (count > 0 ? `另有 ${count} 条请您指定新的负责人:${leadIds}。` : ''),
  callBy: (due) => (due === undefined ? '' : `请在 ${due} 前联系客户并登记。`),
  lastRoster: (at) => (at === undefined ? '' : `,上一份收到于 ${at}`),
};
