import { bearer, type Client, keysOf } from '../demo/client.ts';
import { firstLead } from '../demo/company.ts';

/** Customers of the days before, and of the morning on which the pictures are taken. Invented people. */
const earlier =
  '刘强 杨洋 黄磊 周涛 吴敏 徐丽 孙浩 胡军 朱琳 高翔 林峰 何洁 郭靖 马超 罗兰 梁晨 宋佳 郑凯 谢婷 韩雪 唐宁 冯远'.split(
    ' ',
  );
const companies = ['昆山电子', '吴江纺织', '园区医药', '太仓机械', '常熟服装', '浦东芯片', '徐汇软件', '张江制药'];
const reps = ['rep-li', 'rep-li', 'rep-wang', 'rep-zhao', 'rep-li', 'rep-zhang', 'rep-wang', 'rep-chen'];
const morning = [
  ['王芳', '苏州精工', 420, 2],
  ['李娜', '昆山电子', 190, 1],
  ['张伟', '吴江纺织', 30, 0],
  ['陈静', '园区医药', 310, 2],
] as const;

const whole = [
  'needs-diagnosis',
  'solution-demo',
  'objection-handling',
  'contract-negotiation',
  'payment-confirmed',
] as const;

/** So far each of the customers before came, one after the other, over and over: steps along the journey, `lost`, or nobody called. */
const came = [1, 5, 'lost', 2, 'nobody', 5, 1, 3] as const;

/** What happened before the pictures are taken: two days of work, and a morning on which some wait. */
export async function days(client: Client): Promise<void> {
  const { web = '' } = await keysOf(client);
  const admin = await bearer(client, { role: 'admin' });
  const post = async (form: object): Promise<string> => {
    const answer = await client.call('POST', '/leads/web', { ...firstLead, ...form }, { 'x-api-key': web });
    return (answer as { leadId: string }).leadId;
  };
  const later = async (advance: string) => {
    await client.call('GET', '/_local/idle');
    await client.call('POST', '/_local/clock', { advance });
  };
  const contact = (leadId: string) =>
    client.call(
      'POST',
      `/leads/${leadId}/interactions`,
      { channel: 'phone', minutes: 6, summary: '有意向,下周演示', outcome: 'interested' },
      admin,
    );
  const move = (leadId: string, to: string) =>
    client.call('POST', `/leads/${leadId}/stage`, { to, ...(to === 'lost' ? { lostReason: '预算不足' } : {}) }, admin);

  for (const [at, name] of earlier.entries()) {
    const leadId = await post({
      contact: { name, phone: `139001390${10 + at}` },
      company: {
        ...firstLead.company,
        name: `${companies[at % companies.length]}${Math.floor(at / companies.length) + 1}厂`,
      },
      behavior: { siteSeconds: 60 + at * 20, pageViews: 4, downloads: at % 3 },
      preferredRepId: reps[at % reps.length],
    });
    await later(at % 3 === 0 ? 'PT2H40M' : 'PT35M');
    const far = came[at % came.length] ?? 'nobody';
    if (far === 'nobody') continue;
    await contact(leadId);
    const steps = far === 'lost' ? [far] : whole.slice(0, far);
    for (const to of steps) await move(leadId, to);
  }
  const { now } = (await client.call('GET', '/_local/clock')) as { now: string };
  await client.call(
    'PUT',
    `/targets/${now.slice(0, 4)}-Q${Math.ceil(Number(now.slice(5, 7)) / 3)}`,
    {
      measure: 'won',
      company: 30,
      teams: [
        { teamId: 'east', target: 18, reps: ['rep-li', 'rep-wang', 'rep-zhao'].map((repId) => ({ repId, target: 6 })) },
        { teamId: 'shanghai', target: 12 },
      ],
    },
    admin,
  );
  const ids: string[] = [];
  for (const [name, company, siteSeconds, downloads] of morning) {
    ids.push(
      await post({
        contact: { name, phone: `1380013900${ids.length}` },
        company: { ...firstLead.company, name: company },
        behavior: { siteSeconds, pageViews: 4, downloads },
        preferredRepId: 'rep-li',
      }),
    );
    await later('PT25M');
  }
  await contact(ids[2] ?? '');
}
