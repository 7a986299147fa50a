import type { Severity, SeverityCounts } from '../../../server/schemas/common.ts'
import { count } from '../format/number.ts'
import { useText } from '../text/text.tsx'

export const severities: Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']

/** A severity as a word on its colour. */
export function SeverityTag({ value }: { value: Severity }) {
  const { word } = useText()
  return <span className={`tag ${value.toLowerCase()}`}>{word(`severity.${value}`)}</span>
}

/** Findings by severity, worst first; read out as words. */
export function Counts({ value }: { value: SeverityCounts }) {
  const { t, word, lang } = useText()
  const label = severities.map(severity => `${word(`severity.${severity}`)} ${value[severity]}`).join(', ')
  return (
    <span className="counts" role="img" aria-label={t('counts.label', { counts: label })} title={label}>
      {severities
        .filter(severity => severity !== 'UNKNOWN' || value.UNKNOWN > 0)
        .map(severity => (
          <span key={severity} className={`tag ${value[severity] === 0 ? 'zero' : severity.toLowerCase()}`}>
            {count(value[severity], lang)}
          </span>
        ))}
    </span>
  )
}

const tones: Record<string, string> = {
  Emergency: 'critical',
  Alert: 'critical',
  Critical: 'critical',
  Error: 'high',
  Warning: 'medium',
  Notice: 'low',
  Informational: '',
  Debug: '',
}

/** The priority of a runtime rule, on the colour of the severity that it is like. */
export function PriorityTag({ value }: { value: string }) {
  const { word } = useText()
  return <span className={`tag ${tones[value] ?? ''}`}>{word(`priority.${value}`)}</span>
}

export type Tone = 'critical' | 'high' | 'medium' | 'low' | 'good' | 'accent' | ''

export function Tag({ tone = '', children, title }: { tone?: Tone; children: React.ReactNode; title?: string }) {
  return (
    <span className={`tag ${tone}`} title={title}>
      {children}
    </span>
  )
}
