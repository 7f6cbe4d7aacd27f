import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumHere } from './chromium.ts';
import { commandLine } from './command-line.ts';
import { clientOf } from './demo/client.ts';
import { peopleOf } from './demo/people.ts';
import { developmentSecrets } from './demo/secrets.ts';
import { seed } from './demo/seed.ts';
import { startRuntime } from './local/runtime.ts';
import { days } from './screenshots/days.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run screenshots: starts the demo company with some leads, and takes pictures of the console into docs/images.

  CHROMIUM   the browser, if not where Debian puts it
`;

const TARGET = 'docs/images';
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

/** A picture: of what, as whom, how large, in which language; and what is done before it is taken. */
interface Picture {
  file: string;
  who: string;
  page: string;
  size: typeof desk;
  locale: 'en' | 'zh-CN';
  dark?: boolean;
  before?: (page: Page) => Promise<void>;
}

const toDecision = async (page: Page) => {
  await page.getByRole('link', { name: '王芳' }).first().click();
  await page.getByRole('link', { name: 'Why did it go where it went?' }).click();
  await page.locator('.candidates').first().waitFor();
};

/** Plots come a moment after their page. */
const drawn = async (page: Page) => {
  await page.locator('.plot canvas').first().waitFor();
};

const pictures: Picture[] = [
  { file: 'rep.png', who: '李雷', page: 'mine', size: phone, locale: 'en' },
  { file: 'rep.zh-CN.png', who: '李雷', page: 'mine', size: phone, locale: 'zh-CN', dark: true },
  { file: 'decision.png', who: 'Admin', page: 'leads', size: desk, locale: 'en', before: toDecision },
  { file: 'board.png', who: '孙悦', page: 'team', size: desk, locale: 'en', before: drawn },
  { file: 'team.zh-CN.png', who: '孙悦', page: 'team', size: desk, locale: 'zh-CN', before: drawn },
  { file: 'reports.png', who: '孙悦', page: 'reports', size: desk, locale: 'en', dark: true, before: drawn },
  { file: 'card.png', who: '李雷', page: 'performance', size: phone, locale: 'en', before: drawn },
  { file: 'targets.png', who: 'Admin', page: 'targets', size: desk, locale: 'en', before: drawn },
  { file: 'territories.png', who: 'Admin', page: 'territories', size: desk, locale: 'en' },
];

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const dataDir = await mkdtemp(join(tmpdir(), 'leadkeeper-screenshots-'));
const runtime = await startRuntime({
  assembly: await synthesize(join(dataDir, 'assembly')),
  dataDir,
  port: 0,
  secretOverlay: developmentSecrets,
  people: peopleOf,
});
const browser = await chromium.launch({
  executablePath: chromiumHere(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await seed(clientOf(runtime.url));
  await days(clientOf(runtime.url));
  await mkdir(TARGET, { recursive: true });
  for (const { file, who, page: address, size, locale, dark, before } of pictures) {
    const page = await browser.newPage({
      viewport: size,
      locale,
      timezoneId: 'Asia/Shanghai',
      colorScheme: dark ? 'dark' : 'light',
    });
    await page.goto(`${runtime.url}/console/${address}`);
    await page.getByRole('button', { name: who }).first().click();
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    await before?.(page);
    await page.screenshot({ path: join(TARGET, file) });
    process.stdout.write(`${join(TARGET, file)}\n`);
    await page.close();
  }
} finally {
  await browser.close();
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
