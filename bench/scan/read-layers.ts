import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { closeBlob, openBlob } from '../../src/scan/image/blob.ts'
import { openDecoder } from '../../src/scan/image/inflate/open.ts'
import { openImage } from '../../src/scan/image/open.ts'

/** What a process that only inflates, or only reads headers, takes: `node read-layers.ts inflate|headers LAYOUT`. */
const [mode, layout] = process.argv.slice(2)

if (mode === 'inflate') await inflateAll(layout!)
else await readHeaders(layout!)

async function inflateAll(folder: string): Promise<void> {
  const blobs = join(folder, 'blobs/sha256')
  for (const name of readdirSync(blobs)) {
    const blob = openBlob(join(blobs, name))
    const decoder = openDecoder(blob)
    while ((await decoder.next()) !== undefined);
    decoder.close()
    closeBlob(blob)
  }
}

async function readHeaders(folder: string): Promise<void> {
  const image = await openImage(folder, { from: 'file' })
  let entries = 0
  for (const layer of image.layers) {
    const reading = await image.readLayer(layer.index, { entry: () => undefined })
    entries += reading.entries
    if (reading.problems.length > 0) process.stderr.write(`${JSON.stringify(reading.problems.slice(0, 5))}\n`)
  }
  process.stderr.write(`${entries} entries\n`)
  await image.close()
}
