/** An item in DynamoDB's JSON. */
export type WireItem = Record<string, WireValue>;
/** A value in DynamoDB's JSON: its type and its content. */
export type WireValue = Record<string, unknown>;

const bytes = (text: string): number => Buffer.byteLength(text);

/** Size of a value in bytes by DynamoDB's published rules. */
function valueSize(value: WireValue): number {
  const [[type, content] = ['NULL', true]] = Object.entries(value);
  switch (type) {
    case 'S':
      return bytes(String(content));
    case 'N':
      return numberSize(String(content));
    case 'B':
      return binarySize(content as string | Uint8Array);
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'SS':
      return (content as string[]).reduce((sum, text) => sum + bytes(text), 0);
    case 'NS':
      return (content as string[]).reduce((sum, text) => sum + numberSize(text), 0);
    case 'BS':
      return (content as (string | Uint8Array)[]).reduce((sum, each) => sum + binarySize(each), 0);
    case 'L':
      return 3 + (content as WireValue[]).reduce((sum, each) => sum + 1 + valueSize(each), 0);
    case 'M':
      return 3 + itemSize(content as WireItem) + Object.keys(content as WireItem).length;
    default:
      return 0;
  }
}

/** Base64 on the wire; bytes where the SDK has read it. */
const binarySize = (content: string | Uint8Array): number =>
  typeof content === 'string' ? Buffer.from(content, 'base64').length : content.length;

/** About half a byte a digit, and one for the sign and exponent. */
const numberSize = (text: string): number => Math.ceil(text.replace(/[^0-9]/g, '').replace(/^0+/, '').length / 2) + 1;

/** Size of an item in bytes by DynamoDB's published rules: names and values, both in UTF-8. */
export const itemSize = (item: WireItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueSize(value), 0);
