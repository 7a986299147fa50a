import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Output } from '../../../server/schemas/outputs.ts'
import { type ApiError, write } from '../../ui/api/client.ts'
import { usePages, useWrite } from '../../ui/api/query.ts'
import { useNotify } from '../../ui/domain/notify.tsx'
import { count, duration } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { Panel } from '../../ui/parts/page.tsx'
import { PriorityTag, Tag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { OutputForm } from './output-form.tsx'

/** Where alerts go, and whether they arrive. */
export function Outputs() {
  const { t } = useText()
  const outputs = usePages<Output>('outputs', {}, 100)
  const [editing, setEditing] = useState<Output | 'new'>()
  return (
    <Panel
      title={t('platform.outputs')}
      note={
        <Button variant="filled" onClick={() => setEditing('new')}>
          {t('outputs.add')}
        </Button>
      }
      flush
    >
      <Ready of={{ ...outputs, data: outputs.data && outputs.rows }}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={t('outputs.none')}>{t('outputs.none_why')}</Empty>
          ) : (
            <ul className="list">
              {rows.map(output => (
                <OneOutput key={output.id} output={output} edit={() => setEditing(output)} />
              ))}
            </ul>
          )
        }
      </Ready>
      {editing && <OutputForm output={editing === 'new' ? undefined : editing} close={() => setEditing(undefined)} />}
    </Panel>
  )
}

interface Tested {
  delivered: boolean
  milliseconds: number
  error?: string
}

function OneOutput({ output, edit }: { output: Output; edit: () => void }) {
  const { t, word, lang } = useText()
  const notify = useNotify()
  const path = `outputs/${encodeURIComponent(output.id)}`
  const remove = useWrite('DELETE', path, ['outputs'])
  const retry = useWrite('POST', `${path}/retry`, ['outputs'])
  const test = useMutation<Tested, ApiError>({
    mutationFn: () => write<Tested>('POST', `${path}/test`, {}),
    onError: notify.failed,
  })
  return (
    <li className="stack tight">
      <div className="row">
        <Tag tone={output.enabled ? 'good' : ''}>{t(output.enabled ? 'rules.on' : 'rules.off')}</Tag>
        <span className="strong">{visible(output.name, { limit: 100 })}</span>
        <Tag>{word(`output_kind.${output.kind}`)}</Tag>
        <PriorityTag value={output.minimum} />
        <span className="end row">
          <Button loading={test.isPending} onClick={() => test.mutate()}>
            {t('outputs.test')}
          </Button>
          {output.dead > 0 && (
            <Button loading={retry.isPending} onClick={() => retry.mutate({}, { onError: notify.failed })}>
              {t('outputs.retry')}
            </Button>
          )}
          <Button onClick={edit}>{t('outputs.edit')}</Button>
          <Button onClick={() => remove.mutate(undefined, { onError: notify.failed })}>{t('do.remove')}</Button>
        </span>
      </div>
      <div className="small dim">
        {t('outputs.counts', {
          delivered: count(output.delivered, lang),
          pending: count(output.pending, lang),
          failed: count(output.failed, lang),
          dead: count(output.dead, lang),
        })}{' '}
        · {t('outputs.last')} <Ago at={output.lastDelivered} />
      </div>
      {output.lastError && <div className="small mono">{visible(output.lastError, { limit: 500 })}</div>}
      {test.data && (
        <div role="status" className="row">
          <Tag tone={test.data.delivered ? 'good' : 'critical'}>
            {t(test.data.delivered ? 'outputs.arrived' : 'outputs.not_arrived')}
          </Tag>
          <span className="small">{duration(test.data.milliseconds, lang)}</span>
          <span className="small mono">{visible(test.data.error ?? '', { limit: 500 })}</span>
        </div>
      )}
    </li>
  )
}
