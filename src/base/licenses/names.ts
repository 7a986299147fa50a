/**
 * Names that registries, distributions and people use for what SPDX lists, in lower case, blanks and quotation marks reduced. A value may be an expression.
 * Sources: trove classifiers (PyPI), CRAN's and CPAN's licence fields, Debian's and Fedora's short names, Maven Central's most frequent names.
 */
export const licenseNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Apache-2.0': [
      'apache',
      'apache2',
      'apache 2',
      'apache-2',
      'apache 2.0',
      'apache2.0',
      'apache v2',
      'apache v2.0',
      'apachev2',
      'asl 2.0',
      'asl2.0',
      'apache_2_0',
      'al2',
      'apache software',
      'apache software 2.0',
    ],
    'Apache-1.1': ['apache 1.1', 'apache_1_1', 'apache software 1.1', 'asl 1.1'],
    MIT: [
      'expat',
      'mit/expat',
      'mit expat',
      'mit-license',
      'mit-style',
      'x11/mit',
      'mit (expat)',
      'mit/x11',
      'mit x11',
    ],
    'MIT-0': ['mit no attribution', 'mit-0'],
    'BSD-3-Clause': [
      'bsd',
      'bsd3',
      'bsd-3',
      'bsd 3',
      'bsd-3-clause',
      'bsd_3_clause',
      'bsd 3-clause',
      'bsd 3 clause',
      '3-clause bsd',
      '3 clause bsd',
      'new bsd',
      'modified bsd',
      'revised bsd',
      'bsd-new',
      'bsd-like',
      'bsd-style',
      'bsd (3 clause)',
      'bsd-3-clause-new',
      'new bsd 3-clause',
      'bsd 3-clause new',
      'eclipse distribution 1.0',
      'edl 1.0',
      'eclipse distribution v1.0',
      'bsd 3-clause new or revised',
    ],
    'BSD-2-Clause': [
      'bsd2',
      'bsd-2',
      'bsd 2',
      'bsd_2_clause',
      'bsd 2-clause',
      'bsd 2 clause',
      '2-clause bsd',
      '2 clause bsd',
      'simplified bsd',
      'freebsd',
      'free bsd',
      'bsd 2-clause simplified',
    ],
    'BSD-4-Clause': [
      'bsd4',
      'bsd-4',
      'bsd with advertising',
      '4-clause bsd',
      'original bsd',
      'old bsd',
      'bsd 4-clause',
    ],
    '0BSD': ['bsd zero clause', 'zero-clause bsd', 'bsd-0-clause', 'bsd 0-clause', 'zero clause bsd'],
    ISC: ['iscl', 'isc (iscl)', 'internet systems consortium'],
    'MPL-1.1': ['mpl 1.1', 'mplv1.1', 'mozilla public 1.1', 'mozilla_1_1', 'mozilla public 1.1 (mpl 1.1)'],
    'MPL-1.0': ['mpl 1.0', 'mozilla_1_0', 'mozilla public 1.0 (mpl)'],
    'MPL-2.0': [
      'mpl',
      'mpl2',
      'mpl 2.0',
      'mplv2.0',
      'mozilla public 2.0',
      'mozilla public 2.0 (mpl 2.0)',
      'mpl-2',
      'mozilla public',
    ],
    'EPL-1.0': ['epl', 'epl 1.0', 'eclipse public 1.0', 'eclipse public', 'eclipse public 1.0 (epl-1.0)'],
    'EPL-2.0': ['epl 2.0', 'epl2', 'eclipse public 2.0', 'eclipse public 2.0 (epl-2.0)'],
    'CDDL-1.0': [
      'cddl',
      'cddl 1.0',
      'common development and distribution',
      'common development and distribution 1.0',
      'cddl-1.0',
    ],
    'CDDL-1.1': ['cddl 1.1', 'common development and distribution 1.1'],
    'CPL-1.0': ['cpl', 'cpl 1.0', 'common public', 'common public 1.0'],
    'CC0-1.0': [
      'cc0',
      'cc0 1.0',
      'cc0 1.0 universal',
      'cc0 1.0 universal (cc0 1.0) public domain dedication',
      'creative commons zero',
      'public domain, per creative commons cc0',
    ],
    'CC-BY-4.0': [
      'cc by 4.0',
      'cc-by 4.0',
      'creative commons attribution 4.0',
      'creative commons attribution 4.0 international',
    ],
    'CC-BY-3.0': ['cc by 3.0', 'cc-by 3.0', 'creative commons attribution 3.0'],
    'CC-BY-SA-4.0': ['cc by-sa 4.0', 'cc-by-sa 4.0', 'creative commons attribution-sharealike 4.0'],
    'CC-BY-SA-3.0': ['cc by-sa 3.0', 'cc-by-sa 3.0', 'creative commons attribution-sharealike 3.0'],
    'CC-BY-NC-4.0': ['cc by-nc 4.0', 'creative commons attribution-noncommercial 4.0'],
    'MS-PL': ['microsoft public', 'ms-pl', 'microsoft public (ms-pl)'],
    Unlicense: ['unlicense (unlicense)', 'the unlicense (unlicense)', 'unlicence'],
    WTFPL: ['wtfpl 2', 'do what the fuck you want to public', 'do what the f*ck you want to public'],
    Zlib: ['zlib/libpng', 'zlib-libpng', 'zlib/libpng (zlib)'],
    'BSL-1.0': ['boost', 'boost software', 'boost software 1.0', 'boost software 1.0 (bsl-1.0)', 'boost 1.0'],
    'PSF-2.0': ['psf', 'psfl', 'python software foundation', 'python software foundation 2.0', 'psf-2'],
    'Python-2.0': ['python', 'python 2.0', 'cnri python'],
    'Artistic-1.0': ['artistic', 'artistic_1', 'artistic 1.0'],
    'Artistic-2.0': ['artistic2', 'artistic_2', 'artistic 2.0', 'artistic-2'],
    'Artistic-1.0-Perl OR GPL-1.0-or-later': [
      'perl',
      'perl_5',
      'perl 5',
      'perl5',
      'gpl+ or artistic',
      'artistic or gpl-1+',
      'gpl-1+ or artistic',
      'same as perl',
    ],
    W3C: ['w3c', 'w3c software', 'w3c software notice and license', 'w3c software and document notice and'],
    PostgreSQL: ['postgresql', 'postgres'],
    'OFL-1.1': ['ofl', 'ofl 1.1', 'sil open font 1.1', 'sil open font 1.1 (ofl-1.1)', 'sil open font'],
    OpenSSL: ['openssl', 'open_ssl', 'openssl/ssleay'],
    'GPL-1.0-or-later': [
      'gpl',
      'gpl+',
      'gnu gpl',
      'gnu general public',
      'gnu general public (gpl)',
      'the gpl',
      'gpl (>= 1)',
      'gpl-1+',
    ],
    'LGPL-2.0-or-later': [
      'lgpl',
      'lgpl+',
      'gnu lgpl',
      'gnu library or lesser general public (lgpl)',
      'gnu library or lesser general public',
      'gnu lesser general public',
      'gnu library general public',
    ],
    'AGPL-3.0-only': ['agpl', 'gnu agpl', 'gnu affero general public', 'agpl_3'],
    Ruby: ["ruby's", 'ruby', 'ruby license'],
    Vim: ['vim', 'charityware'],
    HPND: ['historical permission notice and disclaimer (hpnd)', 'historical permission notice and disclaimer'],
    'UPL-1.0': ['universal permissive (upl)', 'universal permissive 1.0', 'upl 1.0', 'upl'],
    'EUPL-1.2': ['eupl', 'eupl 1.2', 'european union public 1.2 (eupl 1.2)'],
    'EUPL-1.1': ['eupl 1.1', 'european union public 1.1 (eupl 1.1)'],
    'ZPL-2.1': ['zpl 2.1', 'zope public', 'zpl'],
    'AFL-2.1': ['academic free', 'academic free (afl)', 'afl 2.1'],
    'AFL-3.0': ['afl 3.0', 'academic free 3.0'],
    NCSA: ['university of illinois/ncsa open source', 'ncsa'],
    'SSPL-1.0': ['sspl', 'server side public'],
    'Elastic-2.0': ['elastic 2.0', 'elastic'],
    'BUSL-1.1': ['business source 1.1', 'busl', 'bsl 1.1'],
    'CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0': [
      'cddl + gplv2 with classpath exception',
      'cddl+gpl',
      'cddl/gplv2+ce',
      'dual consisting of the cddl 1.1 and gpl 2',
    ],
    'Apache-2.0 OR MIT': ['apache-2.0/mit', 'mit/apache-2.0', 'apache/mit', 'mit/apache'],
  }).flatMap(([id, names]) => names.map(name => [name, id] as const)),
)

