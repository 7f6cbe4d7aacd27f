/** The eight groups of an IPv6 address, written out. */
function groups(address: string): string[] {
  const [head = '', tail] = address.split('::', 2);
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'));
  if (tail === undefined) return parts(head);
  const [before, behind] = [parts(head), parts(tail)];
  return [...before, ...Array(Math.max(0, 8 - before.length - behind.length)).fill('0'), ...behind];
}

/** What counts as one visitor: an IPv4 address; of IPv6 the network (/64), as a visitor has a whole one. */
export function visitorOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const network = groups(address.toLowerCase().split('%')[0] ?? '').slice(0, 4);
  return network.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
