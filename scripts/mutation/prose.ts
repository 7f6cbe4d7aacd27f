const words = /\p{L}[\p{L},.:;'’)]* \(?\p{L}/u;

interface Node {
  type: string;
  value?: unknown;
  quasis?: { value: { raw: string } }[];
}

/** Texts of two words or more are read by people: what must hold of them is not their wording. */
const prose = {
  shouldIgnore: ({ node }: { node: Node }): string | undefined => {
    const text =
      node.type === 'StringLiteral'
        ? String(node.value)
        : node.type === 'TemplateLiteral'
          ? (node.quasis ?? []).map(({ value }) => value.raw).join('x')
          : '';
    return words.test(text) ? 'words for people' : undefined;
  },
};

/** What Stryker finds when it loads this file as a plugin. */
export const strykerPlugins = [{ kind: 'Ignore', name: 'prose', value: prose }];
