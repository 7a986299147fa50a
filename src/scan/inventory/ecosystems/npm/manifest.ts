import { entriesAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { ContentFile } from '../../../../base/model/ecosystem.ts'

/** What a project's package.json asks for: `[name, range]` pairs. */
export interface Manifest {
  name?: string
  version?: string
  dependencies: [string, string][]
  devDependencies: [string, string][]
}

/** The file's requests; undefined when it is no JSON object (a lock file beside it still counts). */
export function readManifest(file: ContentFile): Manifest | undefined {
  try {
    const manifest = parseJsonObject(file.text())
    return {
      name: stringAt(manifest, 'name'),
      version: stringAt(manifest, 'version'),
      dependencies: ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(field =>
        ranges(manifest, field),
      ),
      devDependencies: ranges(manifest, 'devDependencies'),
    }
  } catch {
    return undefined
  }
}

function ranges(manifest: unknown, field: string): [string, string][] {
  return entriesAt(manifest, field).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
