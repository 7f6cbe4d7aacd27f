import type { PageProps } from '../page-props.ts';
import { DecisionView } from './lead/decision.tsx';
import { LeadPage } from './lead/lead-page.tsx';
import { LeadList } from './lead/list.tsx';

/** All leads that one may see; one of them; why it went where it went. */
export function Leads({ me, rest: [leadId, view] }: PageProps) {
  if (leadId === undefined) return <LeadList me={me} />;
  if (view === 'decision') return <DecisionView leadId={leadId} me={me} />;
  return <LeadPage leadId={leadId} me={me} />;
}
