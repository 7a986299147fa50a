import { JennerError } from '../../../../base/errors.ts'
import type { ContentFile, Extractor, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { looksLikeZip } from '../../../../base/zip.ts'
import { archiveExtensions, readArchive } from './archive.ts'

/** Java archives, with those in them. */
export const jar: Extractor = {
  id: 'jar',
  revision: 3,
  stage: 'installed',
  patterns: archiveExtensions.flatMap(extension => [{ extension }, { extension: extension.toUpperCase() }]),
  parse: parseJar,
}

function parseJar(file: ContentFile, problem: ReportProblem = () => {}): FoundPackage[] | undefined {
  if (file.size === 0) return undefined
  try {
    return readArchive(file, file.path, problem)
  } catch (error) {
    // Other formats share the endings but `.jar`: what is no zip at all is none of ours.
    const foreign = error instanceof JennerError && !looksLikeZip(file) && !/\.jar$/i.test(file.path)
    if (foreign) return undefined
    throw error
  }
}