const prefixes =
  /^(?:license\s*::\s*)?(?:osi approved\s*::\s*)?(?:the\s+)?|^public domain,?\s+(?=per )|^copyright.{0,80}?under (?:the )?/i
const endings = /[\s,]*\b(?:licen[cs]e[sd]?|licen[cs]ing)\b\s*(?=$|[,;(]|v(?:ersion)?\b|\d|or |and |\+)/gi

/** A name as the table has it: no `the`, no `License`, no trove classes, one way of writing versions. */
export function plainName(text: string): string {
  return text
    .slice(0, 300)
    .replace(/^.*::\s*/, '')
    .replace(/^dual\s+/i, '')
    .replace(/\s+-\s+(?=v|\d)/i, ' ')
    .replace(prefixes, '')
    .replace(/\bversion\s+/gi, '')
    .replace(/\bv\s?(?=\d)/gi, '')
    .replace(endings, ' ')
    .replace(/[“”"']/g, '')
    .replace(/[\s,]+/g, ' ')
    .trim()
    .toLowerCase()
}

const gnuKinds: [words: RegExp, id: string][] = [
  [/\bagpl|affero/i, 'AGPL'],
  [/\blgpl|\b(?:lesser|library)\b/i, 'LGPL'],
  [/\bgfdl|\bfdl\b|free documentation/i, 'GFDL'],
  [/\bgpl|general public/i, 'GPL'],
]

/**
 * The GNU licences, whose version and "or later" are written in many ways: `GPL-2+`, `GPLv2+`, `LGPL (>= 2.1)`, `GNU General Public License v3 or later (GPLv3+)`,
 * `GPL_3`, `GPL 2.0 only`. Undefined for anything else.
 */
export function gnuLicense(text: string): string | undefined {
  const single = text.replace(/\b(?:and\/)?or (?:any )?(?:later|newer|above)\b|\blibrary or lesser\b/gi, '')
  if (text.length > 120 || /\b(?:and|or|with|exception|mit|bsd|apache|mpl)\b|[|/&;]/i.test(single)) return undefined
  const kind = gnuKinds.find(([words]) => words.test(text))?.[1]
  if (kind === undefined) return undefined
  const [, major, minor = '0'] = /(\d)(?:[._](\d))?/.exec(text) ?? []
  if (major === undefined) return undefined
  const later = /\+|>=?|or (?:any )?later|or newer|later\b|or above/i.test(text)
  return `${kind}-${major}.${minor}-${later ? 'or-later' : 'only'}`
}

/** Addresses that stand for a licence. */
export function licenseOfUrl(text: string): string | undefined {
  const [, rest] = /^<?https?:\/\/(?:www\.)?([^\s>]{4,200})>?$/i.exec(text.trim()) ?? []
  if (rest === undefined) return undefined
  const path = rest
    .toLowerCase()
    .replace(/\.(?:html?|txt|php|md)$/, '')
    .replace(/\/$/, '')
  const listed =
    /^(?:spdx\.org\/licenses|(?:opensource\.org|choosealicense\.com)\/licenses?|licenses\.nuget\.org)\/([\w.+-]+)$/.exec(
      path,
    )?.[1]
  if (listed !== undefined) return listed
  const [, version] = /^apache\.org\/licenses\/license-(\d\.\d)$/.exec(path) ?? []
  if (version !== undefined) return `Apache-${version}`
  const [, kind, number = ''] =
    /^gnu\.org\/(?:licenses|copyleft)\/(?:old-licenses\/)?(a?gpl|lgpl|fdl)(?:-(\d\.\d))?/.exec(path) ?? []
  if (kind !== undefined) return gnuLicense(`${kind} ${number}`)
  const [, terms, at] = /^creativecommons\.org\/licenses\/(by[a-z-]*)\/(\d\.\d)/.exec(path) ?? []
  if (terms !== undefined) return `CC-${terms.toUpperCase()}-${at}`
  if (/^creativecommons\.org\/publicdomain\/zero\/1\.0/.test(path)) return 'CC0-1.0'
  if (/^eclipse\.org\/legal\/epl-v?(\d)/.test(path)) return `EPL-${/epl-v?(\d)/.exec(path)![1]}.0`
  if (/^mozilla\.org\/.*mpl\/2\.0|^mozilla\.org\/mpl\/2/.test(path)) return 'MPL-2.0'
  if (/^(?:jquery\.org\/license|github\.com\/[\w.-]+\/[\w.-]+\/(?:raw|blob)\/.*mit-license)/.test(path)) return 'MIT'
  return undefined
}

const exceptions: [words: string, id: string][] = [
  ['classpath', 'Classpath-exception-2.0'],
  ['autoconf', 'Autoconf-exception-3.0'],
  ['bison', 'Bison-exception-2.2'],
  ['font', 'Font-exception-2.0'],
  ['gcc', 'GCC-exception-3.1'],
  ['gcc runtime library', 'GCC-exception-3.1'],
  ['libtool', 'Libtool-exception'],
  ['llvm', 'LLVM-exception'],
  ['linux syscall', 'Linux-syscall-note'],
  ['swift runtime library', 'Swift-exception'],
]

/** `GPL-2+ with Classpath exception`, `GPL-2.0-with-classpath-exception` in SPDX's words. */
export function namedException(text: string): string {
  const [, license, words] =
    /^(.{3,40}?)[ -]with[ -](?:the )?([a-z ]{3,24}?)[ -]exception(?:[ -][\d.]+)?$/i.exec(text) ?? []
  const id = exceptions.find(([name]) => name === words?.toLowerCase())?.[1]
  if (license === undefined || id === undefined) return text
  return `${gnuLicense(license) ?? license} WITH ${id}`
}
