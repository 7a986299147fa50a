import { visible } from '../format/safe.ts'
import { Clip } from '../parts/go.tsx'
import { Facts } from '../parts/page.tsx'
import { useText } from '../text/text.tsx'
import { proofOf } from './proof.ts'

/** On two lines what tells most: the comparison of versions, or the masked match. */
export function ProofLine({ evidence }: { evidence: string }) {
  const [first, second] = proofOf(evidence)
  return (
    <>
      <Clip mono text={first?.value ?? '—'} />
      {second && second.name !== 'fingerprint' && <Clip mono className="small dim" text={second.value} />}
    </>
  )
}

/** All of it, each part by its name. */
export function Proof({ evidence }: { evidence: string }) {
  const { word } = useText()
  const parts = proofOf(evidence)
  if (parts.length === 1 && parts[0]!.name === '')
    return <div className="mono">{visible(evidence, { lines: true, limit: 1500 })}</div>
  return (
    <Facts
      rows={parts.map(({ name, value }) => [
        word(`proof.${name}`),
        <span key={name} className="mono">
          {visible(value, { lines: true, limit: 1500 })}
        </span>,
      ])}
    />
  )
}
