import type { Distro } from '../../../base/model/distro.ts'
import type { Extractor } from '../../../base/model/ecosystem.ts'
import type { Statement } from '../merge.ts'
import { apkRepositoryVersion } from './apk-repositories.ts'
import { parseContentManifest } from './content-manifest.ts'
import { esmAttached } from './esm.ts'
import { identify } from './identify.ts'
import { parseOsRelease } from './parse.ts'

/** Files that say which operating system this is. */
const releaseFiles = [
  'etc/os-release',
  'usr/lib/os-release',
  'etc/lsb-release',
  'etc/debian_version',
  'etc/alpine-release',
  'etc/apk/repositories',
  'etc/redhat-release',
  'usr/lib/redhat-release',
  'etc/centos-release',
  'etc/rocky-release',
  'etc/almalinux-release',
  'etc/oracle-release',
  'etc/fedora-release',
  'usr/lib/fedora-release',
  'etc/system-release',
  'usr/lib/system-release',
  'etc/SuSE-release',
  'etc/photon-release',
  'etc/mariner-release',
  'etc/azurelinux-release',
  'etc/gentoo-release',
  'etc/arch-release',
  'var/lib/ubuntu-advantage/status.json',
]

const manifestFolders = ['root/buildinfo/content_manifests/', 'usr/share/buildinfo/']

/** Keeps the release files as they are: what they mean together is decided when all layers are known. */
export const osReleaseExtractor: Extractor<string> = {
  id: 'os-release',
  revision: 1,
  stage: 'installed',
  maxBytes: 1024 * 1024,
  patterns: [
    ...releaseFiles.map(path => ({ path })),
    { extension: '.json', where: ({ path }) => manifestFolders.some(folder => path.startsWith(folder)) },
  ],
  parse: file => file.text(),
}

/** The operating system that an artifact's release files state, or undefined when they state none. */
export function detectDistro(files: ReadonlyMap<string, Statement> | undefined): Distro | undefined {
  if (!files || files.size === 0) return undefined
  const read = (path: string) => files.get(path)?.value as string | undefined
  const release = parseOsRelease(read('etc/os-release') ?? read('usr/lib/os-release') ?? '')
  const identity = identify(release, read)
  if (!identity) return undefined
  const distro: Distro = { ...identity, release }
  if (distro.family === 'alpine' || distro.family === 'postmarketos') {
    const repositories = apkRepositoryVersion(read('etc/apk/repositories'))
    if (
      repositories &&
      (distro.family !== 'alpine' || !`${distro.version}.`.startsWith(`${repositories.replace(/^v/, '')}.`))
    ) {
      distro.repositoryVersion = repositories
    }
  }
  if (distro.family === 'ubuntu' && esmAttached(read('var/lib/ubuntu-advantage/status.json'))) distro.esm = true
  addContentManifests(distro, files)
  return distro
}

function addContentManifests(distro: Distro, files: ReadonlyMap<string, Statement>): void {
  const contentSets = new Set<string>()
  for (const [path, { value }] of files) {
    if (!manifestFolders.some(folder => path.startsWith(folder))) continue
    for (const set of parseContentManifest(value as string)) contentSets.add(set)
  }
  if (contentSets.size > 0) distro.contentSets = [...contentSets]
  if (distro.release.CPE_NAME) distro.cpes = [distro.release.CPE_NAME]
}
