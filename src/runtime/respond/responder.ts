import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { Alert, ContainerInfo } from '../../base/model/runtime.ts'
import { openDockerSource } from '../containers/docker/docker.ts'
import { openDocker } from '../containers/docker/http.ts'
import { findAction } from './actions/index.ts'
import { appendAudit } from './audit.ts'
import { withLock } from './lock.ts'
import type { ActionId, ActionOptions, Outcome, ResponseRecord } from './model.ts'
import { sharing } from './network/sharing.ts'
import { emptyPolicy, type ResponsePolicy } from './policy/model.ts'
import { parsePolicy } from './policy/parse.ts'
import { protection } from './protect.ts'
import { type House, messageOf, type ReleaseResult, release } from './release.ts'
import { askLastEvents } from './sensor-link.ts'
import { openStore, type ResponseStore } from './state.ts'
import { type Tidied, tidy } from './tidy.ts'

export interface ActRequest {
  action: ActionId
  /** Id, part of an id, or name. */
  container: string
  /** ms until it is undone again. */
  for?: number
  allow?: string[]
  /** Save evidence first. */
  evidence?: boolean
  dryRun?: boolean
  reason?: string
  by?: string
  alert?: Alert
  events?: unknown[]
}

export interface StepResult extends Outcome {
  action: ActionId
  dryRun: boolean
  until?: string
  /** What went wrong, of a step that could be left out (evidence). */
  error?: string
}

export interface ActResult {
  container: { id: string; name: string; image: string }
  steps: StepResult[]
}

export interface Responder {
  /** Does it, or throws: container_not_found, container_protected, response_failed, usage. What is done is on disk before this returns. */
  act(request: ActRequest): Promise<ActResult>
  /** Undoes all that is in force for a container, or one kind of it, the last first. Throws nothing_in_force, container_not_found. */
  release(container: string, reason?: string, only?: ActionId): Promise<ReleaseResult>
  active(): ResponseRecord[]
  /** Files that should be records of what is in force and cannot be read. */
  damaged(): string[]
  /** Undoes what is past its time, renews isolations that a restart of their container ended. To be called now and then while something runs. */
  tidy(): Promise<Tidied>
  policy: ResponsePolicy
  folder: string
  close(): void
}

export interface ResponderOptions {
  /** The state folder. */
  folder: string
  dockerHost?: string
  /** Default: `respond.yaml` in the state folder. */
  policy?: ResponsePolicy
}

/** Throws output_unwritable, and bad_argument for a policy file with faults. */
export function openResponder({ folder, dockerHost, policy }: ResponderOptions): Responder {
  const store = openStore(folder)
  const rules = policy ?? readPolicy(folder)
  const docker = openDocker(dockerHost)
  const source = openDockerSource(dockerHost)
  const house: House = {
    store,
    tools: {
      docker,
      inspect: id => source.inspect(id),
      sharing: target => sharing(docker, source, target),
      protection: target => protection(target, rules.protect),
    },
    policy: rules,
    audit: entry => audit(store, join(folder, 'responses.log'), entry),
    alone: work => withLock(join(folder, 'responses.lock'), work),
  }
  return {
    act: request => act(house, request),
    release: (container, reason = '', only) => house.alone(() => release(house, container, reason, only)),
    active: () => store.list(),
    damaged: () => store.damaged(),
    tidy: () => house.alone(() => tidy(house)),
    policy: house.policy,
    folder,
    close: () => {
      docker.close()
      source.close()
    },
  }
}

function readPolicy(folder: string): ResponsePolicy {
  const file = join(folder, 'respond.yaml')
  if (!existsSync(file)) return emptyPolicy
  const { policy, problems } = parsePolicy(readFileSync(file, 'utf8'))
  const [first] = problems
  if (first !== undefined)
    throw new JennerError('bad_argument', `${file}:${first.line}:${first.column}: ${first.message}`)
  return policy
}

async function act(house: House, request: ActRequest): Promise<ActResult> {
  let decidedAt = performance.now()
  const target = await house.tools.inspect(request.container)
  if (target === undefined) throw new JennerError('container_not_found', request.container)
  const why = protection(target, house.policy.protect)
  if (why !== undefined) {
    await house.audit({ ...cardOf(target, request), result: 'refused', detail: `protected: ${why}` })
    throw new JennerError('container_protected', `${target.name} (${why})`)
  }
  const options = optionsOf(house, await withEvents(house, target, request))
  const steps: StepResult[] = []
  if (request.evidence === true && request.action !== 'evidence') {
    steps.push(await saveEvidence(house, target, request, options))
    decidedAt = performance.now()
  }
  steps.push(await step(house, target, request, { ...options, decidedAt }))
  return { container: { id: target.id, name: target.name, image: target.image }, steps }
}

