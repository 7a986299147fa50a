import { categoryOf, type LicenseTree } from './category.ts'

/** Identifiers (`GPL-3.0` means its `-only` and `-or-later` too), patterns with `*`, or categories (`restricted`). */
export interface LicensePolicy {
  allow: readonly string[]
  deny: readonly string[]
}

export type Ruling = 'allow' | 'deny' | undefined

/** What the policy says of an expression: of alternatives one that is allowed suffices, and all must be denied; what holds together must all be allowed. Denial goes first. */
export function rulingOf(tree: LicenseTree, policy: LicensePolicy): Ruling {
  if ('license' in tree) {
    if (policy.deny.some(entry => names(entry, tree.license))) return 'deny'
    return policy.allow.some(entry => names(entry, tree.license)) ? 'allow' : undefined
  }
  const sides = [rulingOf(tree.left, policy), rulingOf(tree.right, policy)]
  if (tree.conjunction === 'or')
    return sides.includes('allow') ? 'allow' : sides.every(side => side === 'deny') ? 'deny' : undefined
  return sides.includes('deny') ? 'deny' : sides.every(side => side === 'allow') ? 'allow' : undefined
}

function names(entry: string, license: string): boolean {
  const wanted = entry.trim().toLowerCase()
  const id = license.toLowerCase()
  if (wanted === id || wanted === categoryOf(license)) return true
  const bare = id.replace(/ with .*$/s, '')
  if (wanted === bare || wanted === bare.replace(/\+$|-(?:only|or-later)$/, '')) return true
  return wanted.includes('*') && fits(wanted.split('*'), bare)
}

/** `*` stands for any text; the pieces between must follow each other. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const [index, piece] of rest.entries()) {
    const last = index === rest.length - 1
    const found = last ? text.length - piece.length : text.indexOf(piece, at)
    if (found < at || !text.startsWith(piece, found)) return false
    at = found + piece.length
  }
  return true
}
