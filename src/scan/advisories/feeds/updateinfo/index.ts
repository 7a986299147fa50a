import type { FeedItem } from '../../../../base/model/advisory.ts'
import { childrenOf, textOf, type XmlNode, xmlElements } from '../../input/xml.ts'
import { erratumItems, evr } from '../errata.ts'
import type { Feed, FeedDownload, FeedFile } from '../feed.ts'
import { cvesIn, isoDate, severityOf, unique } from '../fields.ts'
import { ecosystemOf, lineOfExtra } from './ecosystem.ts'

/** `updateinfo.xml` of RPM repositories (createrepo_c): Amazon Linux, AlmaLinux, Rocky, Fedora, EPEL, Bottlerocket, openEuler. */
export const updateinfo: Feed = {
  id: 'updateinfo',
  title: {
    en: 'updateinfo.xml (Amazon Linux and other RPM repositories)',
    ko: 'updateinfo.xml (아마존 리눅스 등 RPM 저장소)',
  },
  licence: 'by distribution',
  homepage: 'https://alas.aws.amazon.com',
  downloads: [
    {
      urls: ['https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list'],
      file: 'amazon-updateinfo_2.xml.gz',
      hops: [repositoryOf, updateinfoOf],
    },
    {
      urls: ['https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list'],
      file: 'amazon-updateinfo_2023.xml.gz',
      hops: [repositoryOf, updateinfoOf],
    },
    ...['8', '9', '10'].map(epel),
  ],
  detect: file => /<updates?[\s>]/.test(file.head) && /<update\s[^>]*\b(?:type|status|from)=/.test(file.head),
  parse: parseUpdateinfo,
}

function epel(release: string): FeedDownload {
  return {
    urls: [`https://dl.fedoraproject.org/pub/epel/${release}/Everything/x86_64/repodata/repomd.xml`],
    file: `epel-updateinfo_${release}.xml`,
    hops: [updateinfoOf],
  }
}

/** A mirror list's first line is the repository's address. */
function repositoryOf(list: string): string | undefined {
  const base = list.split('\n', 1)[0]!.trim()
  return base === '' ? undefined : `${base.replace(/\/+$/, '')}/repodata/repomd.xml`
}

/** `repomd.xml` names its updateinfo, relative to the repository: one up from `repodata/`. */
function updateinfoOf(repomd: string): string | undefined {
  const at = repomd.indexOf('<data type="updateinfo"')
  const href = at < 0 ? undefined : /<location href="([^"]{1,500})"/.exec(repomd.slice(at, at + 5000))?.[1]
  return href === undefined ? undefined : `../${href}`
}

async function* parseUpdateinfo(file: FeedFile): AsyncGenerator<FeedItem> {
  for await (const update of xmlElements(file.chunks(), ['update'])) {
    const type = update.attributes.get('type') ?? 'security'
    const cves = cvesOf(update)
    if (type !== 'security' && cves.length === 0) continue
    const id = textOf(update, 'id')
    if (id === '') {
      yield { kind: 'problem', path: file.path, detail: 'an update without an id' }
      continue
    }
    const { ecosystem, source } = ecosystemOf(id, file.path, update)
    if (ecosystem === '') {
      yield { kind: 'problem', path: file.path, detail: `${id}: of no known distribution` }
      continue
    }
    yield* erratumItems({
      id,
      source,
      title: textOf(update, 'title'),
      description: textOf(update, 'description') || textOf(update, 'summary'),
      severity: severityOf(textOf(update, 'severity')),
      cves,
      references: referencesOf(update).flatMap(reference => reference.attributes.get('href') ?? []),
      published: isoDate(childrenOf(update, 'issued')[0]?.attributes.get('date')),
      modified: isoDate(childrenOf(update, 'updated')[0]?.attributes.get('date')),
      packages: packagesOf(update, ecosystem),
    })
  }
}

const referencesOf = (update: XmlNode) => childrenOf(childrenOf(update, 'references')[0], 'reference')

function cvesOf(update: XmlNode): string[] {
  const named = referencesOf(update).flatMap(reference => {
    const { attributes } = reference
    return cvesIn(
      `${attributes.get('id') ?? ''} ${attributes.get('type') === 'cve' ? '' : (attributes.get('title') ?? '')}`,
    )
  })
  return unique(named)
}

function packagesOf(update: XmlNode, ecosystem: string) {
  return childrenOf(childrenOf(update, 'pkglist')[0], 'collection').flatMap(collection => {
    const [module] = childrenOf(collection, 'module')
    const stream = module === undefined ? '' : `${module.attributes.get('name')}:${module.attributes.get('stream')}`
    return childrenOf(collection, 'package').map(({ attributes }) => {
      const at = (name: string) => attributes.get(name) ?? ''
      const version = evr(at('epoch'), at('version'), at('release'))
      const since = lineOfExtra(collection.attributes.get('short') ?? '', version)
      return { ecosystem, name: at('name'), version, arch: at('arch'), module: stream, since }
    })
  })
}
