import type { PageProps } from '../page-props.ts';
import { t } from '../words.ts';
import { Breakers } from './operations/breakers.tsx';
import { HeldPushes } from './operations/held-pushes.tsx';
import { ManualGroup } from './operations/manual-group.tsx';
import { NotUnderstood } from './operations/not-understood.tsx';
import { Quarantine } from './operations/quarantine.tsx';
import { Rejected } from './operations/rejected.tsx';

/** What the admins work on: whatever the system could not do by itself. */
export function Operations({ me }: PageProps) {
  return (
    <>
      <h1>{t('menu.operations')}</h1>
      <HeldPushes />
      <Breakers />
      <ManualGroup me={me} />
      <Rejected />
      <NotUnderstood />
      <Quarantine />
    </>
  );
}
