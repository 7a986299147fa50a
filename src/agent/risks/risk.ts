import type { Risk } from '../../server/schemas/hosts.ts'
import { type RiskKind, riskTexts } from './texts.ts'

/** A risk in both languages; `detail` stands where its texts leave room, and tells several of a kind apart. */
export function riskOf(kind: RiskKind, detail = '', fix?: Risk['fix']): Risk {
  const { severity, title, why } = riskTexts[kind]
  const filled = { en: title.en.replace('$', () => detail), ko: title.ko.replace('$', () => detail) }
  return {
    id: detail === '' ? kind : `${kind}:${detail}`.slice(0, 200),
    severity,
    title: filled,
    why,
    ...(fix && { fix }),
  }
}

const order = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']

/** The worst first. */
export function sortRisks(risks: Risk[]): Risk[] {
  return risks.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}