/** Evidence holds what the container did last, where a sensor runs that remembers it and nobody has brought it along. */
async function withEvents({ store }: House, { id }: ContainerInfo, request: ActRequest): Promise<ActRequest> {
  const saves = (request.evidence === true || request.action === 'evidence') && request.dryRun !== true
  if (!saves || request.events !== undefined) return request
  const events = await askLastEvents(store.folder, id)
  return events === undefined ? request : { ...request, events }
}

function optionsOf({ store }: House, { allow = [], alert, events }: ActRequest): ActionOptions {
  return {
    allow,
    evidenceDir: join(store.folder, 'evidence'),
    ...(alert === undefined ? {} : { alert }),
    ...(events === undefined ? {} : { events }),
  }
}

/** Evidence that cannot be saved does not keep the rest from being done: it is said and logged. */
async function saveEvidence(
  house: House,
  target: ContainerInfo,
  request: ActRequest,
  options: ActionOptions,
): Promise<StepResult> {
  try {
    return await step(house, target, { ...request, action: 'evidence' }, options)
  } catch (error) {
    return { action: 'evidence', dryRun: request.dryRun === true, lines: [], error: messageOf(error) }
  }
}

async function step(
  house: House,
  target: ContainerInfo,
  request: ActRequest,
  options: ActionOptions,
): Promise<StepResult> {
  const action = findAction(request.action)
  if (request.dryRun === true) {
    const lines = await action.dryRun(target, options, house.tools)
    await house.audit({ ...cardOf(target, request), result: 'dry-run' })
    return { action: action.id, dryRun: true, lines }
  }
  try {
    const { outcome, until } =
      action.undo === undefined
        ? { outcome: await action.run(target, options, house.tools), until: undefined }
        : await house.alone(() => runUndoable(house, target, request, options))
    const { lines, milliseconds, file, warnings } = outcome
    const entry = { ...cardOf(target, request), result: 'done', lines, milliseconds, file, warnings, until }
    const audited = await house.audit(entry).then(
      () => true,
      () => false,
    )
    const shown: Outcome = audited ? outcome : { ...outcome, warnings: [...(warnings ?? []), 'not_audited'] }
    return { action: action.id, dryRun: false, ...shown, ...(until === undefined ? {} : { until }) }
  } catch (error) {
    await house.audit({ ...cardOf(target, request), result: 'failed', detail: messageOf(error) }).catch(() => undefined)
    throw error
  }
}

/** On a full disk the room that was kept for it is used up first. */
async function audit(store: ResponseStore, file: string, entry: Record<string, unknown>): Promise<void> {
  try {
    await appendAudit(file, entry)
  } catch (error) {
    if (!(error instanceof JennerError) || error.code !== 'output_unwritable' || !store.freeReserve()) throw error
    await appendAudit(file, entry)
  }
}

/** The record is on disk before anything changes: whatever happens in between, `release` knows of it. */
async function runUndoable(
  { store, tools }: House,
  target: ContainerInfo,
  { action: id, for: time, reason = '', by = 'user' }: ActRequest,
  options: ActionOptions,
): Promise<{ outcome: Outcome; until: string | undefined }> {
  const before = store.list().filter(record => record.action === id && record.containerId === target.id)
  const now = Date.now()
  const until = time === undefined ? undefined : new Date(now + time).toISOString()
  const record = store.add({
    action: id,
    containerId: target.id,
    containerName: target.name,
    image: target.image,
    at: new Date(now).toISOString(),
    ...(until === undefined ? {} : { until }),
    reason,
    by,
    allow: options.allow,
    undo: {},
  })
  try {
    const outcome = await findAction(id).run(target, options, tools)
    if (outcome.undo === undefined) store.remove(record.id)
    else store.replace({ ...record, undo: outcome.undo })
    for (const old of before) store.remove(old.id)
    return { outcome, until: outcome.undo === undefined ? undefined : until }
  } catch (error) {
    store.remove(record.id)
    throw error
  }
}

function cardOf({ id, name, image }: ContainerInfo, { action, reason = '', by = 'user', allow = [] }: ActRequest) {
  return { action, container: id, name, image, reason, by, ...(allow.length > 0 ? { allow } : {}) }
}
