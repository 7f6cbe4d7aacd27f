import { bearer, type Client, clientOf, keysOf } from '../demo/client.ts';
import { settings } from '../demo/company.ts';
import { drawn } from '../drawn.ts';
import type { BusEvent } from '../local/bus.ts';
import type { Runtime } from '../local/runtime.ts';
import { Agenda, together } from './agenda.ts';
import { mapOf, rosterOf } from './company.ts';
import { checkEnd } from './invariants.ts';
import type { Month, SourceName } from './month.ts';
import { buys, type Outcome } from './outcome.ts';
import { atWork, callsAt, isStaff, repsOf } from './reps.ts';
import { personOf, type Sent, sent, sentFile, type Told } from './senders.ts';
import { DAY, HOUR, type Minute, NIGHT, SLOT } from './time.ts';
import { Witness } from './witness.ts';

const ONWARD = ['needs-diagnosis', 'solution-demo', 'objection-handling', 'contract-negotiation', 'payment-confirmed'];
const AT_ONCE = 6;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Tokens last an hour; real time passes as well. */
const TOKEN_FOR = 30;

/** What was learned of the month. */
interface Run {
  outcomes: Outcome[];
  /** Messages to the group of the admins, by kind and day. */
  alerts: Record<string, number[]>;
  /** What must not be, and was. */
  violations: string[];
}

/** A lead: of which post it is, who has it, and how often it was given to somebody. */
interface Known {
  n: number;
  owner?: string;
  given: number;
}

/** Runs a month on the real handlers, its clock turned from one thing that happens to the next. */
export class Company {
  readonly #runtime: Runtime;
  readonly #client: Client;
  readonly #month: Month;
  readonly #base: number;
  readonly #told: Told;
  readonly #agenda: Agenda;
  readonly #outcomes: Outcome[];
  readonly #witness = new Witness();
  readonly #alerts: Record<string, number[]> = {};
  readonly #leads = new Map<string, Known>();
  /** The last post of each person so far. */
  readonly #lastOf = new Map<number, number>();
  readonly #tokens = new Map<string, { header: { authorization: string }; until: Minute }>();
  #now: Minute = 0;
  #clock = { simulated: 0, real: 0 };
  #keys: Record<string, string> = {};

  /** @param base when the month begins, in milliseconds since 1970 */
  constructor(runtime: Runtime, month: Month, { base, told }: { base: number; told: Told }) {
    this.#runtime = runtime;
    this.#client = clientOf(runtime.url, 290_000);
    this.#month = month;
    this.#base = base;
    this.#told = told;
    this.#agenda = new Agenda(month.days * DAY);
    this.#outcomes = month.posted.map((posted) => ({ posted }));
  }

  async #as(who: string): Promise<{ authorization: string }> {
    const known = this.#tokens.get(who);
    if (known && this.#now < known.until) return known.header;
    const header = await bearer(this.#client, who === 'admin' ? { role: 'admin' } : { role: 'rep', repId: who });
    this.#tokens.set(who, { header, until: this.#now + TOKEN_FOR });
    return header;
  }

  readonly #admin = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    this.#client.call(method, path, body, await this.#as('admin'));

  /** What the simulated clock shows about now, in milliseconds since 1970. */
  #time(): number {
    return this.#clock.simulated + performance.now() - this.#clock.real;
  }

