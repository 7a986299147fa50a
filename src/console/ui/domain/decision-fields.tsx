import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { DecisionInput } from '../../../server/schemas/decisions.ts'
import { useText } from '../text/text.tsx'

export const statuses: DecisionInput['status'][] = ['fixing', 'accepted', 'false_positive', 'not_affected']
export type Justification = NonNullable<DecisionInput['justification']>
export const justifications: Justification[] = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
]

interface FieldProps<Value extends string> {
  value: Value
  set: (value: Value) => void
}

/** What is decided. */
export function StatusField({ value, set, focus = false }: FieldProps<DecisionInput['status']> & { focus?: boolean }) {
  const { t, word } = useText()
  return (
    <NativeSelect
      label={t('decide.status')}
      {...(focus && { 'data-autofocus': true })}
      value={value}
      data={statuses.map(each => ({ value: each, label: word(`decision.${each}`) }))}
      onChange={event => set(event.currentTarget.value as typeof value)}
    />
  )
}

/** Why something is not affected, in OpenVEX's words. */
export function JustificationField({ value, set }: FieldProps<Justification>) {
  const { t, word } = useText()
  return (
    <NativeSelect
      label={t('decide.justification')}
      value={value}
      data={justifications.map(each => ({ value: each, label: word(`justification.${each}`) }))}
      onChange={event => set(event.currentTarget.value as Justification)}
    />
  )
}

/** Who answers for it. */
export function OwnerField({ value, set }: FieldProps<string>) {
  const { t } = useText()
  return (
    <TextInput
      label={t('decide.owner')}
      required
      maxLength={200}
      value={value}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}

export function CommentField({ value, set }: FieldProps<string>) {
  const { t } = useText()
  return (
    <Textarea
      label={t('decide.comment')}
      maxLength={5000}
      value={value}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}
