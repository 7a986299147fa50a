import { Button, Modal, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Action, ActionInput } from '../../../server/schemas/actions.ts'
import { useOne, useWrite } from '../api/query.ts'
import { useMay } from '../api/session.tsx'
import { duration } from '../format/number.ts'
import { visible } from '../format/safe.ts'
import { Long } from '../parts/long.tsx'
import { Tag, type Tone } from '../parts/severity.tsx'
import { Ago } from '../parts/time.tsx'
import { useText } from '../text/text.tsx'
import { useNotify } from './notify.tsx'

type Step = Action['step']
const steps: Step[] = ['evidence', 'isolate', 'pause', 'stop', 'kill']
const touched = ['actions', 'incidents', 'containers', 'jobs']

/** The ladder of response for one container: each step opens a form with a dry run and a time after which it is undone. */
export function RespondButtons({ containerId, incidentId }: { containerId: string; incidentId?: string }) {
  const { t } = useText()
  const may = useMay('analyst')
  const [step, setStep] = useState<Step>()
  return (
    <>
      <div className="row" title={may ? undefined : t('respond.no_role')}>
        {steps.map(value => (
          <Button
            key={value}
            disabled={!may || containerId === ''}
            variant={value === 'isolate' ? 'filled' : 'default'}
            onClick={() => setStep(value)}
          >
            {t(`step.${value}`)}
          </Button>
        ))}
      </div>
      {step && (
        <Modal
          opened
          onClose={() => setStep(undefined)}
          title={t('respond.title', { step: t(`step.${step}`) })}
          closeButtonProps={{ 'aria-label': t('do.close') }}
        >
          <RespondForm step={step} containerId={containerId} incidentId={incidentId} close={() => setStep(undefined)} />
        </Modal>
      )}
    </>
  )
}

interface FormProps {
  step: Step
  containerId: string
  incidentId: string | undefined
  close: () => void
}

function RespondForm({ step, containerId, incidentId, close }: FormProps) {
  const { t } = useText()
  const notify = useNotify()
  const [reason, setReason] = useState('')
  const [seconds, setSeconds] = useState('3600')
  const [told, setTold] = useState<Action>()
  const act = useWrite<Action, ActionInput>('POST', 'actions', touched)
  const waits = told?.state === 'requested' || told?.state === 'running'
  // The agent does it, in its own time: what it found is told by a live event.
  const later = useOne<Action>(waits ? `actions/${encodeURIComponent(told.id)}` : undefined)
  const outcome = later.data ?? told
  const undoes = step === 'isolate' || step === 'pause'
  const run = async (dryRun: boolean) => {
    try {
      const action = await act.mutateAsync({
        step,
        containerId,
        dryRun,
        reason,
        ...(incidentId ? { incidentId } : {}),
        ...(undoes && seconds !== '' ? { seconds: Number(seconds) } : {}),
      })
      if (dryRun) return setTold(action)
      notify.done(t('respond.asked', { step: t(`step.${step}`), state: t(`action.${action.state}`) }))
      close()
    } catch (error) {
      notify.failed(error as Error)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(false)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <span>{t(`step_why.${step}`)}</span>
      {undoes && (
        <NativeSelect
          label={t('respond.until')}
          value={seconds}
          data={(['900', '3600', '14400', '86400', ''] as const).map(value => ({
            value,
            label: t(`respond.for_${value || 'ever'}`),
          }))}
          onChange={event => setSeconds(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('respond.reason')}
        data-autofocus
        maxLength={2000}
        value={reason}
        onChange={e => setReason(e.currentTarget.value)}
      />
      {outcome && (
        <div className="panel panel-body">
          <b>{t('respond.would')}</b>
          <div className="mono" style={{ whiteSpace: 'pre-wrap' }}>
            {visible(outcome.detail || t(`action.${outcome.state}`), { lines: true })}
          </div>
        </div>
      )}
      <div className="row">
        <Button loading={act.isPending} onClick={() => void run(true)}>
          {t('respond.dry_run')}
        </Button>
        <Button className="end" onClick={close}>
          {t('do.cancel')}
        </Button>
        <Button
          type="submit"
          variant="filled"
          color={step === 'stop' || step === 'kill' ? 'red.9' : 'teal'}
          loading={act.isPending}
        >
          {t(`step.${step}`)}
        </Button>
      </div>
    </form>
  )
}

const tones: Record<Action['state'], Tone> = {
  requested: '',
  running: 'accent',
  active: 'accent',
  done: 'good',
  undone: '',
  failed: 'critical',
  refused: 'high',
}

export function ActionState({ value }: { value: Action['state'] }) {
  const { t } = useText()
  return <Tag tone={tones[value]}>{t(`action.${value}`)}</Tag>
}

/** Takes a step back, where that can be done. */
export function UndoButton({ action }: { action: Action }) {
  const { t } = useText()
  const notify = useNotify()
  const may = useMay('analyst')
  const undo = useWrite<unknown, Action>('POST', ({ id }) => `actions/${encodeURIComponent(id)}/undo`, touched)
  if (!action.undoable || action.state !== 'active') return null
  return (
    <Button
      disabled={!may}
      loading={undo.isPending}
      onClick={() =>
        undo.mutate(action, { onSuccess: () => notify.done(t('respond.undo_asked')), onError: notify.failed })
      }
    >
      {t('respond.undo')}
    </Button>
  )
}

/** Steps taken, newest first, each with its undo. */
export function ActionList({ actions }: { actions: Action[] }) {
  const { t, lang } = useText()
  if (actions.length === 0) return <p className="note panel-body">{t('respond.none')}</p>
  return (
    <ul className="list">
      {actions.map(action => (
        <li key={action.id} className="row">
          <ActionState value={action.state} />
          <span className="strong">{t(`step.${action.step}`)}</span>
          {action.dryRun && <Tag>{t('respond.dry_run')}</Tag>}
          <span className="dim small">
            {visible(action.requestedBy)} · <Ago at={action.createdAt} />
            {action.milliseconds !== undefined && ` · ${duration(action.milliseconds, lang)}`}
          </span>
          <span className="end">
            <UndoButton action={action} />
          </span>
          <div style={{ flexBasis: '100%' }}>
            <Long text={action.detail} />
          </div>
        </li>
      ))}
    </ul>
  )
}
