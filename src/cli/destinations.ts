import { JennerError } from '../base/errors.ts'
import { findFormat } from '../reporting/formats/index.ts'
import type { Settings } from './flags.ts'

/** Where one report goes, and as what. Without `output`: standard output. */
export type Destination = Pick<Settings, 'format' | 'output'>

/**
 * What `-f` and `-o` mean together. `-o FILE` as Trivy takes it; `-o FORMAT` and `-o FORMAT=FILE`, several times, as Grype and Syft do. A file that is
 * called like a format is written as `./json`. Throws JennerError usage where two would go to one place.
 */
export function destinationsOf({ format, output }: Destination): Destination[] {
  const parts = (output ?? '').split('\n').filter(part => part !== '')
  if (parts.length === 0) return [{ format, output: undefined }]
  const all = parts.map(part => destinationOf(part, format))
  const places = all.map(one => one.output ?? '-')
  const twice = places.find((place, index) => places.indexOf(place) !== index)
  if (twice !== undefined) throw new JennerError('usage', `--output ${parts.join(', --output ')}`)
  return all
}

function destinationOf(part: string, format: string): Destination {
  // Syft's formats may name their version: `spdx-json@2.3`.
  const [, name, file] = /^([a-z][a-z-]*)(?:@[\d.]+)?(?:=(.+))?$/.exec(part) ?? []
  if (name === undefined || findFormat(name) === undefined) return { format, output: part }
  if (file !== undefined) return { format: name, output: file }
  return format === 'table' ? { format: name, output: undefined } : { format, output: part }
}
