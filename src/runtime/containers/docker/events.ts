import { entriesAt, isObject, own, stringAt } from '../../../base/json.ts'
import type { ContainerChange } from '../source.ts'

/** The actions asked for. `exec_*`, `health_status` and the like would come by the hundred and change nothing we know. */
const actions = ['create', 'start', 'die', 'destroy', 'pause', 'unpause', 'rename', 'update', 'connect', 'disconnect']

/** Path of the event stream: `GET /events`, one JSON object a line. */
export function eventsPath(): string {
  const filters = { type: ['container', 'network'], event: actions }
  return `/events?filters=${encodeURIComponent(JSON.stringify(filters))}`
}

/** One line of the stream; undefined for what is no change of a container. */
export function parseEvent(line: string): ContainerChange | undefined {
  const event = parseLine(line)
  const actor = own(event, 'Actor')
  const action = stringAt(event, 'Action') ?? ''
  const attributes = own(actor, 'Attributes')
  if (stringAt(event, 'Type') === 'network') {
    const id = stringAt(attributes, 'container')
    return id === undefined ? undefined : { kind: 'update', id }
  }
  const id = stringAt(actor, 'ID')
  if (stringAt(event, 'Type') !== 'container' || id === undefined || !actions.includes(action)) return undefined
  const kind = action === 'rename' ? 'update' : (action as ContainerChange['kind'])
  return { kind, id, ...describe(attributes) }
}

/** Attributes are the labels, with `image` and `name` among them. */
function describe(attributes: unknown): Pick<ContainerChange, 'name' | 'image' | 'labels'> {
  const name = stringAt(attributes, 'name')
  const image = stringAt(attributes, 'image')
  const pairs = entriesAt({ attributes }, 'attributes').filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0] !== 'name' && pair[0] !== 'image',
  )
  return {
    ...(name === undefined ? {} : { name }),
    ...(image === undefined ? {} : { image }),
    labels: Object.fromEntries(pairs.slice(0, 1000)),
  }
}

function parseLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
