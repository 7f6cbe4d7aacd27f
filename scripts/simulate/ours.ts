import { readFile } from 'node:fs/promises';
import { bearer, type Client, clientOf, keysOf } from '../demo/client.ts';
import { employees } from '../demo/company.ts';
import { seed } from '../demo/seed.ts';
import { drawn } from '../drawn.ts';
import type { BusEvent } from '../local/bus.ts';
import type { Runtime } from '../local/runtime.ts';
import { atWork, callsAt, DAY, HOUR, isStaff, type Minute, type Month, places, repsOf } from './month.ts';
import { buys, type Outcome } from './outcome.ts';
import { nameOf, sent } from './senders.ts';

/** Minutes that pass at once. */
const SLOT = 5;
const ONWARD = ['needs-diagnosis', 'solution-demo', 'objection-handling', 'contract-negotiation', 'payment-confirmed'];
const territories = new URL('../demo/territories.geojson', import.meta.url);

/** What was learned of the month, and how many messages its admins got. */
interface Run {
  outcomes: Outcome[];
  alerts: number;
  report: unknown;
}

/** A lead: whose it is, who has it, and how often it was given to somebody. */
interface Known {
  person: number;
  owner?: string;
  given: number;
}

interface Task {
  at: Minute;
  run: () => Promise<void>;
}

/** Runs a month on the real handlers, its clock turned from one thing that happens to the next. */
export class Company {
  readonly #runtime: Runtime;
  readonly #client: Client;
  readonly #month: Month;
  readonly #base: number;
  readonly #outcomes: Outcome[];
  readonly #leads = new Map<string, Known>();
  readonly #tasks: Task[] = [];
  readonly #tokens = new Map<string, { authorization: string }>();
  #now: Minute = 0;
  #keys: Record<string, string> = {};

  /** @param base when the month begins, in milliseconds since 1970 */
  constructor(runtime: Runtime, month: Month, base: number) {
    this.#runtime = runtime;
    this.#client = clientOf(runtime.url, 290_000);
    this.#month = month;
    this.#base = base;
    this.#outcomes = month.posted.map((posted) => ({ posted }));
    runtime.onEvent((event) => this.#heard(event));
  }

  #plan(at: Minute, run: () => Promise<void>): void {
    this.#tasks.push({ at: Math.max(at, this.#now), run });
  }

