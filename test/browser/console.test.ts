import { describe, expect, it } from 'vitest';
import { form, nowhere, useSystem } from '../running-system.ts';
import { useBrowser } from './browser.ts';

const system = useSystem();
const browser = useBrowser(system);

/** A lead of somebody new, who wishes to be served by this rep. */
async function leadOf(repId: string, name: string): Promise<string> {
  const { contact, ...rest } = form();
  return system.lead({ ...rest, contact: { ...(contact as object), name }, preferredRepId: repId });
}

describe('a rep', () => {
  it('finds who waits on the phone, calls, logs the contact in three taps, and the clock stops', async () => {
    const leadId = await leadOf('rep-li', '王小明');
    const page = await browser.signIn('李雷', 'mine', { size: 'phone', locale: 'zh-CN' });
    const card = page.getByRole('listitem').filter({ hasText: '王小明' });
    await card.getByText(/^还剩 1 小时 \d+ 分$/).waitFor();
    expect(await card.getByRole('link', { name: '拨打 王小明' }).getAttribute('href')).toMatch(/^tel:\+86139\d+$/);
    await browser.accessible(page);
    await card.getByRole('link', { name: '王小明', exact: true }).click();
    await page.getByRole('heading', { name: '话术: 首次联系' }).waitFor();
    await page.getByLabel('还有谁参与决策?').check();
    await page.getByLabel('有意向').check();
    await page.getByLabel('明天 10:00').check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已登记。').waitFor();
    await page.getByText('跟进中').waitFor();
    await page.getByText('已问:还有谁参与决策?').waitFor();
    await page.getByText(/再次致电 · .*10:00/).waitFor();
    await browser.accessible(page);
    expect((await system.show(leadId)).sla.firstContactAt).not.toBeNull();
    await page.getByRole('button', { name: '推进到:需求诊断' }).click();
    await page.getByText('当前阶段:需求诊断').waitFor();
    await system.idle();
    expect((await system.show(leadId)).stage.name).toBe('needs-diagnosis');
  });

  it('sees a new lead without loading the page anew', async () => {
    const page = await browser.signIn('王敏', 'mine');
    await page.getByText('Nobody waits for you.').waitFor();
    await browser.accessible(page);
    await leadOf('rep-wang', '新客户');
    await page.getByRole('link', { name: '新客户', exact: true }).waitFor();
  });

  it('does not reach another’s lead by typing its address, and is told so in words', async () => {
    const leadId = await leadOf('rep-li', '李雷的客户');
    const page = await browser.signIn('王敏', `leads/${leadId}`);
    await page.getByText('This does not exist, or is not yours to see.').waitFor();
    await page.goto(`${page.url()}/decision`);
    await page.getByText('This does not exist, or is not yours to see.').waitFor();
    expect(await page.getByText('李雷的客户').count()).toBe(0);
  });

  it('comes from the link in a message to its lead, through the sign-in page', async () => {
    const leadId = await leadOf('rep-li', '深链客户');
    const page = await browser.signIn('李雷', `leads/${leadId}`, { size: 'phone' });
    await page.getByRole('heading', { name: '深链客户' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/leads/${leadId}`);
  });

  it('pauses, and is back', async () => {
    const page = await browser.signIn('陈晨', 'mine', { size: 'phone' });
    await page.getByLabel('Pause new leads').selectOption('60');
    await page.getByText(/^paused until/).waitFor();
    const paused = await system.call<{ pausedUntil?: string }>('GET', '/reps/rep-chen');
    expect(paused.body.pausedUntil).toBeDefined();
    await page.getByRole('button', { name: 'I’m back' }).click();
    await page.getByLabel('Pause new leads').waitFor();
    expect((await system.call<{ pausedUntil?: string }>('GET', '/reps/rep-chen')).body.pausedUntil).toBeUndefined();
  });

  it('takes a lead out of the pool', async () => {
    const leadId = await leadOf('rep-li', '公海客户');
    const returned = await system.call('POST', '/pool', { leadIds: [leadId], reason: 'test' });
    expect(returned.body).toMatchObject({ returned: [leadId] });
    await system.idle();
    const page = await browser.signIn('赵强', 'pool', { size: 'phone' });
    await browser.accessible(page);
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByRole('heading', { name: '公海客户' }).waitFor();
    expect((await system.show(leadId)).owner?.repId).toBe('rep-zhao');
  });

  it('sees markup in a name as text', async () => {
    const name = '<img src=x onerror="document.title=1"><b>Bold</b>';
    const leadId = await leadOf('rep-li', name);
    const page = await browser.signIn('李雷', `leads/${leadId}`);
    await page.getByRole('heading', { name }).waitFor();
    expect(await page.locator('main img, main b').count()).toBe(0);
  });
});

describe('a supervisor', () => {
  it('sees where the team’s leads are, who waits, and reassigns from the menu and by drag, with a reason', async () => {
    const leadId = await leadOf('rep-li', '改派客户');
    const page = await browser.signIn('孙悦', 'team');
    const tile = page.getByRole('listitem').filter({ hasText: '改派客户' });
    await tile.getByText(/left$/).waitFor();
    await browser.accessible(page);
    await tile.getByRole('button', { name: 'Give 改派客户 to somebody else' }).press('Enter');
    await page.getByRole('dialog').getByRole('combobox', { name: 'To' }).selectOption('rep-zhao');
    await page.getByRole('dialog').getByLabel('Reason').fill('speaks their dialect');
    await browser.accessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await tile.getByText('赵强').waitFor();
    await tile.dragTo(page.getByRole('list', { name: 'Your team' }).getByText('王敏'));
    await page.getByRole('dialog').getByLabel('Reason').fill('back again');
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await tile.getByText('王敏').waitFor();
    expect((await system.show(leadId)).owner?.repId).toBe('rep-wang');
  });

  it('looks at the reports and at why a lead went where it went, audited and decided again', async () => {
    const leadId = await leadOf('rep-li', '审计客户');
    const page = await browser.signIn('孙悦', 'reports', { dark: true });
    await page.getByRole('rowheader', { name: '<1h' }).waitFor();
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
});

describe('an admin', () => {
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
});
