/** `Try-Tiny-0.31` or `Foo-v1.2.3-TRIAL` taken apart at the last hyphen before a version (CPAN::DistnameInfo). */
export function splitDistribution(text: string): { name: string; version: string } | undefined {
  const match = /^(.{1,255}?)-(v?\d[0-9A-Za-z._]{0,100}(?:-TRIAL\d{0,3})?)$/.exec(text)
  return match ? { name: match[1]!, version: match[2]! } : undefined
}
