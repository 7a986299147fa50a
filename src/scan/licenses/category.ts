/// <reference path="./spdx-expression-parse.d.ts" />
import parse, { type Info } from 'spdx-expression-parse'
import { toLicenseExpression } from '../../base/licenses/expression.ts'
import { type LicenseCategory, licenseCategories } from '../../base/model/report.ts'
import type { Severity } from '../../base/model/severity.ts'

/** A licence expression as a tree; a leaf is one licence with or without an exception. */
export type LicenseTree = { license: string } | { conjunction: 'and' | 'or'; left: LicenseTree; right: LicenseTree }

/** Patterns of SPDX identifiers by what a licence asks of whoever passes the software on. The first that fits decides; as Google's classifier and Trivy sort them. */
const patterns: [category: LicenseCategory, ids: RegExp][] = [
  [
    'forbidden',
    /^(?:AGPL-|CC-BY-NC|SSPL-|Commons-Clause|Facebook-|BUSL-|Elastic-|PolyForm-|Hippocratic|WTFPL$|JSON$|CPOL|Aladdin|NCGL|RPL-)/i,
  ],
  [
    'restricted',
    /^(?:GPL-|LGPL|LGPLLR|CC-BY-ND|CC-BY-SA|NPL-|OSL-|QPL-|Sleepycat|BCL|GFDL|EUPL-|CECILL-(?:1|2)|copyleft-next|MS-RL|CAL-|Parity|SISSL|OCLC|NGPL|CPAL|SimPL|YPL|Watcom|IPA|LiLiQ-R)/i,
  ],
  [
    'reciprocal',
    /^(?:APSL-|CDDL-|CPL-|EPL-|FreeImage|IPL-|MPL-|Ruby$|ErlPL|CECILL-C|RSCPL|Motosoto|Nokia|SPL-1|gSOAP|Interbase|CUA|OGTSL)/i,
  ],
  ['unencumbered', /^(?:CC0-|Unlicense$|0BSD$|MIT-0$|CC-PDDC|CC-PDM|PDDL|blessing$|SAX-PD|public-?domain)/i],
  [
    'notice',
    /^(?:AFL-|Apache-|Artistic-|AAL|BSL-1|BSD-|CC-BY-\d|ECL-|FTL|ISC|ImageMagick|Info-ZIP|ICU|IJG|libpng|libtiff|Libpng|Lil-|Linux-OpenIB|MIT|MS-PL|NCSA|NTP|OpenSSL|PHP-|PostgreSQL|PSF-|Python-|TCP-wrappers|TCL|UPL|Unicode-|Vim|W3C|X11|Xnet|Zend|Zlib|ZPL-|zlib|BlueOak|HPND|OFL-|OLDAP|SMLNJ|curl|bzip2|Beerware|Fair|JasPer|SSH-|Spencer|Boehm|FSFAP|FSFUL|GD|Latex2e|LPL-|LPPL|NAIST|SGI-B|Sendmail|TMate|EFL-|MulanPSL|CNRI|Bitstream|Naumen|Plexus|EDL|Expat|wxWindows|LZMA-SDK|Pixar|Glulxe|RSA-MD|snprintf|xpp|DOC|ClArtistic|VSL|WSUIPA|Intel|NIST|JPNIC|MirOS|OML|Newsletr|NetCDF|NLPL|PSFRAG|Rdisc|SWL|TU-|Wsuipa|XSkat|Zimbra|iMatix|mpich2|psutils|xinetd|Cube|eGenix|gnuplot|Leptonica|dtoa|magaz|mplus|OGC|libselinux|UCAR|UCL|MITNFA|SSLeay|Cornell|CMU|Net-SNMP|Entessa|Eurosym|FSFULLR|Adobe|AMD|APAFML|BitTorrent|Caldera|Crossword|Crystal|diffmark|DSDP|Giftware|HaskellReport|IBM-pibs|InnoSetup|Linux-man|Minpack|MPL$|Multics|Noweb|OpenPBS|Saxpath|SNIA|StandardML|Thor)/i,
  ],
]

const bySeverity: Record<LicenseCategory, Severity> = {
  forbidden: 'CRITICAL',
  restricted: 'HIGH',
  reciprocal: 'MEDIUM',
  notice: 'LOW',
  permissive: 'LOW',
  unencumbered: 'LOW',
  unknown: 'UNKNOWN',
}

export function severityOf(category: LicenseCategory): Severity {
  return bySeverity[category]
}

/** The tree of what a package states; undefined when it is no expression and no name that anybody knows. */
export function licenseTree(statement: string): LicenseTree | undefined {
  const expression = toLicenseExpression([statement])?.expression
  return expression === undefined ? undefined : treeOf(expression)
}

/** Undefined for what is no valid expression. */
export function treeOf(expression: string): LicenseTree | undefined {
  try {
    return simplified(parse(expression))
  } catch {
    return undefined
  }
}

/** The category of one identifier, without its exception, which only ever allows more. */
export function categoryOf(license: string): LicenseCategory {
  const id = license.replace(/^LicenseRef-/, '').replace(/ WITH .*$/s, '')
  const known = patterns.find(([, ids]) => ids.test(id))?.[0]
  return known ?? 'unknown'
}

/** Of alternatives whoever uses the software chooses: the mildest that is known counts. What holds together counts by the strictest. */
export function categoryOfTree(tree: LicenseTree): LicenseCategory {
  if ('license' in tree) return categoryOf(tree.license)
  const sides = [categoryOfTree(tree.left), categoryOfTree(tree.right)].sort((a, b) => strictness(a) - strictness(b))
  return tree.conjunction === 'and' ? sides[0]! : sides[1] === 'unknown' ? sides[0]! : sides[1]!
}

function strictness(category: LicenseCategory): number {
  return licenseCategories.indexOf(category)
}

/** The parts that hold together; alternatives stay one part. */
export function conjuncts(tree: LicenseTree): LicenseTree[] {
  return 'license' in tree || tree.conjunction === 'or' ? [tree] : [...conjuncts(tree.left), ...conjuncts(tree.right)]
}

export function textOfTree(tree: LicenseTree): string {
  if ('license' in tree) return tree.license
  const side = (inner: LicenseTree): string =>
    'conjunction' in inner && inner.conjunction !== tree.conjunction ? `(${textOfTree(inner)})` : textOfTree(inner)
  return `${side(tree.left)} ${tree.conjunction.toUpperCase()} ${side(tree.right)}`
}

function simplified(info: Info): LicenseTree {
  if ('license' in info) {
    const { license, plus, exception } = info
    return { license: `${current(license, plus === true)}${exception ? ` WITH ${exception}` : ''}` }
  }
  return { conjunction: info.conjunction, left: simplified(info.left), right: simplified(info.right) }
}

/** SPDX no longer names GNU's licences without saying whether later ones will do: `LGPL-2.1` is `-only`, `LGPL-2.1+` `-or-later`. */
function current(license: string, plus: boolean): string {
  if (/^(?:[AL]?GPL|GFDL)-\d\.\d$/.test(license)) return `${license}${plus ? '-or-later' : '-only'}`
  return `${license}${plus ? '+' : ''}`
}
