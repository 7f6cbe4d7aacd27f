import axe from 'axe-core';
import { type BrowserContext, type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumHere } from '../../scripts/chromium.ts';
import type { System } from '../running-system.ts';

const TIMEOUT = 40_000;

/** The sizes that people look at it in (CSS pixels). */
export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } } as const;

/** How somebody looks at the console. */
export interface Look {
  size?: keyof typeof sizes;
  locale?: 'en' | 'zh-CN';
  dark?: boolean;
  /** Whether JavaScript runs (it does). */
  script?: boolean;
}

/** What axe finds (axe-core's `run`), as far as we look at it. */
interface Finding {
  id: string;
  impact: string;
  help: string;
  nodes: { html: string }[];
}

/** One real browser for the tests of a file, on a running system. */
export class Browser {
  readonly #system: System;
  #chromium: Chromium | undefined;
  #contexts: BrowserContext[] = [];
  /** What pages complained about: errors, and what their content policy kept out. */
  complaints: string[] = [];

  constructor(system: System) {
    this.#system = system;
  }

  async start(): Promise<void> {
    this.#chromium = await chromium.launch({ executablePath: chromiumHere(), args: ['--no-sandbox', '--disable-gpu'] });
  }

  async stop(): Promise<void> {
    await this.#chromium?.close();
  }

  /** Closes all pages that were opened. */
  async clear(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  /** Opens an address of the system as somebody who never was here. */
  async open(path: string, { size = 'desk', locale = 'en', dark = false, script = true }: Look = {}): Promise<Page> {
    if (!this.#chromium) throw new Error('the browser is not running');
    const context = await this.#chromium.newContext({
      viewport: sizes[size],
      locale,
      timezoneId: 'Asia/Shanghai',
      colorScheme: dark ? 'dark' : 'light',
      hasTouch: size === 'phone',
      javaScriptEnabled: script,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(TIMEOUT);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      // A refusal that the page shows in words is one of the things to test.
      const refused = /status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && !refused) this.complaints.push(message.text());
    });
    await page.goto(`${this.#system.runtime.url}${path}`);
    return page;
  }

  /** Opens a page of the console, and signs in on the way as whoever has this name. */
  async signIn(name: string, path: string, look: Look = {}): Promise<Page> {
    const page = await this.open(`/console/${path}`, look);
    await page.getByRole('button', { name, exact: false }).first().click();
    await page.locator('header.top').waitFor();
    return page;
  }

  /** What is seriously wrong with the page for whoever uses a keyboard or a screen reader, by axe: nothing. */
  async accessible(page: Page): Promise<void> {
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
    // Read by the debugger, which no content policy keeps out.
    await page.evaluate(axe.source);
    const found = (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)",
    )) as Finding[];
    const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  }
}

/** By how many pixels the page is too wide: nobody should have to scroll it sideways. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** A browser for the tests of a file. No page may complain. */
export function useBrowser(system: System): Browser {
  const browser = new Browser(system);
  beforeAll(() => browser.start());
  afterEach(async () => {
    await browser.clear();
    expect(browser.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser.stop());
  return browser;
}
