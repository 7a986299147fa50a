import { NativeSelect } from '@mantine/core'
import type { Assignees, IncidentDetail, IncidentPatch } from '../../../server/schemas/incidents.ts'
import { useOne, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { useText } from '../../ui/text/text.tsx'

/** Gives an incident to somebody who may handle it, or to nobody. Whoever has it now stays in the list, also where the account is gone. */
export function Assign({ incident }: { incident: IncidentDetail }) {
  const { t } = useText()
  const may = useMay('analyst')
  const notify = useNotify()
  const people = useOne<Assignees>('incidents/assignees')
  const patch = useWrite<unknown, IncidentPatch>('PATCH', `incidents/${encodeURIComponent(incident.id)}`, [
    'incidents',
    'today',
  ])
  const names = new Set([
    ...(incident.assignee ? [incident.assignee] : []),
    ...(people.data ?? []).map(one => one.name),
  ])
  const give = (name: string) =>
    patch.mutate(
      { assignee: name === '' ? null : name },
      { onSuccess: () => notify.done(t('assign.done')), onError: notify.failed },
    )
  return (
    <NativeSelect
      aria-label={t('incidents.assignee')}
      disabled={!may || patch.isPending}
      value={incident.assignee ?? ''}
      data={[
        { value: '', label: t('assign.nobody') },
        ...[...names].map(value => ({ value, label: visible(value, { limit: 100 }) })),
      ]}
      onChange={event => give(event.currentTarget.value)}
    />
  )
}