  async #admin(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#client.call(method, path, body, await this.#as('admin'));
  }

  async #as(repId: string): Promise<{ authorization: string }> {
    const known = this.#tokens.get(repId);
    if (known) return known;
    const token = await bearer(this.#client, repId === 'admin' ? { role: 'admin' } : { role: 'rep', repId });
    this.#tokens.set(repId, token);
    return token;
  }

  async #clock(): Promise<number> {
    return Date.parse(((await this.#client.call('GET', '/_local/clock')) as { now: string }).now);
  }

  async #advanceTo(at: Minute): Promise<void> {
    const ahead = Math.ceil((this.#base + at * 60_000 - (await this.#clock())) / 1000);
    if (ahead > 0) await this.#client.call('POST', '/_local/clock', { advance: `PT${ahead}S` });
    // Tokens last an hour.
    if (Math.floor(at / 30) !== Math.floor(this.#now / 30)) this.#tokens.clear();
    this.#now = at;
  }

  /** The person's first post: the lead; later ones are duplicates of it. */
  #outcomeOf(person: number): Outcome | undefined {
    return this.#outcomes.find(({ posted }) => posted.person === person);
  }

  #heard({ 'detail-type': type, detail }: BusEvent): void {
    const leadId = String(detail.leadId);
    const repId = String(detail.repId);
    if (type === 'LeadAssigned') this.#plan(this.#now, () => this.#given(leadId, repId));
    if (type === 'LeadOverdue') this.#plan(this.#now + 20, () => this.#pressed(leadId));
    if (type === 'LeadMissed') this.#plan(this.#now + 40, () => this.#pressed(leadId));
    if (type === 'LeadSentToManual') this.#plan(atWork(this.#now + HOUR / 2), () => this.#placed(leadId));
  }

  async #known(leadId: string): Promise<Known> {
    const known = this.#leads.get(leadId);
    if (known) return known;
    const { contact } = (await this.#admin('GET', `/leads/${leadId}`)) as { contact: { name?: string } };
    const lead: Known = { person: Number(contact.name?.replace(nameOf(0).slice(0, -1), '')), given: 0 };
    this.#leads.set(leadId, lead);
    return lead;
  }

  async #given(leadId: string, repId: string): Promise<void> {
    const lead = await this.#known(leadId);
    Object.assign(lead, { owner: repId, given: lead.given + 1 });
    const outcome = this.#outcomeOf(lead.person);
    if (!outcome) return;
    outcome.givenTo ??= repId;
    outcome.givenAt ??= this.#now;
    const habit = this.#month.habits.find((each) => each.repId === repId);
    const draw = drawn(this.#month.seed * 31 + lead.person * 7 + lead.given);
    draw();
    const at = habit && callsAt(habit, this.#now, draw);
    if (at !== undefined) this.#plan(at, () => this.#called(leadId, repId));
  }

  /** The supervisor, or the exception report, makes the owner call. */
  async #pressed(leadId: string): Promise<void> {
    const { owner } = await this.#known(leadId);
    if (owner !== undefined) this.#plan(atWork(this.#now), () => this.#called(leadId, owner));
  }

  async #called(leadId: string, repId: string): Promise<void> {
    const { person, owner } = await this.#known(leadId);
    const outcome = this.#outcomeOf(person);
    const habit = this.#month.habits.find((each) => each.repId === repId);
    if (owner !== repId || !outcome || outcome.calledAt !== undefined || !habit || !isStaff(habit, this.#now)) return;
    const call = { channel: 'phone', minutes: 4, summary: 'spoke with the customer', outcome: 'reached' };
    await this.#client.call('POST', `/leads/${leadId}/interactions`, call, await this.#as(repId));
    outcome.calledAt = this.#now;
    this.#plan(atWork(this.#now + 3 * DAY), () => this.#closed(leadId, buys(outcome)));
  }

  async #closed(leadId: string, won: boolean): Promise<void> {
    const moves = won ? ONWARD.map((to) => ({ to })) : [{ to: 'lost', lostReason: 'bought elsewhere' }];
    for (const move of moves) await this.#admin('POST', `/leads/${leadId}/stage`, move);
  }

  /** An admin takes what the system could not place. */
  async #placed(leadId: string): Promise<void> {
    const { person } = await this.#known(leadId);
    const { status } = (await this.#admin('GET', `/leads/${leadId}`)) as { status: string };
    const place = this.#outcomeOf(person)?.posted.place;
    const repId = repsOf[place?.territoryId ?? '']?.find((each) =>
      this.#month.habits.some((habit) => habit.repId === each && isStaff(habit, this.#now)),
    );
    if (status === 'manual' && repId)
      await this.#admin('POST', `/leads/${leadId}/assign`, { repId, reason: 'asked the customer where they are' });
  }

  async #push(at: Minute): Promise<void> {
    const broken = at === this.#month.brokenPush;
    const staff = employees.map((employee) => {
      const habit = this.#month.habits.find(({ repId }) => repId === employee.employeeId);
      const status = habit && !isStaff(habit, at) ? habit.away?.status : 'active';
      return { ...employee, status: broken ? 'left' : status };
    });
    const asOf = new Date(this.#base + at * 60_000).toISOString();
    const headers = { 'x-api-key': this.#keys.hr ?? '' };
    const said = (await this.#client.call(
      'POST',
      '/hr/employees',
      { mode: 'full', asOf, employees: staff },
      headers,
    )) as {
      review?: { reviewId: string };
    };
    const reviewId = said.review?.reviewId;
    if (reviewId !== undefined)
      this.#plan(atWork(at), async () => void (await this.#admin('POST', `/hr/reviews/${reviewId}/discard`)));
  }

  /** The map, with the postcodes and divisions of the month's customers; overlapping for an afternoon. */
  async #map(overlapping: boolean): Promise<void> {
    const map = JSON.parse(await readFile(territories, 'utf8')) as {
      features: {
        properties: { territoryId: string; postcodes?: string[] };
        geometry: { type: string; coordinates: unknown[] };
      }[];
    };
    for (const { properties } of map.features)
      properties.postcodes = places
        .filter(({ territoryId }) => territoryId === properties.territoryId)
        .map(({ postcode }) => postcode);
    const [one, other] = ['shanghai-puxi', 'shanghai-pudong'].map((id) =>
      map.features.find(({ properties }) => properties.territoryId === id),
    );
    if (overlapping && one && other)
      one.geometry = { type: 'MultiPolygon', coordinates: [one.geometry.coordinates, other.geometry.coordinates] };
    await this.#admin('PUT', '/territories', map);
  }

  async #post(n: number): Promise<void> {
    const posted = this.#month.posted[n];
    if (!posted) return;
    const { path, headers, body } = sent(posted, n, this.#keys);
    const answer = await fetch(`${this.#client.url}${path}`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(60_000),
    });
    if (!answer.ok) throw new Error(`${path.split('?')[0]} answered ${answer.status}: ${await answer.text()}`);
    const first = this.#month.posted.findIndex(({ person }) => person === posted.person);
    const outcome = this.#outcomes[n];
    if (first !== n && outcome) outcome.duplicate = true;
  }

  /** Plays the month. `progress` is told how far it is, from 0 to 1. */
  async run(progress: (share: number) => void): Promise<Run> {
    const { days, posted, outage, overlap } = this.#month;
    await seed(this.#client);
    this.#keys = await keysOf(this.#client);
    for (const { repId } of this.#month.habits) await this.#admin('PUT', `/reps/${repId}`, { capacity: posted.length });
    await this.#advanceTo(0);
    await this.#map(false);
    for (let day = 0; day < days; day += 1) this.#plan(day * DAY + 2 * HOUR, () => this.#push(day * DAY + 2 * HOUR));
    for (const [n, { at }] of posted.entries()) this.#plan(at, () => this.#post(n));
    const fault = { target: 'channel:sms', fault: 'error', rate: 1 };
    this.#plan(outage.from, async () => void (await this.#client.call('POST', '/_local/faults', fault)));
    this.#plan(outage.to, async () => void (await this.#client.call('DELETE', '/_local/faults')));
    this.#plan(overlap, () => this.#map(true));
    this.#plan(overlap + 3 * HOUR, () => this.#map(false));
    for (;;) {
      this.#tasks.sort((a, b) => a.at - b.at);
      const next = this.#tasks[0];
      if (!next || next.at >= days * DAY) break;
      const slot = Math.ceil(next.at / SLOT) * SLOT;
      if (slot > this.#now) await this.#advanceTo(slot);
      const later = this.#tasks.findIndex(({ at }) => at > slot);
      const due = this.#tasks.splice(0, later === -1 ? this.#tasks.length : later);
      for (const task of due) await task.run();
      await this.#runtime.idle(60_000);
      progress(slot / (days * DAY));
    }
    await this.#advanceTo(days * DAY);
    const { items } = (await this.#client.call('GET', '/_local/outbox')) as {
      items: { channel: string; at: string }[];
    };
    const begun = new Date(this.#base).toISOString();
    const alerts = items.filter(({ channel, at }) => channel === 'wecom' && at >= begun).length;
    return { outcomes: this.#outcomes, alerts, report: await this.#admin('GET', '/reports/response-time') };
  }
}
