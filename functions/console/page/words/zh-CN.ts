import type { Words } from './en.ts';
import { appraisal } from './zh-CN/appraisal.ts';
import { frame } from './zh-CN/frame.ts';
import { lead } from './zh-CN/lead.ts';
import { operations } from './zh-CN/operations.ts';
import { settings } from './zh-CN/settings.ts';
import { team } from './zh-CN/team.ts';

const words: Words['words'] = { ...frame, ...lead, ...team, ...operations, ...settings, ...appraisal };

const sayings: Words['sayings'] = [
  [/^is on-leave$/, '休假中'],
  [/^is (leaving|left)$/, '已离职或离职中'],
  [/^paused until 9999.*$/, '已暂停接收'],
  [/^paused until (.*)$/, '暂停接收到 $1'],
  [/^is at capacity \((.*) of (.*) open leads\)$/, '已满额($1/$2)'],
  [/^at capacity \((.*) of (.*)\)$/, '已满额($1/$2)'],
  [/^does not sell (.*)$/, '不负责产品 $1'],
  [/^is off duty \((.*) in (.*)\)$/, '不在班($2 时间 $1)'],
  [/^is not on the roster$/, '不在花名册上'],
  [/^let this lead lie$/, '曾搁置这条线索'],
  [/^has more leads, by weight and capacity, than (.*)$/, '按权重和容量,线索已多于 $1'],
  [/^equal to (.*), who was drawn$/, '与 $1 相当,抽签未中'],
  [/^the customer asked for them(.*)$/, '客户指定$1'],
  [/^they serve this customer already(.*)$/, '已在服务该客户$1'],
  [/^selling (.*)$/, '也负责产品 $1'],
  [/^a capacity of (.*) instead of (.*)$/, '容量为 $1(现为 $2)'],
  [/^a cap of (\d+) a day instead of (\d+)$/, '日上限为 $1(现为 $2)'],
  [/^a cap of (\d+) a week instead of (\d+)$/, '周上限为 $1(现为 $2)'],
  [/^a cap of (\d+) a month instead of (\d+)$/, '月上限为 $1(现为 $2)'],
  [/^(\d+) leads? fewer$/, '少 $1 条线索'],
  [/^(\d+) leads? more at (.*)$/, '$2 多 $1 条线索'],
  [/^(\d+) more such deals won$/, '多赢 $1 单同类商机'],
  [/^being on duty$/, '当班'],
  [/^not having paused$/, '没有暂停接收'],
  [/^status active instead of .*$/, '在职在岗'],
  [/^being a newcomer$/, '是新人'],
  [/^the customer asking for them$/, '客户指定该销售'],
  [/^somebody else was quicker, or it is not in the pool$/, '已被别人领走,或不在公海中'],
  [/^you are at capacity \((.*) of (.*)\)$/, '您已满额($1/$2)'],
  [/^this account is frozen$/, '账号已冻结'],
  [/^Invalid input: expected (\w+), received undefined$/, '必填'],
  [/^Invalid input: expected (\w+), received (.*)$/, '格式不对'],
  [/^Too small: expected \w+ to have >=1 (characters|items)$/, '不能为空'],
  [/^Too small: expected \w+ to be >=?(.*)$/, '不能小于 $1'],
  [/^Too small: expected .* >=?(.*)$/, '至少 $1'],
  [/^Too big: expected \w+ to be <=?(.*)$/, '不能大于 $1'],
  [/^Too big: expected .* <=?(\d+).*$/, '最多 $1'],
  [/^Invalid option: expected one of (.*)$/, '只能是 $1 之一'],
  [/^Unrecognized keys?: (.*)$/, '不认识的字段 $1'],
  [/^an ISO 8601 duration such as (.*)$/, '应为 ISO 8601 时长,如 $1'],
  [/^sum to (.*), not (.*)$/, '合计为 $1,应为 $2'],
  [/^is named twice$/, '重复'],
  [/^must be before to$/, '须早于结束时间'],
  [/^(.*) is not over before (.*)$/, '$1 要到 $2 才结束'],
  [/^no plan is appraised by the (.*)$/, '没有按此周期考核的方案'],
  [/^(.*) overlaps (.*), which is closed, for the same plans$/, '$1 与已关账的 $2 重叠(同一方案)'],
  [/^(.*) is closed already, since (.*)$/, '$1 已关账'],
  [/^the lead is (\w+)$/, '线索当前状态:$1'],
  [/^appeals were taken until (.*)$/, '申诉已于 $1 截止'],
  [/^version (.*) is in force now, and this was made from another$/, '现行为第 $1 版,您的草稿出自别的版本'],
  [/^used before with another body$/, '先前填写的内容已经保存'],
  [/^not your team$/, '不是您的团队'],
];

export default { words, sayings } satisfies Words;
