import { Button } from '@mantine/core'
import type { JobInput } from '../../../server/schemas/jobs.ts'
import { useWrite } from '../api/query.ts'
import { useMay } from '../api/session.tsx'
import { useText } from '../text/text.tsx'
import { useNotify } from './notify.tsx'

/** Puts a job into the queue. */
export function StartJob({ kind, target = '', label }: { kind: JobInput['kind']; target?: string; label: string }) {
  const { t } = useText()
  const notify = useNotify()
  const may = useMay('analyst')
  const start = useWrite<unknown, JobInput>('POST', 'jobs', ['jobs', 'images', 'health', 'today'])
  return (
    <Button
      disabled={!may}
      loading={start.isPending}
      onClick={() =>
        start.mutate({ kind, target }, { onSuccess: () => notify.done(t('job.asked')), onError: notify.failed })
      }
    >
      {label}
    </Button>
  )
}
