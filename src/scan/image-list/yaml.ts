import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml'
import { JennerError } from '../../base/errors.ts'
import type { RawImage } from './named-image.ts'

const maxBytes = 16 * 1024 * 1024
const maxDepth = 100
const maxNodes = 500_000
const maxImages = 10_000

/** What the images of a YAML file were found in: Compose fills in variables, Kubernetes does not. */
export interface YamlImages {
  kind: 'compose' | 'kubernetes' | 'kustomize' | 'none'
  images: RawImage[]
}

/**
 * Images of Compose files (`services.*.image`), of Kubernetes objects in one or several documents or a List (every `image` of something that has containers, custom
 * resources too, and volumes of type image), and of kustomizations (`images`: newName, newTag, digest). JSON is YAML. Throws malformed, limit_exceeded.
 */
export function imagesOfYaml(text: string, path: string): YamlImages {
  if (text.length > maxBytes) throw new JennerError('limit_exceeded', `${path}: more than ${maxBytes} bytes`)
  const lines = new LineCounter()
  const found: YamlImages = { kind: 'none', images: [] }
  for (const document of parse(text, path, lines)) {
    const walk: Walk = { anchors: anchorsOf(document), lines, images: found.images, nodes: 0, active: new Set(), path }
    const top = resolve(walk, document.contents)
    if (!isMap(top)) continue
    const kind = kindOf(walk, top, path)
    if (kind === 'none') continue
    found.kind = kind
    if (kind === 'compose') composeImages(walk, top)
    else if (kind === 'kustomize') kustomizeImages(walk, top)
    else objectImages(walk, top, '', 0)
  }
  return found
}

interface Walk {
  anchors: Map<string, Node>
  lines: LineCounter
  images: RawImage[]
  nodes: number
  /** Maps and lists that we are inside of: an alias may lead back into one. */
  active: Set<unknown>
  path: string
}

function parse(text: string, path: string, lineCounter: LineCounter): Document[] {
  let documents: Document[]
  try {
    const options = { lineCounter, uniqueKeys: false, logLevel: 'silent', merge: true, prettyErrors: false } as const
    documents = parseAllDocuments(text, options) as Document[]
  } catch (error) {
    // Nesting without end overflows the parser's stack.
    throw new JennerError('malformed', `${path}: ${(error as Error).message}`, error)
  }
  const wrong = documents.find(({ errors }) => errors.length > 0)?.errors[0]
  if (wrong === undefined) return documents
  const { line } = lineCounter.linePos(wrong.pos[0])
  const hint = /\{\{/.test(text) ? ' (a template: render it first, `helm template`)' : ''
  throw new JennerError('malformed', `${path}:${line}: ${wrong.message.slice(0, 200)}${hint}`)
}

function kindOf(walk: Walk, top: YAMLMap, path: string): YamlImages['kind'] {
  const has = (key: string): boolean => top.has(key)
  if (textAt(walk, top, 'kind') === 'Kustomization' || /(?:^|\/)kustomization\.ya?ml$/i.test(path)) return 'kustomize'
  if (has('apiVersion') && has('kind')) return 'kubernetes'
  return isMap(resolve(walk, top.get('services', true))) ? 'compose' : 'none'
}

function composeImages(walk: Walk, top: YAMLMap): void {
  const services = resolve(walk, top.get('services', true))
  if (!isMap(services)) return
  for (const { value } of services.items) {
    const service = resolve(walk, value)
    if (isMap(service)) addImage(walk, service, textAt(walk, service, 'platform'))
  }
}

function kustomizeImages(walk: Walk, top: YAMLMap): void {
  const images = resolve(walk, top.get('images', true))
  if (!isSeq(images)) return
  for (const item of images.items) {
    const image = resolve(walk, item)
    if (!isMap(image)) continue
    const [name, newName, newTag, digest] = ['name', 'newName', 'newTag', 'digest'].map(key => textAt(walk, image, key))
    const text = `${newName || name || ''}${digest ? `@${digest}` : newTag ? `:${newTag}` : ''}`
    if (newName || newTag || digest) add(walk, text, lineOf(walk, image))
  }
}

/** Lists whose members run as containers. */
const containerLists = new Set(['containers', 'initContainers', 'ephemeralContainers', 'steps', 'sidecars'])

function objectImages(walk: Walk, node: unknown, under: string, depth: number): void {
  const value = resolve(walk, node)
  if (depth > maxDepth || ++walk.nodes > maxNodes || walk.active.has(value)) return
  if (!isMap(value) && !isSeq(value)) return
  walk.active.add(value)
  if (isSeq(value)) for (const item of value.items) objectImages(walk, item, under, depth + 1)
  else {
    const text = textAt(walk, value, 'image')
    if (text && (containerLists.has(under) || /^[^\s{}]{0,512}[:@/][^\s{}]*$/.test(text))) addImage(walk, value)
    const volume = resolve(walk, value.get('image', true))
    if (isMap(volume) && under === 'volumes') {
      const reference = textAt(walk, volume, 'reference')
      if (reference) add(walk, reference, lineOf(walk, volume))
    }
    for (const { key, value: below } of value.items)
      objectImages(walk, below, String(isScalar(key) ? key.value : ''), depth + 1)
  }
  walk.active.delete(value)
}

function addImage(walk: Walk, map: YAMLMap, platform?: string): void {
  const node = resolve(walk, map.get('image', true))
  if (isScalar(node) && typeof node.value === 'string') add(walk, node.value, lineOf(walk, node), platform)
}

function add({ images, path }: Walk, text: string, line: number, platform?: string): void {
  if (images.length >= maxImages) throw new JennerError('limit_exceeded', `${path}: more than ${maxImages} images`)
  if (text !== '') images.push({ text, line, ...(platform && { platform }) })
}

function textAt(walk: Walk, map: YAMLMap, key: string): string | undefined {
  const node = resolve(walk, map.get(key, true))
  if (!isScalar(node)) return undefined
  // `newTag: 1.10` is a number to YAML and "1.10" to people.
  return typeof node.value === 'string' ? node.value : (node.source ?? undefined)
}

function resolve({ anchors }: Walk, node: unknown): unknown {
  return isAlias(node) ? anchors.get(node.source) : node
}

/** Where each alias leads. The library's own way looks through the whole document for each. */
function anchorsOf(document: Document): Map<string, Node> {
  const anchors = new Map<string, Node>()
  visit(document, {
    Node(_, node) {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node as Node)
    },
  })
  return anchors
}

function lineOf({ lines }: Walk, node: unknown): number {
  return lines.linePos((node as Node).range?.[0] ?? 0).line
}
