import type { FoundLicense } from '../../base/model/content.ts'
import type { Package } from '../../base/model/package.ts'
import type { LicenseCategory } from '../../base/model/report.ts'
import type { Severity } from '../../base/model/severity.ts'
import { categoryOf, categoryOfTree, conjuncts, licenseTree, severityOf, textOfTree, treeOf } from './category.ts'
import { type LicensePolicy, type Ruling, rulingOf } from './policy.ts'

/** A licence of a package or of a licence text, judged. */
export interface JudgedLicense {
  name: string
  category: LicenseCategory
  severity: Severity
  confidence: number
  ruling: Ruling
  link: string
}

/** What a package states, part by part; alternatives stay together. A package that states nothing has none. */
export function licensesOfPackage({ licenses }: Pick<Package, 'licenses'>, policy: LicensePolicy): JudgedLicense[] {
  const judged = licenses
    .filter(text => !/^(?:NOASSERTION|NONE)?$/.test(text.trim()))
    .flatMap(statement => judgeStatement(statement, policy))
  return [...new Map(judged.map(one => [one.name, one])).values()]
}

export function licensesOfFile({ licenses }: FoundLicense, policy: LicensePolicy): JudgedLicense[] {
  return licenses.flatMap(({ name, confidence }) => judgeStatement(name, policy).map(one => ({ ...one, confidence })))
}

function judgeStatement(statement: string, policy: LicensePolicy): JudgedLicense[] {
  const tree = licenseTree(statement)
  if (tree === undefined) return [judgedOf(statement.trim(), 'unknown', undefined)]
  return conjuncts(tree).map(part => {
    const name = textOfTree(part)
    const shown = name.startsWith('LicenseRef-') ? statement.trim() : name
    return judgedOf(shown, categoryOfTree(part), rulingOf(part, policy))
  })
}

function judgedOf(name: string, category: LicenseCategory, ruling: Ruling): JudgedLicense {
  const guessed = category === 'unknown' ? categoryOf(name) : category
  return {
    name,
    category: guessed,
    severity: ruling === 'deny' ? 'CRITICAL' : severityOf(guessed),
    confidence: 1,
    ruling,
    link: linkOf(name),
  }
}

function linkOf(name: string): string {
  const tree = /\s/.test(name) ? undefined : treeOf(name)
  return tree === undefined || name.startsWith('LicenseRef-')
    ? ''
    : `https://spdx.org/licenses/${name.replace(/\+$/, '')}.html`
}
