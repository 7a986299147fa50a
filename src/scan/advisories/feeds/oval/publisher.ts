import { descendants, textOf, type XmlNode } from '../../input/xml.ts'

/** The file's name, and the versions that its definition speaks of: where the platform is named without a release. */
interface Around {
  path: string
  fixes: string[]
}

/** Whose definition it is, of which release; empty names where nobody's that we know. */
export function publisher(
  definition: XmlNode,
  metadata: XmlNode,
  around: Around,
): { ecosystem: string; source: string } {
  const title = textOf(metadata, 'title')
  const platforms = [...descendants(metadata, 'platform')].map(node => node.text.trim())
  // SUSE names every product that the packages go into: the distribution itself is the one that counts.
  const platform =
    platforms.find(name => /^(SUSE Linux (?:Enterprise|Micro)|openSUSE) /.test(name)) ?? platforms[0] ?? ''
  const release = /(\d+(?:\.\d+)?)/.exec(platform)?.[1] ?? ''
  const id = definition.attributes.get('id') ?? ''
  if (/^Oracle Linux/.test(platform)) return { ecosystem: `Oracle Linux:${release}`, source: 'oracle' }
  if (/^(?:CBL-Mariner|Azure Linux)/.test(platform)) return azure(release, around)
  if (/^Red Hat Enterprise Linux/.test(platform)) return { ecosystem: `Red Hat:${release}`, source: 'redhat' }
  if (/^AlmaLinux/i.test(platform)) return { ecosystem: `AlmaLinux:${release}`, source: 'alma' }
  if (/^(?:VMware )?Photon/i.test(platform) || id.includes('phsa')) {
    const photon = /photon\D*(\d)/i.exec(`${platform} ${title}`)?.[1]
    return { ecosystem: photon === undefined ? '' : `Photon OS:${photon}.0`, source: 'photon' }
  }
  if (/^Ubuntu (?:Pro FIPS\S* )?\d/.test(platform)) return ubuntu(definition, platform, release)
  const debian = /^Debian GNU\/Linux (\d+)|^Debian (\d+) is installed/.exec(platform || firstComment(definition))
  if (debian) return { ecosystem: `Debian:${debian[1] ?? debian[2]}`, source: 'debian' }
  const cpe = [...descendants(metadata, 'cpe')].map(node => node.text).join(' ')
  const [, product, major] = /:(almalinux|enterprise_linux):(\d+)/.exec(cpe) ?? []
  if (product === 'almalinux') return { ecosystem: `AlmaLinux:${major}`, source: 'alma' }
  if (product) return { ecosystem: `Red Hat:${major}`, source: 'redhat' }
  const suse = /^(SUSE|openSUSE) (.+)$/.exec(platform)
  return suse === null ? { ecosystem: '', source: '' } : { ecosystem: `${suse[1]}:${suse[2]}`, source: 'suse' }
}

/** Microsoft's platform has no release: the packages' versions end in it (`.azl3`, `.cm2`), and so does the file's name. */
function azure(stated: string, { path, fixes }: Around): { ecosystem: string; source: string } {
  const built = fixes.map(fix => /\.(?:azl|cm)(\d+)$/.exec(fix)?.[1]).find(found => found !== undefined)
  const release = stated || built || (/(?:azurelinux|mariner)\D{0,20}(\d+)\.\d+/.exec(path)?.[1] ?? '')
  return release === '' ? { ecosystem: '', source: '' } : { ecosystem: `Azure Linux:${release}`, source: 'azure' }
}

/** Certified builds (`Ubuntu Pro FIPS-updates 22.04 LTS`) are another line of packages; those for robots are in none of our look-ups. */
function ubuntu(definition: XmlNode, platform: string, release: string): { ecosystem: string; source: string } {
  const [, line] = /com\.ubuntu\.((?:fips|ros)[a-z-]{0,20})_/.exec(definition.attributes.get('id') ?? '') ?? []
  const fips =
    /FIPS(?:-updates|-preview)?/.exec(platform)?.[0] ??
    (line?.startsWith('fips') ? line.replace('fips', 'FIPS') : undefined)
  if (fips !== undefined) return { ecosystem: `Ubuntu:Pro:${fips}:${release}`, source: 'ubuntu' }
  return line ? { ecosystem: '', source: '' } : { ecosystem: `Ubuntu:${release}`, source: 'ubuntu' }
}

function firstComment(definition: XmlNode): string {
  return [...descendants(definition, 'criterion')][0]?.attributes.get('comment') ?? ''
}
