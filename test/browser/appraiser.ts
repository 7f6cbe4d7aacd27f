import { expect, it } from 'vitest';
import type { System } from '../running-system.ts';
import { type Browser, sideways } from './browser.ts';
import { lastQuarter, thisQuarter } from './periods.ts';

interface Sheet {
  items: { measure: string; company?: { target: number }; reps: { repId: string; target: number }[] }[];
}

/** What admins, supervisors and reps do about targets and the end of a period. */
export function appraiser(system: System, browser: Browser): void {
  it('is set targets that add up: the admin shares the company’s, the supervisor the team’s', async () => {
    const page = await browser.signIn('Admin', 'targets');
    await page.getByRole('combobox', { name: 'Measure' }).selectOption('paid');
    const form = page.getByRole('form', { name: 'paid' });
    await form.getByLabel('Company').fill('900001');
    await form.getByRole('button', { name: 'Share among all' }).click();
    await form.getByLabel('李雷').fill('5');
    await form.getByText(/not shared yet$/).waitFor();
    expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await browser.accessible(page);
    await form.getByRole('group', { name: 'Team east' }).getByRole('button', { name: 'Share evenly' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('row', { name: /^Company 900,001 / }).waitFor();
    const quarter = await thisQuarter(system);
    const { body } = await system.call<Sheet>('GET', `/targets/${quarter}?measure=paid`);
    const [item] = body.items;
    expect(item?.company?.target).toBe(900_001);
    expect(item?.reps.reduce((sum, { target }) => sum + target, 0)).toBe(900_001);

    const theirs = await browser.signIn('孙悦', 'targets', { size: 'phone', locale: 'zh-CN' });
    await theirs.getByRole('button', { name: '修改目标:回款额' }).click();
    const own = theirs.getByRole('form', { name: '回款额' });
    await own.getByLabel('李雷').fill('1');
    await own.getByText(/^还差 .* 未分解$/).waitFor();
    await own.getByRole('button', { name: '平均分解' }).click();
    await own.getByRole('button', { name: '保存' }).click();
    await theirs.getByText('已保存。').waitFor();
    expect(await sideways(theirs)).toBe(0);
    await browser.accessible(theirs);
  });

  it('closes a quarter that is over, proves it unchanged, gives payroll its file, answers an appeal, and opens it again', async () => {
    const quarter = await lastQuarter(system);
    const page = await browser.signIn('Admin', 'periods', { dark: true });
    await page.getByRole('combobox', { name: 'Period' }).selectOption(quarter);
    await page.getByRole('button', { name: 'Close it' }).click();
    const period = page.getByRole('region', { name: new RegExp(`^${quarter} closed`) });
    await period.getByRole('button', { name: 'Prove it unchanged' }).click();
    await period.getByText(/^All \d+ scores come out of their records/).waitFor();
    const saved = page.waitForEvent('download');
    await period.getByRole('button', { name: 'Payroll (CSV)' }).click();
    expect((await saved).suggestedFilename()).toBe(`payroll-${quarter}-1.csv`);

    const theirs = await browser.signIn('李雷', 'performance', { size: 'phone', locale: 'zh-CN' });
    await theirs.getByRole('combobox', { name: '周期' }).selectOption(quarter);
    await theirs.getByLabel('得分哪里有误?').fill('八月的拜访没有算');
    await theirs.getByRole('button', { name: '提交申诉' }).click();
    await theirs.getByText('八月的拜访没有算').first().waitFor();
    await browser.accessible(theirs);

    const appeal = period.getByRole('listitem').filter({ hasText: '八月的拜访没有算' });
    await page.reload();
    await appeal.getByLabel('Answer').fill('counted now');
    await browser.accessible(page);
    await appeal.getByRole('button', { name: 'Uphold' }).click();
    await appeal.getByText('counted now').waitFor();
    await period.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('an appeal was upheld');
    await browser.accessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Reopen' }).click();
    await page.getByText(/Closing 1 was reopened .*an appeal was upheld/).waitFor();
    expect((await system.call('GET', `/cycles/${quarter}/verify`)).status).toBe(409);
  });

  it('changes how performance is measured: a table of measures, tried on the period before it is published', async () => {
    const page = await browser.signIn('Admin', 'rules/performance');
    const weight = page.getByLabel('Weight %, Measures 1').first();
    await weight.waitFor();
    expect(await sideways(page)).toBe(0);
    await browser.accessible(page);
    const before = await weight.inputValue();
    await weight.fill(String(Number(before) + 1));
    await page
      .getByRole('row', { name: /weight/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Try on past leads' }).click();
    await page.getByRole('alert').first().waitFor();
    await weight.fill(before);
    await page.getByRole('button', { name: 'Try on past leads' }).click();
    await page.getByRole('heading', { name: /^Tried on \d{4}/ }).waitFor();
  });
}
