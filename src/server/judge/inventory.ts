import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { JennerError } from '../../base/errors.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import type { Package } from '../../base/model/package.ts'
import { type OwnedFiles, ownedFiles } from './owners.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)
const mostBytes = 1 << 30

const text = z.string().max(8192)
const layer = z.looseObject({ index: z.int(), digest: text.optional(), diffId: text.optional() })
const pkg = z.looseObject({
  id: text,
  name: text,
  version: text,
  type: text,
  purl: text,
  foundBy: text,
  path: text,
  layer: layer.optional(),
  licenses: z.array(text),
  dependsOn: z.array(text),
  files: z.array(text).optional(),
})
/** What of an inventory must hold before anything reads it; the rest is facts that judges look at with care. */
const form = z.looseObject({
  artifact: z.looseObject({
    name: text,
    type: text,
    repoTags: z.array(text),
    repoDigests: z.array(text),
    layers: z
      .array(
        z.looseObject({ index: z.int(), size: z.number(), diffId: text.optional(), createdBy: z.string().optional() }),
      )
      .max(10_000),
    size: z.number(),
  }),
  os: z.looseObject({ family: text, version: text, release: z.record(z.string(), text) }).optional(),
  packages: z.array(pkg).max(500_000),
  incomplete: z.array(z.looseObject({ path: text, code: text, detail: z.string() })).max(100_000),
})

/** An inventory that an agent sent. Throws JennerError malformed. */
export function readInventory(value: unknown): Inventory {
  const parsed = form.safeParse(value)
  if (!parsed.success) throw new JennerError('malformed', `inventory: ${z.prettifyError(parsed.error).slice(0, 300)}`)
  return value as Inventory
}

/** How an inventory is stored: facts for the judge, and apart from them the files of each package, which only the join with what is loaded needs. */
export interface Packed {
  body: Uint8Array
  files: Uint8Array
}

export async function packInventory(inventory: Inventory): Promise<Packed> {
  const packages = inventory.packages.map(({ files: _, ...rest }): Package => rest)
  const body = await compress(JSON.stringify({ ...inventory, packages }))
  const files = await compress(JSON.stringify(ownedFiles(inventory.packages)))
  return { body, files }
}

export async function unpackFiles(files: Uint8Array): Promise<OwnedFiles> {
  const bytes = await decompress(files, { maxOutputLength: mostBytes })
  return JSON.parse(bytes.toString('utf8')) as OwnedFiles
}
