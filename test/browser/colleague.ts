import { expect, it } from 'vitest';
import type { System } from '../running-system.ts';
import type { Browser } from './browser.ts';
import { leadOf } from './lead-of.ts';

const SIZE = 300;

/** What can be done with somebody who stands far down on a long roster. */
export function colleague(system: System, browser: Browser): void {
  const repId = 'rep-z250';
  const name = '同事250';

  it('can be given a lead, is named by it, found for a territory, and seen in the team with what they have', async () => {
    const numbers = Array.from({ length: SIZE }, (_, at) => String(at + 1).padStart(3, '0'));
    const employees = numbers.map((each) => ({
      ...{ employeeId: `rep-z${each}`, name: `同事${each}` },
      ...{ status: 'active', teamId: 'east' },
    }));
    expect((await system.hr(...employees)).status).toBe(200);
    const leadId = await leadOf(system, 'rep-li', '大公司客户');
    const page = await browser.signIn('Admin', `leads/${leadId}`);
    const form = page.getByRole('region', { name: 'Give to somebody else' });
    await form.getByRole('combobox', { name: 'To' }).selectOption(repId);
    await form.getByLabel('Reason').fill('knows them');
    await form.getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('region', { name: 'Timeline' }).getByText(name).first().waitFor();

    await page.goto(`${system.runtime.url}/console/territories`);
    await page.getByRole('button', { name: '苏州工业园区' }).click();
    expect(await page.getByRole('group', { name: 'Served by' }).getByRole('checkbox').count()).toBeLessThan(30);
    await page.getByLabel('Find a rep').fill('250');
    await page.getByLabel(name).check();
    await page.getByLabel('Find a rep').fill('');
    await browser.accessible(page);
    expect(await page.getByLabel(name).isChecked()).toBe(true);

    const team = await browser.signIn('孙悦', 'team');
    const theirs = team.getByRole('list', { name: 'Your team' }).getByRole('listitem').filter({ hasText: name });
    await theirs.getByText(/^1\//).waitFor();
    await browser.accessible(team);
  });
}
