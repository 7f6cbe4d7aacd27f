import { useState } from 'preact/hooks';
import { call } from '../../calls.ts';
import { useDoing } from '../../parts/doing.ts';
import { Trouble } from '../../parts/states.tsx';
import { moment, t } from '../../words.ts';

/** Makes the link by which the customer sees and chooses who serves them. */
export function PortalLink({ leadId }: { leadId: string }) {
  const [made, make] = useState<{ url: string; expiresAt: string }>();
  const { busy, error, run } = useDoing();
  const ask = async () => {
    const { path, expiresAt } = await call('POST', '/leads/{leadId}/portal-link', { params: { leadId } });
    make({ url: `${location.origin}${path}`, expiresAt });
  };
  return (
    <section aria-labelledby="portal">
      <h2 id="portal">{t('portal.title')}</h2>
      <p class="dim">{t('portal.about')}</p>
      {made ? (
        <>
          <input
            readOnly
            aria-label={t('portal.title')}
            value={made.url}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
          <p class="dim">{t('portal.expires', { time: moment(made.expiresAt) })}</p>
        </>
      ) : (
        <button type="button" disabled={busy} onClick={() => run(ask)}>
          {t('portal.make')}
        </button>
      )}
      {error ? <Trouble error={error} /> : null}
    </section>
  );
}
