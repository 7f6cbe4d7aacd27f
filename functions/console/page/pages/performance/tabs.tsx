import { to } from '../../address.ts';
import type { Me } from '../../calls.ts';
import { t } from '../../words.ts';

/** The pages about how well everybody does, and who has them. */
const tabs = {
  performance: ['rep', 'supervisor', 'admin'],
  targets: ['rep', 'supervisor', 'admin'],
  periods: ['supervisor', 'admin'],
} as const satisfies Record<string, readonly Me['role'][]>;

/** Leads from one page about performance to the others. */
export function Tabs({ here, me }: { here: keyof typeof tabs; me: Me }) {
  const own = (Object.keys(tabs) as (keyof typeof tabs)[]).filter((each) =>
    (tabs[each] as readonly Me['role'][]).includes(me.role),
  );
  return (
    <nav class="tabs no-print" aria-label={t('menu.performance')}>
      {own.map((each) => (
        <a key={each} class="tab" href={to(each)} aria-current={each === here ? 'page' : undefined}>
          {t(`tab.${each}`)}
        </a>
      ))}
    </nav>
  );
}
