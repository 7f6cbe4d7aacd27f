/** A page of a list; with a `nextCursor`, there is more. */
interface Page<T> {
  items: T[];
  nextCursor?: string | undefined;
}

const PAGE = 200;
const last = new WeakMap<object, { pages: readonly object[]; whole: object }>();

/**
 * A list, page after page, at most so many; with a `nextCursor`, there is more. The very same as before when nothing changed.
 * @param ask asks for a page of the list: always of the same one, chosen alike
 */
export async function gathered<T>(
  most: number,
  ask: (at: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<Page<T>> {
  let page = await ask({ limit: PAGE });
  const pages = [page];
  while (page.nextCursor !== undefined && pages.length * PAGE < most) {
    page = await ask({ limit: PAGE, cursor: page.nextCursor });
    pages.push(page);
  }
  const [first = page] = pages;
  const before = last.get(first);
  if (before && before.pages.length === pages.length && pages.every((each, at) => each === before.pages[at]))
    return before.whole as Page<T>;
  const whole = { items: pages.flatMap(({ items }) => items), nextCursor: page.nextCursor };
  last.set(first, { pages, whole });
  return whole;
}
