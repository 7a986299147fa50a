import type { ContentFile, Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseCatalog, parseLockfile, parseNebula, parseVerification } from './gradle-files.ts'

/** Gradle's lock files; where a project has none, what else names its dependencies' versions. */
export const gradle: Extractor = {
  id: 'gradle',
  revision: 1,
  stage: 'lock',
  patterns: [
    { basename: 'gradle.lockfile' },
    { basename: 'buildscript-gradle.lockfile' },
    { extension: '.lockfile', where: entry => entry.path.includes('gradle/dependency-locks/') },
    { basename: 'dependencies.lock' },
    { basename: 'verification-metadata.xml', where: entry => isInGradle(entry.path) },
    { extension: '.toml', where: entry => isInGradle(entry.path) && entry.path.endsWith('.versions.toml') },
  ],
  parse: parseGradle,
  assemble,
}

const isInGradle = (path: string) => /(?:^|\/)gradle\/[^/]+$/.test(path)

function parseGradle(file: ContentFile): FoundPackage[] {
  if (file.path.endsWith('.lockfile')) return parseLockfile(file.text(), file.path)
  if (file.path.endsWith('.lock')) return parseNebula(file.text())
  return file.path.endsWith('.xml') ? parseVerification(file.bytes()) : parseCatalog(file.text())
}

/** A catalogue lists what builds may ask for; once a lock file of the project says what they got, it has nothing to add. */
function assemble(view: FactView<FoundPackage[]>): FoundPackage[] {
  const locked = view.files
    .map(file => file.path)
    .filter(path => /(?:^|\/)(?:gradle\.lockfile|dependencies\.lock)$/.test(path))
  return view.files.flatMap(({ path, facts }) => {
    const project = path.replace(/gradle\/[^/]+$/, '')
    const superseded = path.endsWith('.versions.toml') && locked.some(lock => lock.startsWith(project))
    return superseded ? [] : facts.map(item => ({ ...item, path }))
  })
}
