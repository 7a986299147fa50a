import { foundList } from '../../../../base/found.ts'
import { entriesAt, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'

/** .config/dotnet-tools.json (the manifest of local .NET tools): `tools: { NAME: { version, commands } }`. Tools of who develops, and of the build. */
export const dotnetTools: Extractor = {
  id: 'dotnet-tools',
  revision: 1,
  stage: 'lock',
  maxBytes: 4 << 20,
  patterns: [{ basename: 'dotnet-tools.json' }],
  parse(file) {
    const found = foundList()
    for (const [name, facts] of entriesAt(parseJsonObject(file.text()), 'tools')) {
      const version = stringAt(facts, 'version')
      if (version) found.add({ name, version, relationship: 'direct', development: true })
    }
    return found.all()
  },
}
