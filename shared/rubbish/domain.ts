/** The domain of an e-mail address and those above it, the narrowest first: `a.b.example`, `b.example`. None without one. */
export function domainsOf(email: string | undefined): string[] {
  const labels = (email ?? '')
    .slice((email ?? '').lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .split('.');
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
}
