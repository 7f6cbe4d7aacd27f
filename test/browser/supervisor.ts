import { expect, it } from 'vitest';
import type { System } from '../running-system.ts';
import type { Browser } from './browser.ts';
import { leadOf } from './lead-of.ts';

/** What a supervisor does. */
export function supervisor(system: System, browser: Browser): void {
  it('sees where the team’s leads are, who waits, and reassigns from the menu and by drag, with a reason', async () => {
    const leadId = await leadOf(system, 'rep-li', '改派客户');
    const page = await browser.signIn('孙悦', 'team');
    const tile = page.getByRole('listitem').filter({ hasText: '改派客户' });
    await tile.getByText(/left$/).waitFor();
    const funnel = page.getByRole('region', { name: /^How far leads came/ });
    await funnel.getByRole('row', { name: /^Assigned \d+ / }).waitFor();
    await funnel
      .getByRole('img', { name: /^How far leads came.* Assigned: Leads \d+/ })
      .locator('canvas')
      .waitFor();
    await browser.accessible(page);
    const give = tile.getByRole('button', { name: 'Give 改派客户 to somebody else' });
    await give.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).press('Enter');
    await tile.locator('button:focus').waitFor();
    await give.press('Enter');
    await page.getByRole('dialog').getByRole('combobox', { name: 'To' }).selectOption('rep-zhao');
    await page.getByRole('dialog').getByLabel('Reason').fill('speaks their dialect');
    await browser.accessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await tile.getByText('赵强').waitFor();
    await tile.dragTo(page.getByRole('list', { name: 'Your team' }).getByText('王敏'));
    await page.getByRole('dialog').getByLabel('Reason').fill('back again');
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tile.getByText('王敏').waitFor();
    expect((await system.show(leadId)).owner?.repId).toBe('rep-wang');
  });

  it('is offered only what can be: nobody who is away, and no new owner of a deal that is lost', async () => {
    const leadId = await leadOf(system, 'rep-li', '谁来接手');
    await system.hr({ employeeId: 'rep-chen', name: '陈晨', status: 'on-leave' });
    const page = await browser.signIn('孙悦', 'team');
    await page.getByRole('button', { name: 'Give 谁来接手 to somebody else' }).click();
    const to = page.getByRole('dialog').getByRole('combobox', { name: 'To' });
    expect(await to.getByRole('option').allInnerTexts()).toEqual([
      '–',
      expect.stringMatching(/王敏/),
      expect.stringMatching(/赵强/),
    ]);
    await system.hr({ employeeId: 'rep-chen', name: '陈晨', status: 'active' });
    await page.goto(`${system.runtime.url}/console/leads/${leadId}`);
    const give = page.getByRole('heading', { name: 'Give to somebody else' });
    await give.waitFor();
    expect((await system.call('POST', `/leads/${leadId}/stage`, { to: 'lost', lostReason: 'price' })).status).toBe(200);
    await give.waitFor({ state: 'detached' });
  });

  it('runs the weekly review: sees where deals are stuck and why, notes what is decided, which is a task then', async () => {
    await leadOf(system, 'rep-li', '周会客户');
    await system.advance('P2D');
    const page = await browser.signIn('孙悦', 'review');
    await page
      .getByRole('row', { name: /李雷 .*never contacted/ })
      .first()
      .waitFor();
    await browser.accessible(page);
    await page.getByLabel('What').fill('Call together');
    await page.getByRole('combobox', { name: 'Who' }).selectOption('李雷');
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByText('Noted, and a task now.').waitFor();
    await page.getByText(/Call together · rep-li/).waitFor();
    const theirs = await browser.signIn('李雷', 'tasks', { size: 'phone' });
    const card = theirs.getByRole('listitem').filter({ hasText: 'Call together' });
    await card.getByText('decided in the review').waitFor();
    await browser.accessible(theirs);
    await card.getByRole('button', { name: 'Done' }).click();
    await card.waitFor({ state: 'detached' });
  });

  it('looks at the reports and at why a lead went where it went, audited and decided again', async () => {
    const leadId = await leadOf(system, 'rep-li', '审计客户');
    const page = await browser.signIn('孙悦', 'reports', { dark: true });
    await page.getByRole('rowheader', { name: '<1h' }).waitFor();
    const plot = page.getByRole('img', { name: /^Response time and conversion\. <1h: Conversion / });
    await plot.locator('canvas').waitFor();
    await page
      .getByRole('img', { name: /^Stability of the last week\. / })
      .locator('canvas')
      .waitFor();
    await page
      .getByRole('img', { name: /^The sales process\. First contact: Mean / })
      .locator('canvas')
      .waitFor();
    await browser.accessible(page);
    await page.goto(`${system.runtime.url}/console/leads/${leadId}/decision`);
    await page.getByText(/the record is whole and unchanged/).waitFor();
    await page.getByRole('row', { name: /✓ chosen 李雷 \(rep-li\) the customer asked for them/ }).waitFor();
    await page.getByRole('button', { name: 'Decide again from the record' }).click();
    await page.getByText('1 of 1 come out the same').waitFor();
    await browser.accessible(page);
    await system.tamper(leadId, (record) => ({ ...record, basis: 'history' }));
    await page.reload();
    await page.getByText(/the record was changed/).waitFor();
  });

  it('sees who did how well, by which records, and what would help most', async () => {
    const leadId = await leadOf(system, 'rep-li', '绩效客户');
    const contact = { channel: 'phone', summary: 'talked about the line', outcome: 'interested' };
    expect((await system.call('POST', `/leads/${leadId}/interactions`, contact)).status).toBe(201);
    const page = await browser.signIn('孙悦', 'performance');
    const link = page.getByRole('row').getByRole('link', { name: '李雷' });
    await link.waitFor();
    await browser.accessible(page);
    await link.click();
    await page.getByRole('heading', { name: 'What would raise the score most' }).waitFor();
    await browser.accessible(page);
    await page
      .getByRole('row', { name: /^Leads answered in time/ })
      .getByRole('button', { name: 'first contacts' })
      .click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: `…${leadId.slice(-6)}` })
      .waitFor();
    await browser.accessible(page);
  });
}
