import { type Fields, strs, unique } from '../fields.ts'

/** Distributions' records about one CVE are called `UBUNTU-CVE-…`, `DEBIAN-CVE-…`: the CVE itself is what everyone else calls it. */
export function ownId(id: string): string {
  return /^[A-Z]+-(CVE-\d{4}-\d{4,})$/.exec(id)?.[1] ?? id
}

/**
 * Other names of the flaw, or of the flaws that an erratum fixes: `aliases` and `upstream`; and `related`, which older exports of the distributions use for the
 * latter, where the record is an erratum (its id is none of a flaw). For records about one flaw `related` means other flaws.
 */
export function aliasesOf(osv: Fields, id: string): string[] {
  const related = isErratum(id) ? strs(osv.related).filter(isFlaw) : []
  const upstream = strs(osv.upstream).filter(name => isFlaw(ownId(name)))
  return unique([...strs(osv.aliases), ...upstream, ...related].map(ownId)).filter(name => name !== id)
}

const isFlaw = (id: string) => /^(CVE-\d|GHSA-)/.test(id)
/** RHSA, ALSA, RLSA, ELSA, DSA, DLA, USN, SUSE-SU, openSUSE-SU, OESA, MGASA, ALAS, CGA, BELL-SA … */
const isErratum = (id: string) =>
  /^(RH[SBE]A|AL[SBE]A|RL[SBE]A|RXSA|EL[SBE]A|D[SLT]+A|USN|LSN|(open)?SUSE|OESA|MGA|ALAS|CGA|ASA|AVG|GLSA|BRSA|PHSA|FEDORA|BELL)/i.test(
    id,
  )

const byEcosystem: [prefix: string, source: string][] = [
  ['Debian', 'debian'],
  ['Ubuntu', 'ubuntu'],
  ['Alpine', 'alpine'],
  ['Red Hat', 'redhat'],
  ['AlmaLinux', 'alma'],
  ['Rocky Linux', 'rocky'],
  ['Oracle Linux', 'oracle'],
  ['Amazon Linux', 'amazon'],
  ['SUSE', 'suse'],
  ['openSUSE', 'suse'],
  ['Wolfi', 'wolfi'],
  ['Chainguard', 'chainguard'],
  ['MinimOS', 'minimos'],
  ['Photon OS', 'photon'],
  ['Azure Linux', 'azure'],
  ['Fedora', 'fedora'],
  ['Mageia', 'mageia'],
  ['openEuler', 'openeuler'],
  ['Bitnami', 'bitnami'],
]
const byId: [prefix: string, source: string][] = [
  ['GHSA-', 'ghsa'],
  ['RUSTSEC-', 'rustsec'],
  ['GO-', 'govulndb'],
  ['PYSEC-', 'pypa'],
  ['MAL-', 'malware'],
]

/** Who speaks: the distribution, or for languages the database that the id belongs to. */
export function sourceOf(ecosystem: string, id: string): string {
  const own =
    byEcosystem.find(([prefix]) => ecosystem.startsWith(prefix)) ?? byId.find(([prefix]) => id.startsWith(prefix))
  return own?.[1] ?? 'osv'
}
