import type { Alert } from '../base/model/runtime.ts'
import type { Containers } from '../runtime/containers/open.ts'
import { keepInForce } from '../runtime/respond/keep.ts'
import { createPlaybookRunner, type Responded } from '../runtime/respond/playbooks.ts'
import type { Responder } from '../runtime/respond/responder.ts'
import { serveSensor } from '../runtime/respond/sensor-link.ts'
import type { Context } from './context.ts'
import { openHouse, sayTidied } from './respond-verb.ts'

export interface Responses {
  /** Answers an alert by the playbooks, and says what was done. Never throws. */
  onAlert(alert: Alert): void
  stop(): void
}

/** Gives the last events of a container, for the evidence. */
export type LastEvents = (containerId: string) => Promise<string[]>

/**
 * What a running `jenner watch` does beside watching: playbooks (`respond.yaml` in the state folder) answer alerts, time boxes end,
 * isolations outlive a restart of their container. Throws bad_argument for a policy with faults.
 */
export async function startResponses(
  state: string | undefined,
  containers: Containers,
  lastEvents: LastEvents,
  context: Context,
): Promise<Responses> {
  const responder = openHouse(state, context)
  const served = await begin(responder, lastEvents, context).catch(error => {
    responder.close()
    throw error
  })
  const runner = createPlaybookRunner(responder)
  const stopKeeping = keepInForce(responder, containers, tidied => sayTidied(tidied, context))
  const answer = async (alert: Alert): Promise<void> => {
    const events = alert.container === undefined ? [] : await lastEvents(alert.container.id).catch(() => [])
    const done = await runner.respond(alert, events)
    if (done) sayAnswer(done, alert, context)
  }
  return {
    onAlert(alert) {
      if (responder.policy.playbooks.length > 0) void answer(alert)
    },
    stop: () => {
      stopKeeping()
      served?.close()
      responder.close()
    },
  }
}

async function begin(responder: Responder, lastEvents: LastEvents, context: Context) {
  if (responder.active().length > 0) sayTidied(await responder.tidy(), context)
  return await serveSensor(responder.folder, { lastEvents })
}

function sayAnswer({ playbook, mode, results, errors }: Responded, alert: Alert, context: Context): void {
  if (mode === 'answered') return
  const name = alert.container?.name ?? ''
  const steps = results.flatMap(result => result.steps.map(({ action }) => action)).join(', ')
  if (mode === 'limited' || steps !== '')
    context.say(context.text(`respond.playbook.${mode}`, { playbook, name, steps }))
  for (const error of errors) context.say(context.text('respond.playbook.failed', { playbook, name, error }))
}
