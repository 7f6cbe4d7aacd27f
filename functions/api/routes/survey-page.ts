import type { Answer } from '../../../shared/platform/http-step.ts';
import { guards, STYLE } from './portal-page.ts';

const english = {
  title: 'How was it?',
  ask: 'How likely are you to recommend us? 0: not at all, 10: certainly',
  why: 'Why? (if you like)',
  send: 'Send',
  thanks: 'Thank you.',
  expired: 'This link has expired.',
  invalid: 'This link is not valid. Please check that you copied all of it.',
};

const chinese: typeof english = {
  title: '您的评价',
  ask: '您有多大可能向他人推荐我们?0:完全不会,10:一定会',
  why: '原因(选填)',
  send: '提交',
  thanks: '感谢您的反馈。',
  expired: '链接已过期。',
  invalid: '链接无效,请检查是否复制完整。',
};

const form = ({ ask, why, send }: typeof english): string =>
  `<form method="post"><fieldset><legend>${ask}</legend>${Array.from(
    { length: 11 },
    (_, score) => `<label><input type="radio" name="score" value="${score}" required>${score}</label>`,
  ).join(
    '',
  )}</fieldset><label>${why}<br><textarea name="text" rows="4" maxlength="2000"></textarea></label><button>${send}</button></form>`;

/** The customer's page: the question, thanks, or why the link opens nothing. */
export function surveyPage(status: number, headers: Readonly<Record<string, string>>, answered: boolean): Answer {
  const inChinese = /^\s*zh\b/i.test(headers['accept-language'] ?? '');
  const words = inChinese ? chinese : english;
  const said = status === 410 ? words.expired : status >= 400 && status !== 409 ? words.invalid : words.thanks;
  const body = status < 400 && !answered ? form(words) : `<p>${said}</p>`;
  const page = `<!doctype html><html lang="${inChinese ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${words.title}</title><style>${STYLE}</style></head><body><main><h1>${words.title}</h1>${body}</main></body></html>`;
  return { status, raw: { type: 'text/html', body: page }, headers: guards };
}
