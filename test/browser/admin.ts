import { expect, it } from 'vitest';
import { form, nowhere, type System } from '../running-system.ts';
import type { Browser } from './browser.ts';

/** What an admin does. */
export function admin(system: System, browser: Browser): void {
  it('places what the system could not, by hand and by trying again', async () => {
    const leadId = await system.lead(form({ ...nowhere, contact: { name: '人工客户', phone: '13911112222' } }));
    await expect.poll(async () => (await system.show(leadId)).status, { timeout: 30_000 }).toBe('manual');
    const page = await browser.signIn('Admin', 'operations');
    const row = page.getByRole('row').filter({ hasText: '人工客户' });
    await row.getByText('In no territory (3 attempts)').waitFor();
    await row.getByText(/has room/).waitFor();
    await browser.accessible(page);
    const phone = await browser.signIn('Admin', 'operations', { size: 'phone', locale: 'zh-CN' });
    const cause = phone
      .getByRole('row')
      .filter({ hasText: '人工客户' })
      .getByText(/尝试 3 次/);
    expect((await cause.boundingBox())?.width).toBeGreaterThanOrEqual(80);
    const buttons = phone.getByRole('row').filter({ hasText: '人工客户' }).getByRole('button');
    for (const button of await buttons.all()) {
      const { x = 0, width = 0 } = (await button.boundingBox()) ?? {};
      expect(x + width).toBeLessThanOrEqual(phone.viewportSize()?.width ?? 0);
    }
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
    await page.getByText('名单', { exact: true }).click();
    await page.getByText(/张帆.*王敏/).waitFor();
    await browser.accessible(page);
    await page.getByRole('button', { name: '作废' }).click();
    await page.getByText('已作废,没有任何改动。').waitFor();
    await page.getByText('没有被拦下的推送。').waitFor();
  });

  it('looks at what was taken for rubbish: lets one lead go its way, and rejects another', async () => {
    const suspect = (name: string) => form({ contact: { name, email: `${crypto.randomUUID()}@mailinator.com` } });
    await system.lead(suspect('可疑甲'));
    await system.lead(suspect('可疑乙'));
    const { body } = await system.call<{ items: { leadId: string; contact: { name: string } }[] }>(
      'GET',
      '/rejected?review=true',
    );
    const idOf = (name: string) => body.items.find(({ contact }) => contact.name === name)?.leadId ?? '';
    const page = await browser.signIn('Admin', 'operations');
    const section = page.getByRole('region', { name: /^Taken for rubbish/ });
    await section.getByLabel('Choose 可疑甲').check();
    await section.getByLabel('Reason').fill('I called them');
    await browser.accessible(page);
    await section.getByRole('button', { name: 'Accept 1' }).click();
    await section.getByLabel('Choose 可疑甲').waitFor({ state: 'detached' });
    await section.getByLabel('Choose 可疑乙').check();
    await section.getByLabel('Reason').fill('nobody there');
    await section.getByRole('button', { name: 'Reject 1' }).click();
    await section.getByLabel('Choose 可疑乙').waitFor({ state: 'detached' });
    await system.idle();
    expect((await system.show(idOf('可疑甲'))).status).toBe('assigned');
    expect((await system.show(idOf('可疑乙'))).status).toBe('rejected');
  });

  it('is asked before a draft of rules is lost', async () => {
    const page = await browser.signIn('Admin', 'operations');
    await page.getByRole('link', { name: 'Rules' }).click();
    const grade = page.getByRole('group', { name: 'Grades' }).getByLabel('A', { exact: true });
    await grade.fill('75');
    const asked: string[] = [];
    let leave = false;
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      return leave ? dialog.accept() : dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Routing' }).click();
    await page.goBack();
    await expect.poll(() => page.url()).toMatch(/\/console\/rules$/);
    expect(await grade.inputValue()).toBe('75');
    leave = true;
    await page.getByRole('link', { name: 'Routing' }).click();
    await page.locator('a[aria-current]', { hasText: 'Routing' }).waitFor();
    expect(asked).toEqual(Array(3).fill('What you changed is not published, and will be lost. Leave all the same?'));
    await page.getByRole('link', { name: 'Scoring' }).click();
    await grade.waitFor();
    expect(await grade.inputValue()).not.toBe('75');
    expect(asked).toHaveLength(3);
  });

  it('finds leads by their status', async () => {
    const page = await browser.signIn('Admin', 'leads', { dark: true });
    await page.getByText(/^\d+ leads$/).waitFor();
    await browser.accessible(page);
    await page.getByLabel('Status').selectOption('contacted');
    await page.getByRole('link', { name: '王小明' }).waitFor();
  });

  it('scrolls through ten thousand leads, of which only those are drawn that are seen', async () => {
    const page = await browser.signIn('Admin', 'operations');
    const lead = await system.show(await system.lead(form()));
    const size = 2000;
    await page.route('**/leads?*', async (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
      const items = Array.from({ length: size }, (_, at) => ({
        ...lead,
        leadId: `lead-${from + at}`,
        contact: { name: `Customer ${from + at}` },
      }));
      const next = from + size < 10_000 ? { nextCursor: String(from + size) } : {};
      await route.fulfill({ json: { items, ...next } });
    });
    await page.getByRole('link', { name: 'Leads', exact: true }).click();
    const rows = page.getByRole('region', { name: 'Leads' });
    await page.getByText('2000 leads so far').waitFor();
    for (const seen of ['4000 leads so far', '6000 leads so far', '8000 leads so far', '10000 leads']) {
      await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight));
      await page.getByText(seen, { exact: true }).waitFor();
    }
    await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.getByRole('link', { name: 'Customer 9999' }).waitFor();
    expect(await rows.getByRole('listitem').count()).toBeLessThan(60);
  });
}
