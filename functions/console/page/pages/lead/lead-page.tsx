import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { call, type Lead, type Me } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { CallLink, CountDown, Grade, phoneOf, text, titleOf } from '../../parts/lead.tsx';
import { Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, span, t } from '../../words.ts';
import { Assign } from './assign.tsx';
import { Contacts } from './contacts.tsx';
import { Events } from './events.tsx';
import { LogContact } from './log-contact.tsx';
import { PortalLink } from './portal-link.tsx';
import { StageMove } from './stage-move.tsx';
import { TalkTrack, useJourney } from './talk-track.tsx';

/** One lead: whom to call, what to say, what was done, what comes next. */
export function LeadPage({ leadId, me }: { leadId: string; me: Me }) {
  const { data: lead, error, refresh } = useLive(() => call('GET', '/leads/{leadId}', { params: { leadId } }), leadId);
  const log = useLive(
    () => call('GET', '/leads/{leadId}/interactions', { params: { leadId } }),
    `${leadId} contacts`,
    15_000,
  );
  const journey = useJourney(leadId, lead?.stage.name);
  const [calledAt, called] = useState<number>();
  const [ticked, tick] = useState<string[]>([]);
  if (error && !lead) return <Trouble error={error} />;
  if (!lead) return <Waiting />;
  const open = ['assigned', 'contacted'].includes(lead.status);
  const givable = !['duplicate', 'rejected', 'lost', 'erased'].includes(lead.status);
  const actionOf = (id: string) => journey.data?.checklist.find((action) => action.id === id)?.text ?? id;
  const next = log.data?.items.findLast(({ nextStep }) => nextStep)?.nextStep;
  const again = async () => {
    await Promise.all([refresh(), log.refresh(), journey.refresh()]);
  };
  return (
    <>
      <LeadHead lead={lead} onCall={() => called(performance.now())} />
      {error ? <Trouble error={error} /> : null}
      {next && (
        <p class="next-step">
          <strong>{t('next.title')}</strong> {next.text} · <time dateTime={next.dueAt}>{moment(next.dueAt)}</time>
        </p>
      )}
      {lead.callTime && (
        <p class="next-step">
          <strong>{t('callTime.title')}</strong> {named('callTime', lead.callTime)}
        </p>
      )}
      <div class="columns">
        <div>
          {open && (
            <LogContact
              leadId={leadId}
              calledAt={calledAt}
              ticked={ticked}
              done={async () => {
                tick([]);
                called(undefined);
                await again();
              }}
            />
          )}
          {open && journey.data && <TalkTrack journey={journey.data} ticked={ticked} tick={tick} />}
          {open && <StageMove lead={lead} me={me} done={again} />}
          {me.role !== 'rep' && givable && <Assign lead={lead} me={me} done={again} />}
          {open && <PortalLink leadId={leadId} />}
        </div>
        <div>
          <Facts lead={lead} />
          <Contacts items={log.data?.items} actionOf={actionOf} />
          <Events lead={lead} />
        </div>
      </div>
    </>
  );
}

/** Who it is, how good, how urgent; and the way to call them. */
function LeadHead({ lead, onCall }: { lead: Lead; onCall: () => void }) {
  return (
    <div class="lead-head">
      <div class="title-row">
        <h1>
          <Grade grade={lead.score?.grade} /> {titleOf(lead)}
        </h1>
        <CallLink lead={lead} onCall={onCall} />
      </div>
      <p>
        <strong>{named('status', lead.status)}</strong>
        {lead.owner && ` · ${lead.owner.name}`}
        {lead.owner && lead.status !== 'lost' && ` · ${named('stage', lead.stage.name)}`}{' '}
        {lead.status === 'assigned' && <CountDown lead={lead} />}
        {lead.stage.stuck && <span class="due late">{t('stuck')}</span>}
      </p>
      <p>
        <a href={to(`leads/${lead.leadId}/decision`)}>{t('decision.why')}</a>
      </p>
    </div>
  );
}

/** What was posted, and what became of it so far. */
function Facts({ lead }: { lead: Lead }) {
  const { contact, company, location, source, sla, cause, lostReason, duplicateOf, waitsUntil } = lead;
  const facts: [string, string][] = [
    [t('fact.phone'), phoneOf(contact)],
    [t('fact.email'), text(contact, 'email')],
    [t('fact.wechat'), text(contact, 'wechat')],
    [t('fact.company'), text(company, 'name')],
    [t('fact.employees'), text(company, 'employees')],
    [t('fact.industry'), text(company, 'industry')],
    [t('fact.address'), text(location, 'address')],
    [t('fact.productLine'), lead.productLine ?? ''],
    [t('fact.source'), [named('source', source.channel), source.campaign].filter(Boolean).join(' · ')],
    [t('fact.received'), moment(sla.receivedAt)],
    [
      t('fact.firstContact'),
      sla.firstContactAt
        ? `${moment(sla.firstContactAt)} (${span(Date.parse(sla.firstContactAt) - Date.parse(sla.receivedAt))})`
        : '',
    ],
    [t('fact.cause'), cause ? named('cause', cause) : ''],
    [t('fact.lostReason'), lostReason ?? ''],
    [t('fact.waitsUntil'), waitsUntil ? moment(waitsUntil) : ''],
    [t('fact.duplicateOf'), duplicateOf ?? ''],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t('facts.title')}</h2>
      <dl class="facts">
        {facts.flatMap(([name, value]) =>
          value === ''
            ? []
            : [
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>,
              ],
        )}
      </dl>
    </section>
  );
}
