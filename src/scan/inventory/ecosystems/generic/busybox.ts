import { MiB } from '../../../../base/limits.ts'
import type { ContentFile, Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { isExecutable } from '../../executable.ts'
import { cpeOf } from './cpe.ts'

/** BusyBox is made to be small: the largest builds, static and with every applet, are of two megabytes. */
const maxSize = 3 * MiB
const named = /(?:^|\/)(?:busybox(?:[.-][\w.-]{1,40})?|\[)$/

/**
 * BusyBox under the name of one of its applets, or any other (a copied `sh`, a rescue tool): by the version in its banner, and the texts that the program of many
 * applets carries. Where files of one folder are all BusyBox (hard links, which folders cannot tell from copies), one stands for them; beside one that is
 * called BusyBox none does, as that is found by its name (binary.ts).
 */
export const busyboxCopies: Extractor = {
  id: 'busybox-copy',
  revision: 1,
  stage: 'installed',
  patterns: [{ executable: true, where: mayBeCopy }],
  parse: file => {
    if (!isExecutable(file.read(0, 4))) return undefined
    const version = versionIn(file)
    return version === undefined ? undefined : [packageOf(version)]
  },
  assemble: ({ files }: FactView<FoundPackage[]>) => {
    const keyOf = (path: string, { version }: FoundPackage) => `${path.slice(0, path.lastIndexOf('/') + 1)}\0${version}`
    const stated = files.flatMap(({ path, facts }) => facts.map(found => ({ key: keyOf(path, found), path, found })))
    const told = new Set(stated.filter(({ path }) => named.test(path)).map(({ key }) => key))
    return stated.flatMap(({ key, path, found }) => {
      if (told.has(key)) return []
      told.add(key)
      return [{ ...found, path }]
    })
  },
}

/** RPM's distributions give shared libraries an execute bit; they are no programs. */
function mayBeCopy({ path, size }: FileEntry): boolean {
  return size >= 16 * 1024 && size <= maxSize && !/\.so(?:\.[\d.]{1,20})?$/.test(path)
}

function versionIn(file: ContentFile): string | undefined {
  const bytes = file.bytes()
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = text.indexOf('BusyBox v')
  if (at < 0 || !(text.includes('multi-call binary') || text.includes('BusyBox is copyrighted'))) return undefined
  return /^BusyBox v(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)/.exec(text.toString('latin1', at, at + 40))?.[1]
}

function packageOf(version: string): FoundPackage {
  return { name: 'busybox', version, foundBy: 'binary', extra: { cpe: cpeOf('busybox:busybox', version) } }
}
