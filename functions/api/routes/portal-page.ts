import { hash } from 'node:crypto';
import type { Answer } from '../../../shared/platform/http-step.ts';
import { type CallTime, callTimes } from '../../../shared/portal/call-time.ts';
import type { Choosable } from '../../../shared/portal/choice.ts';

/** What a customer sees. */
export interface Portal {
  servedBy: Choosable | null;
  choices: readonly Choosable[];
  callTime?: CallTime;
  /** What went wrong, if something did. */
  refused?: boolean;
}

const english = {
  title: 'Your contact',
  servedBy: 'You are served by',
  nobody: 'Somebody will look after you shortly.',
  choose: 'Would you rather have somebody else?',
  send: 'Choose',
  alone: 'There is nobody else to choose from at the moment.',
  when: 'When may we call you?',
  now: 'As soon as possible',
  morning: 'In the morning (9–12)',
  afternoon: 'In the afternoon (12–18)',
  evening: 'In the evening (18–20)',
  say: 'Tell us',
  refused: 'That is not possible at the moment. Please choose somebody else, or try again later.',
  expired: 'This link has expired. Please ask your contact for a new one.',
  invalid: 'This link is not valid. Please check that you copied all of it.',
};

const chinese: typeof english = {
  title: '您的对接人',
  servedBy: '为您服务的是',
  nobody: '很快会有同事为您服务。',
  choose: '想换一位对接人吗?',
  send: '就选这位',
  alone: '目前没有其他同事可选。',
  when: '什么时候方便接电话?',
  now: '尽快',
  morning: '上午(9–12 点)',
  afternoon: '下午(12–18 点)',
  evening: '晚上(18–20 点)',
  say: '告诉我们',
  refused: '暂时无法更换,请另选一位,或稍后再试。',
  expired: '链接已过期,请向您的对接人索取新的链接。',
  invalid: '链接无效,请检查是否复制完整。',
};

/** How the pages look that customers see. */
export const STYLE = `:root{color-scheme:light dark;font:18px/1.6 system-ui,sans-serif}body{max-width:30rem;margin:0 auto;padding:1.5rem}\
label{display:block;padding:.7rem 0}input{width:1.3rem;height:1.3rem;vertical-align:middle;margin-right:.7rem}\
fieldset{margin:1.2rem 0;border:1px solid #8888;border-radius:.5rem}button{font:inherit;padding:.7rem 1.6rem;border:0;border-radius:.5rem;background:#0f6b64;color:#fff}\
.refused{padding:.7rem 1rem;border-left:4px solid #b3261e}`;

/** Nothing but this page's own style; its address, which opens the lead, is told to nobody. */
export const guards = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  vary: 'accept, accept-language',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Whether whoever asks is a browser: they name HTML, machines do not. */
export const wantsHtml = (headers: Readonly<Record<string, string>>): boolean =>
  /\btext\/html\b/i.test(headers.accept ?? '');

function html(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: (words: typeof english) => string,
): Answer {
  const inChinese = /^\s*zh\b/i.test(headers['accept-language'] ?? '');
  const words = inChinese ? chinese : english;
  const page = `<!doctype html><html lang="${inChinese ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${words.title}</title><style>${STYLE}</style></head><body><main><h1>${words.title}</h1>${body(words)}</main></body></html>`;
  return { status, raw: { type: 'text/html', body: page }, headers: guards };
}

const form = (title: string, options: readonly string[], button: string): string =>
  `<form method="post"><fieldset><legend>${title}</legend>${options.join('')}<button>${button}</button></fieldset></form>`;

const times = (words: typeof english, chosen: CallTime | undefined): string[] =>
  callTimes.map(
    (time) =>
      `<label><input type="radio" name="callTime" value="${time}" required${time === chosen ? ' checked' : ''}>${words[time]}</label>`,
  );

/** The page, which needs no JavaScript: who serves them, and a form to choose somebody else. */
export const portalPage = (status: number, headers: Readonly<Record<string, string>>, portal: Portal): Answer =>
  html(status, headers, (words) => {
    const { servedBy, choices } = portal;
    const others = choices.filter(({ repId }) => repId !== servedBy?.repId);
    const options = others.map(
      ({ repId, name }) =>
        `<label><input type="radio" name="repId" value="${escaped(repId)}" required>${escaped(name)}</label>`,
    );
    return [
      !portal.refused ? '' : `<p class="refused" role="alert">${words.refused}</p>`,
      servedBy ? `<p>${words.servedBy} <strong>${escaped(servedBy.name)}</strong></p>` : `<p>${words.nobody}</p>`,
      others.length === 0 ? `<p>${words.alone}</p>` : form(words.choose, options, words.send),
      form(words.when, times(words, portal.callTime), words.say),
    ].join('');
  });

/** Why the link opens nothing, in words. */
export const deadLinkPage = (status: number, headers: Readonly<Record<string, string>>): Answer =>
  html(status, headers, (words) => `<p class="refused">${status === 410 ? words.expired : words.invalid}</p>`);
