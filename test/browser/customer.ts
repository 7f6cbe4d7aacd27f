import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { form, puxi, type System } from '../running-system.ts';
import type { Browser } from './browser.ts';

/** What a customer does with the link that they were sent. */
export function customer(system: System, browser: Browser): void {
  const link = async (leadId: string) =>
    (await system.call<{ path: string }>('POST', `/leads/${leadId}/portal-link`)).body.path;

  it('sees who serves them and chooses somebody else, on an old phone without JavaScript, in their language', async () => {
    const leadId = await system.lead(form(puxi));
    const before = (await system.show(leadId)).owner;
    const page = await browser.open(await link(leadId), { size: 'phone', locale: 'zh-CN', script: false });
    await page.getByText(`为您服务的是 ${before?.name}`).waitFor();
    const other = before?.repId === 'rep-liu' ? '张帆' : '刘洋';
    await page.getByLabel(other).check();
    await page.getByRole('button', { name: '就选这位' }).click();
    await page.getByText(`为您服务的是 ${other}`).waitFor();
    expect((await system.show(leadId)).owner?.name).toBe(other);
    await page.getByLabel('上午(9–12 点)').check();
    await page.getByRole('button', { name: '告诉我们' }).click();
    await page.getByRole('radio', { name: '上午(9–12 点)', checked: true }).waitFor();
    await system.idle();
    const told = (await system.outbox(leadId)).filter(({ kind }) => kind === 'call-wished');
    expect(told.map(({ to }) => to)).toContain((await system.show(leadId)).owner?.repId);
  });

  it('sends a form of the company’s own site, by a script of another origin; with that, nobody reads what needs a token', async () => {
    const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>Ask us'));
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    const page = await browser.open('/console');
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const { url } = system.runtime;
    const posted = await page.evaluate(
      async ([address, key]) => {
        const headers = {
          'content-type': 'application/json',
          'x-api-key': key ?? '',
          'idempotency-key': 'from-the-site',
        };
        const body = JSON.stringify({ contact: { name: '网站访客', phone: '13877770000' } });
        const answer = await fetch(`${address}/leads/web`, { method: 'POST', headers, body });
        const wrong = await fetch(`${address}/leads/web`, { method: 'POST', headers, body: '{}' });
        return [answer.status, ((await answer.json()) as { status: string }).status, wrong.status];
      },
      [url, system.keys.web],
    );
    expect(posted).toEqual([202, 'received', 400]);
    const { authorization } = await system.token({ role: 'admin' });
    const read = page.evaluate(
      ([address, by]) => fetch(`${address}/leads`, { headers: { authorization: by ?? '' } }),
      [url, authorization],
    );
    await expect(read).rejects.toThrow('Failed to fetch');
    browser.complaints.splice(0); // the browser says which call it kept back
    await new Promise((done) => site.close(done));
  });

  it('is told in words when nobody can be chosen any more, and when the link is wrong', async () => {
    const leadId = await system.lead(form(puxi));
    const path = await link(leadId);
    const page = await browser.open(path);
    await page.getByText('You are served by').waitFor();
    await browser.accessible(page);
    const choice = page.getByRole('radio').first();
    const other = (await choice.getAttribute('value')) ?? '';
    await system.hr({ employeeId: other, name: other, status: 'on-leave' });
    await choice.check();
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByText('That is not possible at the moment.').waitFor();
    await system.hr({ employeeId: other, name: other, status: 'active' });
    await page.goto(`${system.runtime.url}${path.slice(0, -3)}xxx`);
    await page.getByText('This link is not valid.').waitFor();
  });
}
