/** The beginning of a global id, by which GitHub tells what it names. */
export type NodeType = 'I' | 'IC' | 'LA' | 'R' | 'U' | 'BOT' | 'PR' | 'REA' | 'O';

/**
 * A global id in the form of GitHub's: a prefix and a MessagePack array in Base64. Clients must
 * take it as opaque. https://docs.github.com/graphql/guides/migrating-graphql-global-node-ids
 */
export function nodeId(type: NodeType, ...numbers: number[]): string {
  const parts = numbers.map((number) => {
    const long = number > 0xffff_ffff;
    const bytes = Buffer.alloc(long ? 9 : 5);
    bytes[0] = long ? 0xcf : 0xce;
    if (long) bytes.writeBigUInt64BE(BigInt(number), 1);
    else bytes.writeUInt32BE(number, 1);
    return bytes;
  });
  const head = Buffer.from([0x91 + numbers.length, 0]);
  return `${type}_${Buffer.concat([head, ...parts]).toString('base64url')}`;
}
