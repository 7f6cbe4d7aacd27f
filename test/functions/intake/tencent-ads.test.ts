import { expect, it } from 'vitest';
import { tencentAds } from '../../../functions/intake/sources/tencent-ads.ts';
import { readingOf } from '../../../functions/intake/take-in.ts';
import { defaultSourcesRules } from '../../../shared/intake/sources.ts';

it.each([
  ['half of one', '{"城市":"北'],
  ['none', '{城市}'],
])('a lead whose bundle is JSON but %s is a lead all the same, with it as text', async (_, bundle) => {
  const body = Buffer.from(JSON.stringify({ leads_id: 1, leads_tel: '13800138000', bundle }));
  const sent = { headers: { 'content-type': 'application/json' }, query: {}, body };
  const reading = readingOf(defaultSourcesRules, 'tencent-ads', undefined);
  const [lead] = await tencentAds.parse(sent, reading);
  expect(lead).toMatchObject({
    kind: 'lead',
    form: { contact: { phone: '+8613800138000' }, fields: expect.arrayContaining([{ name: 'bundle', value: bundle }]) },
  });
});
