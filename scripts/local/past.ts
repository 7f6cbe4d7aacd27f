import type { WireItem } from './item-size.ts';

/** A read that is not strong may give an item as it was before a write that is younger than this, in milliseconds. */
const MEMORY = 1000;

type Json = Record<string, unknown>;

const keyOf = (table: string, item: WireItem): string => JSON.stringify([table, item.pk, item.sk]);

/** What items were before they were last written: what reads that are not strong may still give for a moment. */
export class Past {
  readonly #images = new Map<string, { image: WireItem | undefined; until: number }>();

  /** An item was written; `before`: what it was. */
  wrote(table: string, keys: WireItem, before: WireItem | undefined): void {
    const now = Date.now();
    const key = keyOf(table, keys);
    this.#images.delete(key);
    this.#images.set(key, { image: before, until: now + MEMORY });
    // In the order in which they were written: the first are the oldest.
    for (const [old, { until }] of this.#images) {
      if (until > now) break;
      this.#images.delete(old);
    }
  }

  #before(table: string, item: WireItem): { image: WireItem | undefined } | undefined {
    const past = this.#images.get(keyOf(table, item));
    return past && past.until > Date.now() ? past : undefined;
  }

  /** The answer to a read of items by key as it would have been a moment ago; undefined where that is no other, or the read is strong. */
  answer(operation: string, asked: Json, answered: Json): Json | undefined {
    if (operation === 'GetItem' && asked.ConsistentRead !== true && answered.Item) {
      const { Item, ...rest } = answered as { Item: WireItem };
      const before = this.#before(String(asked.TableName), Item);
      return before && { ...rest, ...(before.image ? { Item: before.image } : {}) };
    }
    if (operation !== 'BatchGetItem') return undefined;
    const requested = asked.RequestItems as Record<string, { ConsistentRead?: boolean }>;
    if (Object.values(requested).some(({ ConsistentRead }) => ConsistentRead === true)) return undefined;
    let differs = false;
    const asBefore = (table: string, items: readonly WireItem[]) =>
      items.flatMap((item) => {
        const before = this.#before(table, item);
        differs ||= before !== undefined;
        return (before ? before.image : item) ?? [];
      });
    const responses = Object.entries((answered.Responses ?? {}) as Record<string, WireItem[]>);
    const Responses = Object.fromEntries(responses.map(([table, items]) => [table, asBefore(table, items)]));
    return differs ? { ...answered, Responses } : undefined;
  }
}
