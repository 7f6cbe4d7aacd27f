import { expect, it } from 'vitest';
import { form, nowhere, type System } from '../running-system.ts';
import type { Browser } from './browser.ts';

/** What an admin does. */
export function admin(system: System, browser: Browser): void {
  it('places what the system could not, by hand and by trying again', async () => {
    const leadId = await system.lead(form({ ...nowhere, contact: { name: '人工客户', phone: '13911112222' } }));
    await expect.poll(async () => (await system.show(leadId)).status, { timeout: 30_000 }).toBe('manual');
    const page = await browser.signIn('Admin', 'operations');
    const row = page.getByRole('row').filter({ hasText: leadId.slice(-6) });
    await row.getByText('In no territory (3 attempts)').waitFor();
    await browser.accessible(page);
    await row.getByRole('button', { name: 'Assign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'To' }).selectOption('rep-yang');
    await dialog.getByLabel('Reason').fill('nearest');
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await row.waitFor({ state: 'detached' });
    expect((await system.show(leadId)).owner?.repId).toBe('rep-yang');
  });

  it('throws away a push of HR’s that would freeze too many', async () => {
    const held = await system.call(
      'POST',
      '/hr/employees',
      { mode: 'full', employees: [{ employeeId: 'rep-li', name: '李雷', status: 'active', teamId: 'east' }] },
      { 'x-api-key': system.keys.hr ?? '' },
    );
    expect(held.status).toBe(202);
    const page = await browser.signIn('Admin', 'operations', { locale: 'zh-CN' });
    await page.getByText(/^将冻结 9 人/).waitFor();
    await browser.accessible(page);
    await page.getByRole('button', { name: '作废' }).click();
    await page.getByText('已作废,没有任何改动。').waitFor();
    await page.getByText('没有被拦下的推送。').waitFor();
  });

  it('scrolls through all leads, drawn only as far as they are seen', async () => {
    const page = await browser.signIn('Admin', 'leads', { dark: true });
    await page.getByText(/^\d+ leads$/).waitFor();
    await browser.accessible(page);
    await page.getByLabel('Status').selectOption('contacted');
    await page.getByRole('link', { name: '王小明' }).waitFor();
  });
}
