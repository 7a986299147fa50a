import type { ContentFile, Extractor, FileEntry, FilePattern, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { isExecutable } from '../../executable.ts'
import { cpeOf } from './cpe.ts'
import { classifiersFor, versionInName } from './names.ts'
import { classify } from './search.ts'

const isKnown = ({ path, size }: FileEntry) => size >= 1024 && classifiersFor(path).length > 0

/** `libz.so.1.2.13` ends in `.13`: shared libraries have no execute bit in every distribution, and no ending in common. */
const libraryEndings = ['.so', ...Array.from({ length: 200 }, (_, number) => `.${number}`)]
const isLibrary = (entry: FileEntry) => /(?:^|\/)lib[^/]+\.so[.\d]*$/.test(entry.path) && isKnown(entry)

/** Programs and libraries that stand in no package database, by name and by what they say of themselves. */
export const binary: Extractor = {
  id: 'binary',
  revision: 4,
  stage: 'installed',
  patterns: [
    { executable: true, where: isKnown },
    ...libraryEndings.map((extension): FilePattern => ({ extension, where: isLibrary })),
  ],
  parse: parseBinary,
}

function parseBinary(file: ContentFile): FoundPackage[] | undefined {
  if (!isExecutable(file.read(0, 4))) return undefined
  const found = classify(file, classifiersFor(file.path), versionInName(file.path))
  return found.length === 0
    ? undefined
    : found.map(({ classifier, version, matched }) => ({
        name: classifier.product,
        version,
        extra: { cpe: classifier.cpe.map(one => cpeOf(one, version)).join(' '), matched },
      }))
}
