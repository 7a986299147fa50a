import { idOf } from '../../../../base/found.ts'
import type { ContentFile, Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseCatalog, parseLockfile, parseNebula, parseVerification } from './gradle-files.ts'
import { type GradleScript, parseBuildScript, resolveDeclared } from './gradle-script.ts'
import { parseProperties } from './properties.ts'

/** Gradle's lock files; where a project has none, what else names its dependencies' versions. */
export const gradle: Extractor<GradleFacts> = {
  id: 'gradle',
  revision: 3,
  stage: 'lock',
  patterns: [
    // `lockFile` may give it another name; the one that Gradle's manual shows is `gradle-VERSION.lockfile`.
    {
      extension: '.lockfile',
      where: ({ path }) =>
        /(?:^|\/)(?:(?:buildscript-|settings-)?gradle(?:-[^/]+)?\.lockfile$|dependency-locks\/[^/]+$)/.test(path),
    },
    { basename: 'dependencies.lock' },
    { basename: 'verification-metadata.xml', where: entry => isInGradle(entry.path) },
    { extension: '.toml', where: entry => entry.path.endsWith('.versions.toml') },
    { basename: 'build.gradle' },
    { basename: 'build.gradle.kts' },
    { basename: 'gradle.properties' },
  ],
  parse: parseGradle,
  assemble,
}

const isInGradle = (path: string) => /(?:^|\/)gradle\/[^/]+$/.test(path)

/** Packages; of build scripts what they declare, and the values they may use. */
type GradleFacts = FoundPackage[] | GradleScript

function parseGradle(file: ContentFile): GradleFacts {
  if (file.path.endsWith('.lockfile')) return parseLockfile(file.text(), file.path)
  if (file.path.endsWith('.lock')) return parseNebula(file.text())
  if (file.path.endsWith('.toml')) return parseCatalog(file.text())
  if (file.path.endsWith('.properties')) return { declared: [], values: [...parseProperties(file.text())] }
  return file.path.endsWith('.xml') ? parseVerification(file.bytes()) : parseBuildScript(file.text())
}

/** Scripts and catalogues say what builds may ask for; once a lock file of the project says what they got, they have nothing to add. */
function assemble(view: FactView<GradleFacts>): FoundPackage[] {
  const locked = view.files
    .map(file => file.path)
    .filter(path => /(?:^|\/)(?:gradle(?:-[^/]+)?\.lockfile|dependencies\.lock)$/.test(path))
  const isLocked = (path: string) => {
    const project = path.replace(/(?:gradle\/)?[^/]*$/, '')
    return locked.some(lock => lock.startsWith(project) || project.startsWith(lock.slice(0, lock.lastIndexOf('/') + 1)))
  }
  return view.files.flatMap(({ path, facts }) => {
    if (Array.isArray(facts)) {
      const superseded = path.endsWith('.versions.toml') && isLocked(path)
      return superseded ? [] : facts.map(item => ({ ...item, path }))
    }
    return facts.declared.length === 0 || isLocked(path) ? [] : declaredPackages(facts, path, view)
  })
}

/** With the values of its project's gradle.properties, and of those above. */
function declaredPackages(script: GradleScript, path: string, view: FactView<GradleFacts>): FoundPackage[] {
  const values = new Map<string, string>()
  const folders = ['', ...[...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1))]
  for (const folder of folders) {
    for (const name of ['gradle.properties', 'build.gradle', 'build.gradle.kts']) {
      const facts = view.get(folder + name)
      if (facts !== undefined && !Array.isArray(facts)) for (const [key, value] of facts.values) values.set(key, value)
    }
  }
  return resolveDeclared(script, values).map(item => ({ ...item, id: `${path}#${idOf(item)}`, path }))
}