  async #read(answered: Promise<unknown>): Promise<void> {
    this.#clock = { simulated: Date.parse(((await answered) as { now: string }).now), real: performance.now() };
  }

  async #advanceTo(at: Minute): Promise<void> {
    const ahead = Math.ceil((this.#base + at * MINUTE - this.#time()) / SECOND);
    if (ahead > 0) await this.#read(this.#client.call('POST', '/_local/clock', { advance: `PT${ahead}S` }));
    this.#now = at;
  }

  /** The minute of the month at which something was. */
  #minuteOf(at: string): Minute {
    return Math.floor((Date.parse(at) - this.#base) / MINUTE);
  }

  #heard(event: BusEvent): void {
    this.#witness.hear(event);
    const { 'detail-type': type, detail } = event;
    const leadId = String(detail.leadId);
    const at = this.#minuteOf(String(detail.at));
    const soon = (after: Minute, run: () => Promise<void>) => this.#agenda.plan(at + after, run);
    if (type === 'LeadAssigned') soon(0, () => this.#given(leadId, String(detail.repId), at));
    if (type === 'LeadOverdue') soon(20, () => this.#pressed(leadId));
    if (type === 'LeadMissed') soon(40, () => this.#pressed(leadId));
    if (type === 'LeadSentToManual') soon(0, () => this.#asked(leadId, at));
    if (type === 'LeadDuplicated') soon(0, () => this.#recognised(leadId));
  }

  async #known(leadId: string): Promise<Known> {
    const known = this.#leads.get(leadId);
    if (known) return known;
    const { contact } = (await this.#admin('GET', `/leads/${leadId}`)) as { contact: { name?: string } };
    const lead = this.#leads.get(leadId) ?? { n: this.#lastOf.get(personOf(contact.name ?? '')) ?? -1, given: 0 };
    this.#leads.set(leadId, lead);
    return lead;
  }

  async #recognised(leadId: string): Promise<void> {
    const outcome = this.#outcomes[(await this.#known(leadId)).n];
    if (outcome) outcome.duplicate = true;
  }

  async #given(leadId: string, repId: string, at: Minute): Promise<void> {
    const lead = await this.#known(leadId);
    Object.assign(lead, { owner: repId, given: lead.given + 1 });
    const outcome = this.#outcomes[lead.n];
    if (!outcome) return;
    outcome.givenTo ??= repId;
    outcome.givenAt ??= at;
    const habit = this.#month.habits.find((each) => each.repId === repId);
    const draw = drawn(this.#month.seed * 31 + lead.n * 7 + lead.given);
    draw();
    const calls = habit && callsAt(habit, at, draw);
    if (calls !== undefined) this.#agenda.plan(calls, () => this.#called(leadId, repId));
  }

  /** The supervisor, or the exception report, makes the owner call. */
  async #pressed(leadId: string): Promise<void> {
    const { owner } = await this.#known(leadId);
    if (owner !== undefined) this.#agenda.plan(atWork(this.#now), () => this.#called(leadId, owner));
  }

  async #called(leadId: string, repId: string): Promise<void> {
    const { n, owner } = await this.#known(leadId);
    const outcome = this.#outcomes[n];
    const habit = this.#month.habits.find((each) => each.repId === repId);
    if (owner !== repId || !outcome || outcome.calledAt !== undefined || !habit || !isStaff(habit, this.#now)) return;
    outcome.calledAt = this.#now;
    const rep = await this.#as(repId);
    const spoken = { channel: 'phone', minutes: 4, summary: 'spoke with the customer', outcome: 'reached' };
    const at = new Date(this.#time() - MINUTE).toISOString();
    const messages = [
      { at, from: 'rep', text: '您好,我是您的客户经理,看到您想了解我们的系统。' },
      { at, from: 'customer', text: '你好,请问多少钱?' },
    ];
    const leads = `/leads/${leadId}`;
    if (outcome.posted.chats)
      await this.#client.call('POST', `${leads}/transcripts`, { channel: 'wecom', messages }, rep);
    else await this.#client.call('POST', `${leads}/interactions`, spoken, rep);
    const won = buys(outcome);
    const moves = won ? ONWARD.map((to) => ({ to })) : [{ to: 'lost', lostReason: 'bought elsewhere' }];
    for (const [nth, move] of moves.entries())
      this.#agenda.plan(atWork(this.#now + (won ? nth + 1 : 3) * DAY), async () => {
        await this.#admin('POST', `${leads}/stage`, move);
      });
  }

  async #asked(leadId: string, at: Minute): Promise<void> {
    const outcome = this.#outcomes[(await this.#known(leadId)).n];
    if (outcome) outcome.toPeopleAt ??= at;
    this.#agenda.plan(atWork(at + HOUR / 2), () => this.#placed(leadId));
  }

  /** An admin takes what the system could not place. */
  async #placed(leadId: string): Promise<void> {
    const { n } = await this.#known(leadId);
    const { status } = (await this.#admin('GET', `/leads/${leadId}`)) as { status: string };
    const { habits, posted } = this.#month;
    const there = repsOf(habits, posted[n]?.place.territoryId ?? '').filter((repId) =>
      habits.some((habit) => habit.repId === repId && isStaff(habit, this.#now)),
    );
    if (status !== 'manual') return;
    // Whom HR has not told to be back is refused, and somebody else asked; else tomorrow.
    for (const [nth] of there.entries()) {
      const repId = there[(n + nth) % there.length];
      const placed = await this.#admin('POST', `/leads/${leadId}/assign`, { repId, reason: 'asked the customer where' })
        .then(() => true)
        .catch((error: unknown) => {
          if (!/ answered 409: /.test(String(error))) throw error;
          return false;
        });
      if (placed) return;
    }
    this.#agenda.plan(this.#now + DAY, () => this.#placed(leadId));
  }

  /** HR's nightly push. One that is held is looked at in the morning, and thrown away. */
  async #push(at: Minute): Promise<void> {
    const broken = at === this.#month.brokenPush;
    const employees = rosterOf(this.#month.habits, this.#base, at, broken);
    const asOf = new Date(this.#base + at * MINUTE).toISOString();
    const headers = { 'x-api-key': this.#keys.hr ?? '' };
    const before = this.#witness.frozenAt.length;
    const said = (await this.#client.call('POST', '/hr/employees', { mode: 'full', asOf, employees }, headers)) as {
      review?: { reviewId: string };
    };
    await this.#runtime.settle();
    const reviewId = said.review?.reviewId;
    if (broken && (reviewId === undefined || this.#witness.frozenAt.length > before))
      this.#witness.violations.push('the broken roster was not held');
    if (reviewId !== undefined)
      this.#agenda.plan(atWork(at), async () => void (await this.#admin('POST', `/hr/reviews/${reviewId}/discard`)));
  }

  #posted(n: number): Outcome['posted'] {
    const posted = this.#month.posted[n];
    if (!posted) throw new Error(`there is no post ${n}`);
    this.#lastOf.set(posted.person, n);
    return posted;
  }

  /** @returns what was answered; undefined: too many at once, to be sent again */
  async #send({ path, headers, body }: Sent): Promise<{ leadId?: string } | undefined> {
    const answer = await fetch(`${this.#client.url}${path}`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    if (answer.status === 429) return undefined;
    if (!answer.ok) throw new Error(`${path.split('?')[0]} answered ${answer.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as { leadId?: string });
  }

  #sending() {
    return { keys: this.#keys, url: this.#client.url, at: new Date(this.#time()), told: this.#told };
  }

  async #post(n: number): Promise<void> {
    const { source, ...posted } = this.#posted(n);
    if (source === 'import') return;
    const call = sent({ ...posted, source }, n, this.#sending());
    const answered = await this.#send(call);
    if (!answered) return this.#agenda.plan(this.#now + SLOT, () => this.#post(n));
    if (answered.leadId && !this.#leads.has(answered.leadId)) this.#leads.set(answered.leadId, { n, given: 0 });
    // Platforms send again what they do not know to have been taken; people who press a button twice are another matter.
    if (posted.twice && source !== 'form') await this.#send(call);
  }

  /** A fair's list is read in as one file. */
  async #file(ns: readonly number[]): Promise<void> {
    const list = ns.map((n) => this.#posted(n));
    if (!(await this.#send(sentFile(list, this.#sending())))) throw new Error('the file was not taken');
  }

  async #prepare(): Promise<void> {
    const { habits, posted } = this.#month;
    this.#keys = await keysOf(this.#client);
    const hr = { 'x-api-key': this.#keys.hr ?? '' };
    const asOf = '2020-01-01T00:00:00.000Z';
    const employees = rosterOf(habits, this.#base, -1);
    await this.#client.call('POST', '/hr/employees', { mode: 'full', asOf, employees }, hr);
    await this.#admin('PUT', '/reps/sup-east', settings['sup-east']);
    await this.#admin('PUT', '/reps/sup-shanghai', settings['sup-shanghai']);
    for (const { repId, weight } of habits)
      await this.#admin('PUT', `/reps/${repId}`, { capacity: Math.min(posted.length, 10_000), weight: weight ?? 1 });
    await this.#admin('PUT', '/territories', await mapOf(habits, false));
  }

  #planAll(): void {
    const { days, posted, outage, overlap, habits } = this.#month;
    const once = (at: Minute, run: () => Promise<unknown>) => this.#agenda.plan(at, async () => void (await run()));
    for (let day = 0; day < days; day += 1) once(day * DAY + NIGHT, () => this.#push(day * DAY + NIGHT));
    const fault = { target: 'channel:sms', fault: 'error', rate: 1 };
    once(outage.from, () => this.#client.call('POST', '/_local/faults', fault));
    once(outage.to, () => this.#client.call('DELETE', '/_local/faults'));
    once(overlap.from, async () => this.#admin('PUT', '/territories', await mapOf(habits, true)));
    once(overlap.to, async () => this.#admin('PUT', '/territories', await mapOf(habits, false)));
    const files = new Map<Minute, number[]>();
    for (const [n, { at, source }] of posted.entries()) {
      if (source === ('import' satisfies SourceName)) files.set(at, [...(files.get(at) ?? []), n]);
      else once(at, () => this.#post(n));
    }
    for (const [at, ns] of files) once(at, () => this.#file(ns));
  }

  /** Plays the month. `progress` is told how far it is, from 0 to 1. */
  async run(progress: (share: number) => void): Promise<Run> {
    await this.#read(this.#client.call('GET', '/_local/clock'));
    await this.#prepare();
    await this.#advanceTo(0);
    this.#runtime.onEvent((event) => this.#heard(event));
    this.#runtime.onSent(({ channel, kind, at }) => {
      if (channel !== 'wecom') return;
      this.#alerts[kind] ??= Array.from({ length: this.#month.days }, () => 0);
      const days = this.#alerts[kind];
      const day = Math.min(days.length - 1, Math.floor(this.#minuteOf(at) / DAY));
      days[day] = (days[day] ?? 0) + 1;
    });
    this.#planAll();
    const end = this.#month.days * DAY;
    for (let at = this.#agenda.next(); at !== undefined; at = this.#agenda.next()) {
      if (at > this.#now) await this.#advanceTo(at);
      await together(this.#agenda.take(), AT_ONCE);
      await this.#runtime.settle();
      progress(at / end);
    }
    await this.#advanceTo(end);
    await this.#runtime.idle(60_000);
    const ended = await checkEnd(this.#admin, { month: this.#month, base: this.#base, leads: [...this.#leads.keys()] });
    const { received, duplicates, violations } = this.#witness;
    const counted = received.size + duplicates.size;
    const { posted } = this.#month;
    if (counted !== posted.length) violations.push(`${posted.length} leads were posted, and ${counted} came in`);
    return { outcomes: this.#outcomes, alerts: this.#alerts, violations: [...violations, ...ended] };
  }
}
