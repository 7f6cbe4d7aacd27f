/** The ids of those who, going from manager to manager, come back to themselves. */
export function inCircles(managerOf: ReadonlyMap<string, string | undefined>): Set<string> {
  const settled = new Set<string>();
  const circling = new Set<string>();
  for (const start of managerOf.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let who: string | undefined = start;
    while (who !== undefined && !settled.has(who) && !onPath.has(who)) {
      path.push(who);
      onPath.add(who);
      who = managerOf.get(who);
    }
    if (who !== undefined && onPath.has(who)) for (const each of path.slice(path.indexOf(who))) circling.add(each);
    for (const each of path) settled.add(each);
  }
  return circling;
}

/** Names that only one person goes by, with that person's id; and those that several share. */
export function idsByName(people: Iterable<readonly [id: string, name: string | undefined]>): {
  ids: Map<string, string>;
  shared: Set<string>;
} {
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  for (const [id, name] of people) {
    if (name === undefined) continue;
    if (ids.has(name) && ids.get(name) !== id) shared.add(name);
    ids.set(name, id);
  }
  for (const name of shared) ids.delete(name);
  return { ids, shared };
}
