import type { ComponentChildren } from 'preact';
import { isUnanswered, Refused } from '../calls.ts';
import { AskedAgain } from '../live.ts';
import { said, t, type Word } from '../words.ts';

const byStatus: Readonly<Record<number, Word>> = {
  400: 'trouble.400',
  401: 'trouble.401',
  403: 'trouble.403',
  404: 'trouble.404',
  409: 'trouble.409',
  412: 'trouble.412',
  413: 'trouble.413',
  429: 'trouble.429',
  503: 'trouble.503',
};

/** What went wrong, in words, with the fields that are wrong. */
export function Trouble({ error }: { error: unknown }) {
  if (!(error instanceof Refused)) {
    const what = error instanceof AskedAgain ? 'offline' : isUnanswered(error) ? 'unanswered' : 'other';
    return (
      <div class="trouble" role="alert">
        <p>{t(`trouble.${what}`)}</p>
      </div>
    );
  }
  const { status, errors, message } = error;
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{t(byStatus[status] ?? 'trouble.other')}</strong> {errors.length === 0 && said(message)}
      </p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ path, message: why }) => (
            <li key={`${path} ${why}`}>
              {path && <code>{path}</code>} {said(why)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Something is on its way. */
export const Waiting = () => (
  <p class="waiting" role="status">
    {t('waiting')}
  </p>
);

/** Says of a list that there is more of it than is shown. */
export const Cut = ({ of }: { of: { items: readonly unknown[]; nextCursor?: string | undefined } | undefined }) =>
  of?.nextCursor === undefined ? null : (
    <p class="dim" role="status">
      {t('cut', { count: of.items.length })}
    </p>
  );

/** There is nothing here, and what to do next. */
export const Nothing = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="nothing">
    <p>
      <strong>{title}</strong>
    </p>
    {children}
  </div>
);
