import type { Alert } from '../base/model/runtime.ts'
import type { Containers } from '../runtime/containers/open.ts'
import { keepInForce } from '../runtime/respond/keep.ts'
import type { ResponseRecord } from '../runtime/respond/model.ts'
import { createPlaybookRunner, type Responded } from '../runtime/respond/playbooks.ts'
import { parsePolicy } from '../runtime/respond/policy/parse.ts'
import { openResponder, type Responder } from '../runtime/respond/responder.ts'
import type { AgentConfig } from '../server/schemas/agent.ts'

/** What this agent does about alerts, by hand or by playbook, as the server configures it. */
export interface Response {
  responder(): Responder
  /** `lastEvents` of its container go into the evidence; `incident` is the server's name of what it belongs to. */
  onAlert(alert: Alert, incident: string, lastEvents: (containerId: string) => Promise<string[]>): void
  active(): ResponseRecord[]
  /** Takes the server's playbooks and what it protects; what `respond.yaml` in the state folder says holds where the server says nothing. */
  configure(config: Pick<AgentConfig, 'playbooks' | 'protected'>): void
  stop(): void
}

export interface ResponseOptions {
  state: string
  containers: Containers
  say(line: string): void
  /** What a playbook did about an alert of an incident. */
  onDone(done: Responded, alert: Alert, incident: string): void
}

export function createResponse({ state, containers, say, onDone }: ResponseOptions): Response {
  let responder = openResponder({ folder: state })
  let own = responder.policy
  let runner = createPlaybookRunner(responder)
  let stopKeeping = keepInForce(responder, containers)
  const answer = async (
    alert: Alert,
    incident: string,
    containerId: string,
    lastEvents: (containerId: string) => Promise<string[]>,
  ): Promise<void> => {
    const done = await runner.respond(alert, await lastEvents(containerId).catch(() => []))
    if (done !== undefined) onDone(done, alert, incident)
    for (const error of done?.errors ?? []) say(`${done?.playbook}: ${error}`)
  }
  const replace = (next: Responder): void => {
    stopKeeping()
    responder.close()
    responder = next
    runner = createPlaybookRunner(responder)
    stopKeeping = keepInForce(responder, containers)
  }
  return {
    responder: () => responder,
    active: () => responder.active(),
    onAlert(alert, incident, lastEvents) {
      if (alert.container === undefined || responder.policy.playbooks.length === 0) return
      void answer(alert, incident, alert.container.id, lastEvents)
    },
    configure({ playbooks, protected: names }) {
      const { policy: given, problems } =
        playbooks.trim() === ''
          ? { policy: openResponder({ folder: state }).policy, problems: [] }
          : parsePolicy(playbooks)
      // What cannot be read must not end the watch: what held before still does.
      const [first] = problems
      if (first === undefined) own = given
      else say(`playbooks:${first.line}:${first.column}: ${first.message}`)
      const policy = own
      const protect = {
        ...policy.protect,
        names: [...(policy.protect.names ?? []), ...names],
        images: [...(policy.protect.images ?? []), ...names],
      }
      replace(openResponder({ folder: state, policy: { ...policy, protect } }))
    },
    stop: () => {
      stopKeeping()
      responder.close()
    },
  }
}
