import type { Risk } from '../../../server/schemas/hosts.ts'
import type { Vulnerability } from '../../../server/schemas/vulnerabilities.ts'
import { percent } from '../format/number.ts'
import { visible } from '../format/safe.ts'
import { Code } from '../parts/code.tsx'
import { SeverityTag, Tag, type Tone } from '../parts/severity.tsx'
import { useText } from '../text/text.tsx'

const reasonTones: Record<string, Tone> = {
  kev: 'critical',
  ransomware: 'critical',
  loaded: 'high',
  exposed: 'medium',
  privileged: 'medium',
  fix: 'good',
}

/** Why something stands where it stands: codes of the ranking, as words. */
export function Reasons({ value, limit = 8 }: { value: string[]; limit?: number }) {
  const { word, lang } = useText()
  return (
    <span className="row" style={{ gap: 4 }}>
      {value.slice(0, limit).map(reason => {
        const [code = '', amount = ''] = reason.split(':')
        const number = Number(amount)
        const shown =
          code === 'epss' ? percent(number, lang) : Number.isFinite(number) ? number.toLocaleString(lang) : ''
        return (
          <Tag key={reason} tone={reasonTones[code] ?? ''} title={word(`reason_why.${code}`)}>
            {visible(word(`reason.${code}`), { limit: 60 })}
            {amount !== '' && ` ${shown}`}
          </Tag>
        )
      })}
    </span>
  )
}

export function InUseTag({ value }: { value: Vulnerability['inUse'] }) {
  const { t } = useText()
  const tone: Tone = value === 'yes' ? 'high' : ''
  return (
    <Tag tone={tone} title={t(`in_use.why_${value}`)}>
      {t(`in_use.${value}`)}
    </Tag>
  )
}

/** What is risky in a set-up, why, and the change that mends it. */
export function Risks({ value }: { value: Risk[] }) {
  const { both, t } = useText()
  return (
    <ul className="list">
      {value.map(risk => (
        <li key={risk.id} className="stack tight">
          <div className="row">
            <SeverityTag value={risk.severity} />
            <span className="strong">{visible(both(risk.title))}</span>
          </div>
          <span>{visible(both(risk.why))}</span>
          {risk.fix && <Code label={t('fix.label')} text={risk.fix.diff} />}
        </li>
      ))}
    </ul>
  )
}
