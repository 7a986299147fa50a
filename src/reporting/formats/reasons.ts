import { type Language, type MessageKey, translate } from '../../base/i18n/translate.ts'
import { escapeProse } from '../../base/text.ts'

/** The forms of `Priority.reasons`, and the sentence of each. A form without a sentence says what the line shows anyway. */
const forms: [form: RegExp, key: MessageKey | undefined][] = [
  [/^kev ransomware since (?<date>.+)$/, 'reason.kev_ransomware'],
  [/^kev since (?<date>.+)$/, 'reason.kev'],
  [/^in use$/, 'reason.in_use'],
  [/^not in use$/, 'reason.not_in_use'],
  [/^epss (?<score>[\d.]+) \((?<date>.+)\)$/, 'reason.epss'],
  [/^epss not known$/, 'reason.epss_unknown'],
  [/^cvss (?<score>[\d.]+) (?<source>.+)$/, 'reason.cvss'],
  [/^no fix \((?<status>.+)\)$/, 'reason.no_fix'],
  [/^severity /, undefined],
  [/^fixed in /, undefined],
]

/** Reasons in the reader's words, escaped; words of another maker stay as they are. */
export function explainReasons(reasons: readonly string[], language: Language): string[] {
  return reasons.flatMap(reason => {
    const text = escapeProse(reason)
    for (const [form, key] of forms) {
      const values = form.exec(text)
      if (values === null) continue
      return key === undefined ? [] : [translate(language, key, percent(values.groups ?? {}))]
    }
    return [text]
  })
}

function percent(values: Record<string, string>): Record<string, string> {
  if (values.score === undefined || values.date === undefined) return values
  return { ...values, score: `${(Number(values.score) * 100).toFixed(1)} %` }
}
