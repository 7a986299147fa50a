import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { JennerError } from '../../base/errors.ts'
import { isObject, itemsAt, own, parseJsonObject, stringAt } from '../../base/json.ts'
import { MiB } from '../../base/limits.ts'
import type { KnownImage } from '../../base/model/base-image.ts'
import { parsePurl } from '../../base/purl.ts'
import { marksOf } from './recognise.ts'

const maxFile = 256 * MiB
const maxImages = 200_000
const diffId = /^sha256:[0-9a-f]{64}$/

/** A catalogue as a file: gzip over `{ version: 1, images: KnownImage[] }`. */
export function writeCatalogue(path: string, images: readonly KnownImage[]): void {
  const sorted = [...images].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  writeFileSync(path, gzipSync(JSON.stringify({ version: 1, images: sorted })))
}

/** Reads it again; what is no known image in it is left out. Throws JennerError malformed, limit_exceeded, target_not_found. */
export function readCatalogue(path: string): KnownImage[] {
  const document = parsed(textOf(path), path)
  if (own(document, 'version') !== 1) throw new JennerError('malformed', `${path}: no base image catalogue`)
  return itemsAt(document, 'images').slice(0, maxImages).flatMap(knownImage)
}

/**
 * A catalogue out of a folder of JSON reports (ours or Trivy's) of images: layers, names, OS packages. Files that are none are passed over; the
 * number of those is told.
 */
export function catalogueOfReports(folder: string): { images: KnownImage[]; passedOver: number } {
  const images: KnownImage[] = []
  let passedOver = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.json') || images.length >= maxImages) continue
    const found = imagesOfReport(join(folder, name))
    if (found.length === 0) passedOver++
    images.push(...found)
  }
  return { images, passedOver }
}

function imagesOfReport(path: string): KnownImage[] {
  try {
    return imagesOf(parsed(textOf(path), path))
  } catch (error) {
    if (error instanceof JennerError) return []
    throw error
  }
}

/** The known images, one for each name, of one report. */
export function imagesOf(report: Record<string, unknown>): KnownImage[] {
  const metadata = own(report, 'Metadata')
  const names = itemsAt(metadata, 'RepoTags').filter(tag => typeof tag === 'string')
  const digest = itemsAt(metadata, 'RepoDigests')
    .find(one => typeof one === 'string')
    ?.split('@')[1]
  const created = stringAt(own(metadata, 'ImageConfig'), 'created')
  const size = own(metadata, 'Size')
  const packages = itemsAt(report, 'Results')
    .filter(result => stringAt(result, 'Class') === 'os-pkgs')
    .flatMap(result => itemsAt(result, 'Packages'))
    .flatMap(packageOf)
  const marks = marksOf(packages)
  return names.flatMap(name =>
    knownImage({
      name,
      ...(digest && { digest }),
      diffIds: itemsAt(metadata, 'DiffIDs'),
      ...(created && { created }),
      ...(typeof size === 'number' && { size }),
      ...(marks.length > 0 && { packages: marks }),
    }),
  )
}

/** Name and version as an inventory has them, from the purl: reports split off release and epoch. */
function packageOf(item: unknown): { name: string; version: string; type: string }[] {
  const purl = parsePurl(stringAt(own(item, 'Identifier'), 'PURL') ?? '')
  if (!purl?.version) return []
  const epoch = purl.qualifiers.epoch
  const version = epoch && epoch !== '0' ? `${epoch}:${purl.version}` : purl.version
  return [{ name: stringAt(item, 'Name') ?? purl.name, version, type: purl.type }]
}

function knownImage(item: unknown): KnownImage[] {
  const name = stringAt(item, 'name')
  const diffIds = itemsAt(item, 'diffIds')
  if (!name || name.length > 512 || diffIds.length === 0 || diffIds.length > 1000) return []
  if (!diffIds.every((one): one is string => typeof one === 'string' && diffId.test(one))) return []
  const digest = stringAt(item, 'digest')
  const created = stringAt(item, 'created')
  const size = own(item, 'size')
  const packages = itemsAt(item, 'packages').filter(one => typeof one === 'string' && /^[0-9a-f]{8}$/.test(one))
  return [
    {
      name,
      diffIds,
      ...(digest && diffId.test(digest) && { digest }),
      ...(created && { created }),
      ...(typeof size === 'number' && { size }),
      ...(packages.length > 0 && { packages: packages as string[] }),
    },
  ]
}

function textOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile()) throw new JennerError('target_not_found', path)
  if (stat.size > maxFile) throw new JennerError('limit_exceeded', `${path} is larger than ${maxFile} bytes`)
  const bytes = readFileSync(path)
  try {
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: maxFile }) : bytes).toString()
  } catch (error) {
    throw new JennerError('malformed', `${path} does not inflate`, error)
  }
}

function parsed(text: string, path: string): Record<string, unknown> {
  try {
    const value = parseJsonObject(text)
    if (isObject(value)) return value
  } catch (error) {
    throw new JennerError('malformed', `${path} is no JSON object`, error)
  }
  throw new JennerError('malformed', `${path} is no JSON object`)
}
