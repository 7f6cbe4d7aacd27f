import { type JourneyRules, journeyRules } from './rules.ts';
import type { OpenStage } from './stages.ts';

/**
 * The stages as they are until somebody changes them. Targets: the article's; its last names the time until the customer
 * decides. Actions and talk tracks: what each stage is for.
 */
const actions: Readonly<Record<OpenStage, readonly [id: string, zh: string, en: string][]>> = {
  'first-contact': [
    ['why-now', '为什么现在开始了解?', 'What made them look for this now?'],
    ['who-decides', '还有谁参与决策?', 'Who else decides?'],
    ['when-needed', '希望什么时候用上?', 'When do they need it?'],
  ],
  'needs-diagnosis': [
    ['how-today', '现在是怎么做的?', 'How is it done today?'],
    ['what-it-costs', '这个问题的代价有多大?', 'What does the problem cost?'],
    ['budget', '有多少预算?', 'What budget is there?'],
    ['tried-before', '试过哪些办法?', 'What have they tried?'],
  ],
  'solution-demo': [
    ['deciders-there', '决策人都到场了吗?', 'Were all who decide there?'],
    ['what-convinced', '哪一部分打动了他们?', 'Which part convinced them?'],
    ['what-is-missing', '还缺什么?', 'What is missing?'],
  ],
  'objection-handling': [
    ['what-holds-back', '顾虑的是价格、时间还是风险?', 'Is it the price, the time, or the risk?'],
    ['which-rival', '提到了哪家竞品?', 'Which rival is named?'],
    ['who-to-convince', '还需要说服谁?', 'Who has to be convinced?'],
  ],
  'contract-negotiation': [
    ['who-signs', '谁签字,什么时候签?', 'Who signs, and when?'],
    ['scope-in-writing', '范围和日期写清楚了吗?', 'Are scope and dates in writing?'],
    ['payment-terms', '需要什么付款条件?', 'What payment terms do they need?'],
  ],
};

const talkTracks: Readonly<Record<OpenStage, { 'zh-CN': string; en: string }>> = {
  'first-contact': {
    'zh-CN': '您好,我是……公司的……,您刚刚咨询了……。现在方便聊三分钟吗?不方便的话,什么时候给您打过来?',
    en: 'Good day, this is … of … You asked us about … a moment ago. Is now a good time for three minutes, or when shall I call?',
  },
  'needs-diagnosis': {
    'zh-CN': '为了只介绍对您有用的内容,想先请教:现在是怎么做的?出问题的时候,代价有多大?',
    en: 'So that I show you only what helps you: how do you do it today, and what does it cost you when it goes wrong?',
  },
  'solution-demo': {
    'zh-CN': '您说最头疼的是……。今天就用您自己的数据,只演示这一点。',
    en: 'You said that … is what hurts most. I will show you exactly that, with your own figures, and nothing else.',
  },
  'objection-handling': {
    'zh-CN': '我理解。除了这一点,还有别的顾虑吗?那我们就专门解决这一点。',
    en: 'I understand. Apart from this, is there anything else that keeps you from deciding? Then let us solve just this.',
  },
  'contract-negotiation': {
    'zh-CN': '功能我们已经达成一致。接下来把范围、日期和付款过一遍,方便您的同事签字。',
    en: 'We agree on what it does. Let us go through scope, dates and payment, so that your colleagues can sign.',
  },
};

const templates: Readonly<Record<OpenStage, { name: [zh: string, en: string]; text: [zh: string, en: string] }>> = {
  'first-contact': {
    name: ['未接通后的短信', 'After a call that nobody took'],
    text: [
      '您好,我是……公司的……,刚才给您打电话想了解您咨询的……,没能接通。您什么时候方便?',
      'Good day, this is … of … I just tried to call you about … When would suit you?',
    ],
  },
  'needs-diagnosis': {
    name: ['需求确认', 'What we understood'],
    text: [
      '感谢今天的沟通。我的理解:目前……;最大的问题……;希望在……之前解决。有不准确的地方请指正。',
      'Thank you for your time. As I understood: today …; the worst of it …; to be solved by … Please correct me where I am wrong.',
    ],
  },
  'solution-demo': {
    name: ['演示纪要', 'After the demo'],
    text: [
      '今天演示了……,您最关注……,还需要补充……。下一步:……,由……在……之前完成。',
      'Today we showed …; what mattered to you was …; still missing: … Next: …, by …, until …',
    ],
  },
  'objection-handling': {
    name: ['答复顾虑', 'An answer to a concern'],
    text: [
      '您提到的顾虑是……。我们的做法:……;同样情况的客户……。这样是否解决了您的顾虑?',
      'You were worried about … This is what we do: …; a customer like you … Does that settle it?',
    ],
  },
  'contract-negotiation': {
    name: ['报价与条款', 'Quotation and terms'],
    text: [
      '附件是报价与合同草稿:范围……,交付日期……,付款方式……,有效期至……。',
      'Attached: the quotation and a draft of the contract. Scope …, delivery …, payment …, valid until …',
    ],
  },
};

const targets: Readonly<Partial<Record<OpenStage, string>>> = {
  'first-contact': 'PT4H',
  'needs-diagnosis': 'P3D',
  'solution-demo': 'P5D',
  'objection-handling': 'P7D',
};

const standard = (name: OpenStage) => ({
  ...(targets[name] ? { target: targets[name] } : {}),
  checklist: actions[name].map(([id, zh, en]) => ({ id, text: { 'zh-CN': zh, en } })),
  talkTrack: talkTracks[name],
  templates: [
    {
      name: { 'zh-CN': templates[name].name[0], en: templates[name].name[1] },
      text: { 'zh-CN': templates[name].text[0], en: templates[name].text[1] },
    },
  ],
});

/** The six stages, from the first contact to the payment. */
export const defaultJourneyRules: JourneyRules = journeyRules.parse({
  stages: {
    'first-contact': standard('first-contact'),
    'needs-diagnosis': standard('needs-diagnosis'),
    'solution-demo': standard('solution-demo'),
    'objection-handling': standard('objection-handling'),
    'contract-negotiation': standard('contract-negotiation'),
  },
});
