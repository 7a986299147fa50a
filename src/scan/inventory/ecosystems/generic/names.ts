import type { Classifier } from './classifier.ts'
import { classifiers } from './classifiers/index.ts'

const byName = new Map<string, Classifier[]>()
for (const classifier of classifiers)
  for (const name of classifier.names) byName.set(name, [...(byName.get(name) ?? []), classifier])

/**
 * A file's name without what builds add to it, and the version in it: `python3.11` → `python`, 3.11; `libcrypto.so.1.1` → `libcrypto`, 1.1;
 * `libstd-0123456789abcdef.so` → `libstd`, wheels' `libssl-28bef1ac.so.1.1` → `libssl`, 1.1; `x86_64-linux-gnu-gcc-12` → `gcc`, 12.
 */
export function splitName(path: string): { whole: string; stem: string; version?: string } {
  const file = path.slice(path.lastIndexOf('/') + 1).slice(0, 128)
  const library = /^(lib.{1,60}?)\.so(?:\.(\d[\d.]{0,20}))?$/.exec(file)
  const whole = (library?.[1] ?? file.replace(/\.exe$/, ''))
    .replace(/^(?:x86_64|aarch64|i[3-6]86|arm|riscv64|powerpc64le|s390x)-[\w-]{3,24}?-(?=[a-z+]+(?:-\d|$))/, '')
    .replace(/(?:-[0-9a-f]{8}){1,2}$|-[0-9a-f]{16}$/, '')
  const numbered = /^(.{1,60}?)[-.]?(\d[\d.]{0,12})[mtd]?$/.exec(whole)
  const version = library?.[2] !== undefined && !numbered ? library[2] : numbered?.[2]
  return { whole, stem: numbered?.[1] ?? whole, ...(version !== undefined && { version }) }
}

/**
 * The version that a file's name states of the product: `libpython3.11.so.1.0` → 3.11, but `liblz4.so.1.9.4`, whose own name ends in a number, → 1.9.4.
 */
export function versionInName(path: string): string | undefined {
  const { whole, version } = splitName(path)
  return byName.has(whole) ? (/\.so\.(\d[\d.]{0,20})$/.exec(path.slice(-40))?.[1] ?? version) : version
}

/** Classifiers that a file of this name concerns. */
export function classifiersFor(path: string): readonly Classifier[] {
  const { whole, stem } = splitName(path)
  return byName.get(whole) ?? byName.get(stem) ?? []
}
