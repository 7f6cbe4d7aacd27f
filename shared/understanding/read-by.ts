/** Who can find what a conversation is about. */
export const readers = ['rules', 'bedrock'] as const;

/** Who found it; and who was asked before, and why it could not. */
export interface ReadBy {
  by: (typeof readers)[number];
  insteadOf?: { reader: (typeof readers)[number]; because: string };
}
