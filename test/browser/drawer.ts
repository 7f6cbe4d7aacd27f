import { expect, it } from 'vitest';
import type { System } from '../running-system.ts';
import type { Browser } from './browser.ts';

interface Collection {
  version: number;
  features: { properties: { territoryId: string; repIds: string[] } }[];
}

/** What an admin does to territories and rules. */
export function drawer(system: System, browser: Browser): void {
  const inForce = async () => (await system.call<Collection>('GET', '/territories')).body;

  it('draws a territory on the map, is shown where it overlaps, publishes it, and asks who would get a lead there', async () => {
    const page = await browser.signIn('Admin', 'territories');
    await page.getByRole('button', { name: '苏州工业园区' }).waitFor();
    await browser.accessible(page);
    const before = await inForce();
    const map = page.locator('.map');
    await page.getByRole('button', { name: 'Draw a territory' }).click();
    for (const [x, y] of [
      [60, 60],
      [260, 60],
      [260, 420],
      [60, 420],
      [60, 60],
    ]) {
      await map.click({ position: { x: x ?? 0, y: y ?? 0 } });
    }
    await page.getByLabel('Name', { exact: true }).fill('测试区域');
    await page.getByLabel('Id', { exact: true }).fill('drawn');
    await page.getByLabel('Id', { exact: true }).blur();
    await page.getByLabel('杨柳').check();
    await page
      .getByText(/overlap by/)
      .first()
      .waitFor();
    await page.getByLabel('Priority').fill('9');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`Published as version ${before.version + 1}.`).waitFor();
    const after = await inForce();
    expect(after.features.find(({ properties }) => properties.territoryId === 'drawn')?.properties.repIds).toEqual([
      'rep-yang',
    ]);
    await map.click({ position: { x: 120, y: 120 } });
    await page.getByRole('listitem').filter({ hasText: '测试区域: 杨柳' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`Published as version ${before.version + 2}.`).waitFor();
    expect((await inForce()).features).toHaveLength(before.features.length);
  });

  it('reads territories from a file, and is told by name what is wrong with them', async () => {
    const page = await browser.signIn('Admin', 'territories');
    await page.getByRole('button', { name: '苏州工业园区' }).waitFor();
    const bow = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { territoryId: 'bow', name: '领结', repIds: ['rep-li'] },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [120, 31],
                [121, 32],
                [121, 31],
                [120, 32],
                [120, 31],
              ],
            ],
          },
        },
      ],
    };
    const buffer = Buffer.from(JSON.stringify(bow));
    await page
      .getByLabel('Import GeoJSON')
      .setInputFiles({ name: 'bow.geojson', mimeType: 'application/json', buffer });
    await page.getByRole('alert').getByText(/领结/).first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export GeoJSON' }).click();
    expect((await download).suggestedFilename()).toMatch(/^territories-\d+\.geojson$/);
  });

  it('changes the deadlines: a wrong one is named at its field; tried on past leads, compared, published', async () => {
    const page = await browser.signIn('Admin', 'rules/sla');
    const field = page.getByLabel('Supervisor after');
    await field.waitFor();
    await browser.accessible(page);
    await field.fill('soon');
    await page.getByRole('button', { name: 'Try on past leads' }).click();
    await page.getByText('an ISO 8601 duration such as PT2H').first().waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('PT1H30M');
    await page.getByRole('button', { name: 'Try on past leads' }).click();
    await page.getByRole('heading', { name: /^Tried on the newest \d+ leads$/ }).waitFor();
    await page.getByRole('row', { name: 'supervisorAfter "PT2H" "PT1H30M"' }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Version 2 is in force').waitFor();
    await page.getByLabel('Compared with version').selectOption('1');
    await page.getByRole('row', { name: 'supervisorAfter "PT2H" "PT1H30M"' }).waitFor();
    await browser.accessible(page);
    const { body } = await system.call<{ version: number; sla: { supervisorAfter: string } }>('GET', '/config/sla');
    expect(body).toMatchObject({ version: 2, sla: { supervisorAfter: 'PT1H30M' } });
  });

  it('is told, instead of undoing it, when somebody else published meanwhile', async () => {
    const page = await browser.signIn('Admin', 'rules/sla');
    const field = page.getByLabel('Supervisor after');
    await field.fill('PT1H');
    const { body } = await system.call<{ version: number; sla: object }>('GET', '/config/sla');
    await system.call('PUT', '/config/sla', { ...body.sla, supervisorAfter: 'PT3H' });
    await page.getByRole('button', { name: 'Publish' }).click();
    await page
      .getByRole('alert')
      .getByText(`version ${body.version + 1} is in force now`)
      .waitFor();
    expect(await field.inputValue()).toBe('PT1H');
    const { body: after } = await system.call('GET', '/config/sla');
    expect(after).toMatchObject({ version: body.version + 1, sla: { supervisorAfter: 'PT3H' } });
  });

  it('sees the scoring rules as a form, in Chinese and in the dark', async () => {
    const page = await browser.signIn('Admin', 'rules/scoring', { locale: 'zh-CN', dark: true });
    await page.getByLabel('规则名').first().waitFor();
    await browser.accessible(page);
  });
}
