/** First four bytes, big-endian: ELF; Mach-O 32 and 64 bit in either byte order, and universal. PE begins with `MZ` alone. */
const magics = new Set([0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe])

/** Whether these first bytes (four at least) are an ELF, Mach-O or PE program's. Java classes share `cafebabe`: whoever parses tells them apart. */
export function isExecutable(head: Uint8Array): boolean {
  if (head.length < 4) return false
  if (head[0] === 0x4d && head[1] === 0x5a) return true
  return magics.has(((head[0]! << 24) | (head[1]! << 16) | (head[2]! << 8) | head[3]!) >>> 0)
}
