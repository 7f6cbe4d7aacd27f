import { expect, it } from 'vitest';
import type { System } from '../running-system.ts';
import { type Browser, sideways } from './browser.ts';
import { leadOf } from './lead-of.ts';
import { thisQuarter } from './periods.ts';

/** What a rep does, mostly on a phone. */
export function rep(system: System, browser: Browser): void {
  it('finds who waits on the phone, calls, logs the contact in three taps, and the clock stops', async () => {
    const leadId = await leadOf(system, 'rep-li', '王小明');
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

  it('stays signed in after an hour, in the middle of typing', async () => {
    const leadId = await leadOf(system, 'rep-zhao', '长谈客户');
    const page = await browser.signIn('赵强', `leads/${leadId}`, { size: 'phone' });
    await page.getByLabel('Interested').check();
    await page.getByLabel('What was said (may stay empty)').fill('they want to see the line run');
    // The token ends, and not what was typed.
    await system.advance('PT1H30M');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Logged.').waitFor();
    await page.getByText('they want to see the line run').waitFor();
    expect((await system.show(leadId)).status).toBe('contacted');
    expect(await page.getByText('Your session has ended.').count()).toBe(0);
  });

  it('is told that a contact may not be saved where there is no network, and saves it when there is', async () => {
    const leadId = await leadOf(system, 'rep-zhao', '隧道客户');
    const page = await browser.signIn('赵强', `leads/${leadId}`, { size: 'phone' });
    await page.getByLabel('Interested').check();
    await page.getByLabel('What was said (may stay empty)').fill('from the train');
    await page.route('**/interactions', (route) => route.abort());
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('No connection. Please try again: what you did may not be saved.').waitFor();
    await page.unroute('**/interactions');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Logged.').waitFor();
    browser.complaints.splice(0); // the browser says which call did not go through
    expect((await system.show(leadId)).status).toBe('contacted');
  });

  it('saves a contact again whose answer was lost, and it is one contact; what they changed since, and the next, is another', async () => {
    const leadId = await leadOf(system, 'rep-zhao', '断线客户');
    const page = await browser.signIn('赵强', `leads/${leadId}`, { size: 'phone' });
    const save = page.getByRole('button', { name: 'Save' });
    const saved = async () => {
      const path = `/leads/${leadId}/interactions`;
      return (await system.call<{ items: { summary: string }[] }>('GET', path)).body.items.map((each) => each.summary);
    };
    await page.getByLabel('Interested').check();
    await page.getByLabel('What was said (may stay empty)').fill('before the tunnel');
    const losingAnswer = async () => {
      await page.route('**/interactions', async (route) => {
        if (route.request().method() === 'POST') await route.fetch();
        await route.abort();
      });
      await save.click();
      await page.getByText('No connection. Please try again: what you did may not be saved.').waitFor();
      await page.unroute('**/interactions');
    };
    await losingAnswer();
    expect(await saved()).toEqual(['before the tunnel']);
    await save.click();
    await page.getByText('Logged.').waitFor();
    expect(await saved()).toEqual(['before the tunnel']);
    await page.getByLabel('Interested').check();
    await page.getByLabel('What was said (may stay empty)').fill('after the tunnel');
    await losingAnswer();
    await page.getByLabel('What was said (may stay empty)').fill('at home');
    await save.click();
    await page.getByText('tells that this was saved already, as it was at first').waitFor();
    await page.getByText('after the tunnel').waitFor();
    await save.click();
    await expect.poll(saved).toEqual(['before the tunnel', 'after the tunnel', 'at home']);
    browser.complaints.splice(0); // the browser says which call did not go through
  });

  it('finds what they were noting after a look elsewhere, and none of it once it is saved', async () => {
    const leadId = await leadOf(system, 'rep-zhao', '话长客户');
    const page = await browser.signIn('赵强', `leads/${leadId}`, { size: 'phone' });
    const note = page.getByLabel('What was said (may stay empty)');
    await note.fill('three lines, two plants');
    await page.getByRole('link', { name: 'Why did it go where it went?' }).click();
    await page.getByRole('link', { name: '← 话长客户' }).click();
    await expect.poll(() => note.inputValue()).toBe('three lines, two plants');
    await page.reload();
    await expect.poll(() => note.inputValue()).toBe('three lines, two plants');
    await page.getByLabel('Interested').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Logged.').waitFor();
    await page.reload();
    await note.waitFor();
    expect(await note.inputValue()).toBe('');
  });

  it('sees a new lead without loading the page anew', async () => {
    const page = await browser.signIn('王敏', 'mine');
    await page.getByText('Nobody waits for you.').waitFor();
    await browser.accessible(page);
    await leadOf(system, 'rep-wang', '新客户');
    await page.getByRole('link', { name: '新客户', exact: true }).waitFor();
  });

  it('does not reach another’s lead by typing its address, and is told so in words', async () => {
    const leadId = await leadOf(system, 'rep-li', '李雷的客户');
    const page = await browser.signIn('王敏', `leads/${leadId}`);
    await page.getByText('This does not exist, or is not yours to see.').waitFor();
    await page.goto(`${page.url()}/decision`);
    await page.getByText('This does not exist, or is not yours to see.').waitFor();
    expect(await page.getByText('李雷的客户').count()).toBe(0);
  });

  it('is told in words that a mistyped address leads nowhere', async () => {
    const page = await browser.signIn('王敏', 'mine');
    await page.goto(`${system.runtime.url}/console/constructor`);
    await page.getByText('There is nothing at this address.').waitFor();
    await page.getByRole('link', { name: 'To my first page' }).click();
    await page.getByRole('heading', { name: 'My leads' }).waitFor();
    await page.goto(`${system.runtime.url}/console/leads/%E0`);
    await page.getByText('This does not exist, or is not yours to see.').waitFor();
  });

  it('is told whose a page is that is not theirs, and finds the way back', async () => {
    const page = await browser.signIn('王敏', 'operations', { locale: 'zh-CN' });
    await page.getByText('此页面仅供管理员使用。').waitFor();
    expect(await page.locator('.trouble').count()).toBe(0);
    await page.goto(`${system.runtime.url}/console/reports`);
    await page.getByText('此页面仅供主管和管理员使用。').waitFor();
    await browser.accessible(page);
    await page.getByRole('link', { name: '回到我的首页' }).click();
    await page.getByRole('heading', { name: '我的线索' }).waitFor();
  });

  it('goes on from the heading of each page that a link leads to, and of the one before when going back', async () => {
    const leadId = await leadOf(system, 'rep-li', '标题客户');
    const page = await browser.signIn('李雷', 'mine');
    const heading = (name: string) => page.locator('h1:focus').filter({ hasText: name });
    await page.locator(`a[href="/console/leads/${leadId}"]`).first().focus();
    await page.keyboard.press('Enter');
    await heading('标题客户').waitFor();
    await page.locator('a[href$="/decision"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('h1:focus').waitFor();
    await page.goBack();
    await heading('标题客户').waitFor();
    await page.getByRole('link', { name: 'Pool' }).press('Enter');
    await heading('Pool').waitFor();
    await page.getByRole('link', { name: 'Leadkeeper' }).press('Enter');
    await heading('My leads').waitFor();
  });

  it('skips the menu by the keyboard', async () => {
    const page = await browser.signIn('王敏', 'mine');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.locator('select:focus').waitFor();
  });

  it('comes from the link in a message to its lead, through the sign-in page', async () => {
    const leadId = await leadOf(system, 'rep-li', '深链客户');
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

  it('sees their own score as a plot and as a table, and their progress towards a target', async () => {
    const sheet = {
      measure: 'won',
      company: 10,
      teams: [{ teamId: 'east', target: 10, reps: [{ repId: 'rep-chen', target: 10 }] }],
    };
    const quarter = await thisQuarter(system);
    expect((await system.call('PUT', `/targets/${quarter}`, sheet)).status).toBe(200);
    const page = await browser.signIn('陈晨', 'performance', { size: 'phone', locale: 'zh-CN', dark: true });
    const composition = page.getByRole('region', { name: '得分构成' });
    await composition.getByRole('img', { name: /^得分构成。|^得分构成\. / }).waitFor();
    await composition.locator('canvas').waitFor();
    await composition.getByRole('row', { name: /^有效拜访/ }).waitFor();
    expect(await sideways(page)).toBe(0);
    await browser.accessible(page);
    await page.getByRole('link', { name: '目标' }).click();
    await page.getByRole('row', { name: /^陈晨 10 0 / }).waitFor();
    await page
      .getByRole('img', { name: /^赢单, 陈晨/ })
      .locator('canvas')
      .waitFor();
    expect(await page.getByRole('button', { name: /^修改目标/ }).count()).toBe(0);
    await browser.accessible(page);
  });

  it('takes a lead out of the pool', async () => {
    const leadId = await leadOf(system, 'rep-li', '公海客户');
    const returned = await system.call('POST', '/pool', { leadIds: [leadId], reason: 'test' });
    expect(returned.body).toMatchObject({ returned: [leadId] });
    await system.idle();
    const page = await browser.signIn('赵强', 'pool', { size: 'phone' });
    await browser.accessible(page);
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByRole('heading', { name: '公海客户' }).waitFor();
    expect((await system.show(leadId)).owner?.repId).toBe('rep-zhao');
  });

  it('loses a deal, and reads in words what became of it', async () => {
    const leadId = await leadOf(system, 'rep-zhao', '丢单客户');
    const page = await browser.signIn('赵强', `leads/${leadId}`, { size: 'phone' });
    await page.getByRole('button', { name: 'Lost …' }).click();
    await page.getByLabel('Why was it lost?').fill('bought elsewhere');
    await page.getByRole('button', { name: 'Mark as lost' }).click();
    await page.getByText('Now at: Lost', { exact: true }).waitFor();
    await page.getByText('lost · 赵强', { exact: true }).waitFor();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('Stage moved First contact · Lost').waitFor();
    await timeline.getByText('Assigned 赵强').waitFor();
    await timeline.getByText('Message sent text message').waitFor();
  });

  it('scrolls nothing sideways on the phone, however long a name is and what was noted', async () => {
    const name = 'Wolfeschlegelsteinhausenbergerdorff-Schillingsfürst';
    const leadId = await leadOf(system, 'rep-li', name);
    const summary = `sent ${'https://example.com/brochures/'.repeat(4)}`;
    const contact = { channel: 'email', summary, outcome: 'interested' };
    expect((await system.call('POST', `/leads/${leadId}/interactions`, contact)).status).toBe(201);
    const page = await browser.signIn('李雷', `leads/${leadId}`, { size: 'phone' });
    await page.getByRole('heading', { name }).waitFor();
    await page.getByText(summary).waitFor();
    expect(await sideways(page)).toBe(0);
  });

  it('sees markup in a name as text', async () => {
    const name = '<img src=x onerror="document.title=1"><b>Bold</b>';
    const leadId = await leadOf(system, 'rep-li', name);
    const page = await browser.signIn('李雷', `leads/${leadId}`);
    await page.getByRole('heading', { name }).waitFor();
    expect(await page.locator('main img, main b').count()).toBe(0);
  });
}
