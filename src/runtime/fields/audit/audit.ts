import type { FieldReader, FieldSource, FieldValue } from '../../rules/condition/value.ts'
import { findField } from '../../rules/fields.ts'
import { atPointer, type Json, listOf, parsePointer, textOfJson, walk } from './json.ts'
import { containerLists, podLists } from './pod.ts'

type Reader = (event: Json) => FieldValue

/**
 * Fields of Kubernetes audit events (audit.k8s.io/v1 `Event`), by the names of Falco's k8saudit plugin: `ka.*`, and `jevt.value[/json/pointer]` for everything else.
 * Lists are lists (`intersects`); what an event does not have is absent.
 */
export const auditFields: FieldSource = (written, given) => {
  const field = findField('k8s_audit', written, given)
  if (!field) return undefined
  return (readerOf(field.name, field.argument) ?? (() => undefined)) as FieldReader
}

/** The event type under which a JSON source's events are judged: rules for them name none. */
export const auditType = 'pluginevent'

/** Events of one line: an event, or the items of an `EventList` as webhooks get it. */
export function auditEvents(line: string): Json[] | undefined {
  let value: Json
  try {
    value = JSON.parse(line) as Json
  } catch {
    return undefined
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return value.kind === 'EventList' ? listOf(value.items) : [value]
}

function readerOf(name: string, given: string | undefined): Reader | undefined {
  if (name === 'jevt.value') {
    const path = parsePointer(given ?? '')
    return event => scalar(walk(event, path))
  }
  if (name === 'ka.uri.param') return event => queryOf(event)?.get(given ?? '') ?? undefined
  const lists = Object.hasOwn(containerLists, name) ? containerLists[name] : undefined
  if (lists) return event => picked(lists(event), given)
  const whole = Object.hasOwn(podLists, name) ? podLists[name] : undefined
  if (whole) return event => picked(whole(event), given)
  if (Object.hasOwn(special, name)) return special[name]
  const pointer = Object.hasOwn(pointers, name) ? pointers[name] : undefined
  if (pointer === undefined) return undefined
  const path = parsePointer(pointer)
  return event => scalar(walk(event, path))
}

/** A list, or with an index the one item; an empty list is absent. */
function picked(list: string[], given: string | undefined): FieldValue {
  if (given !== undefined) return /^\d{1,6}$/.test(given) ? list[Number(given)] : undefined
  return list.length === 0 ? undefined : list
}

function scalar(value: Json | undefined): FieldValue {
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' || typeof value === 'string' ? value : textOfJson(value)
}

function queryOf(event: Json): URLSearchParams | undefined {
  const uri = atPointer(event, '/requestURI')
  const question = typeof uri === 'string' ? uri.indexOf('?') : -1
  return question < 0 ? undefined : new URLSearchParams((uri as string).slice(question + 1))
}

const timeOf = (event: Json): string | undefined => {
  const time = atPointer(event, '/stageTimestamp') ?? atPointer(event, '/requestReceivedTimestamp')
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? time : undefined
}

const rawTime: Reader = event => {
  const time = timeOf(event)
  return time === undefined ? undefined : BigInt(Date.parse(time)) * 1_000_000n
}

const special: Record<string, Reader> = {
  'jevt.obj': event => JSON.stringify(event),
  'jevt.time': event => timeOf(event)?.slice(11, 29).replace('Z', ''),
  'jevt.time.iso8601': timeOf,
  'jevt.rawtime': rawTime,
  'evt.rawtime': rawTime,
  'evt.time': event => timeOf(event)?.slice(11, 29).replace('Z', ''),
  'evt.time.iso8601': timeOf,
  'evt.source': () => 'k8s_audit',
  'ka.user.groups': event => picked(texts(event, '/user/groups'), undefined),
  'ka.sourceips': event => picked(texts(event, '/sourceIPs'), undefined),
  'ka.target.pod.name': event => {
    const of = (name: string) => scalar(atPointer(event, `/objectRef/${name}`))
    return of('resource') === 'pods' ? of('name') : undefined
  },
  'ka.req.webhook.name': event => {
    const hooks = listOf(atPointer(event, '/requestObject/webhooks'))
    return picked(
      hooks.flatMap(hook => {
        const name = atPointer(hook, '/name')
        return typeof name === 'string' ? [name] : []
      }),
      undefined,
    )
  },
}

function texts(event: Json, pointer: string): string[] {
  return listOf(atPointer(event, pointer)).map(textOfJson)
}

const pointers: Record<string, string> = {
  'ka.auditid': '/auditID',
  'ka.stage': '/stage',
  'ka.auth.decision': '/annotations/authorization.k8s.io~1decision',
  'ka.auth.reason': '/annotations/authorization.k8s.io~1reason',
  'ka.auth.openshift.decision': '/annotations/authentication.openshift.io~1decision',
  'ka.auth.openshift.username': '/annotations/authentication.openshift.io~1username',
  'ka.user.name': '/user/username',
  'ka.impuser.name': '/impersonatedUser/username',
  'ka.verb': '/verb',
  'ka.uri': '/requestURI',
  'ka.useragent': '/userAgent',
  'ka.cluster.name': '/annotations/cluster.name',
  'ka.target.name': '/objectRef/name',
  'ka.target.namespace': '/objectRef/namespace',
  'ka.target.resource': '/objectRef/resource',
  'ka.target.subresource': '/objectRef/subresource',
  'ka.req.binding.subjects': '/requestObject/subjects',
  'ka.req.binding.role': '/requestObject/roleRef/name',
  'ka.req.configmap.name': '/objectRef/name',
  'ka.req.configmap.obj': '/requestObject/data',
  'ka.req.pod.host_ipc': '/requestObject/spec/hostIPC',
  'ka.req.pod.host_network': '/requestObject/spec/hostNetwork',
  'ka.req.container.host_network': '/requestObject/spec/hostNetwork',
  'ka.req.pod.host_pid': '/requestObject/spec/hostPID',
  'ka.req.pod.run_as_user': '/requestObject/spec/securityContext/runAsUser',
  'ka.req.pod.run_as_group': '/requestObject/spec/securityContext/runAsGroup',
  'ka.req.pod.fs_group': '/requestObject/spec/securityContext/fsGroup',
  'ka.req.role.rules': '/requestObject/rules',
  'ka.req.service.type': '/requestObject/spec/type',
  'ka.resp.name': '/responseObject/metadata/name',
  'ka.response.code': '/responseStatus/code',
  'ka.response.reason': '/responseStatus/reason',
}
