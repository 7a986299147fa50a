import type { MessageKey } from '../base/i18n/translate.ts'
import type { CommandModule } from './context.ts'

/** One verb of the command. Without `load` it is promised by the contract but not built yet: it says so and exits 4. */
export interface Verb {
  name: string
  aliases?: string[]
  title: MessageKey
  load?: () => Promise<CommandModule>
}

/** Every verb, in the order that help shows them. */
export const verbs: Verb[] = [
  { name: 'demo', title: 'verb.demo' },
  { name: 'image', aliases: ['i'], title: 'verb.image' },
  { name: 'fs', aliases: ['filesystem'], title: 'verb.fs' },
  { name: 'rootfs', title: 'verb.rootfs' },
  { name: 'repo', aliases: ['repository'], title: 'verb.repo' },
  { name: 'sbom', title: 'verb.sbom' },
  { name: 'db', title: 'verb.db', load: () => import('./commands/db.ts') },
  { name: 'convert', title: 'verb.convert' },
  { name: 'settings', title: 'verb.settings' },
  { name: 'completion', title: 'verb.completion' },
  { name: 'version', title: 'verb.version', load: () => import('./commands/version.ts') },
  ...planned('config host explain watch rules ps isolate pause stop kill release drill up down status user backup'),
  ...planned('restore audit server agent sign verify attest gate harden network comply report'),
]

function planned(names: string): Verb[] {
  return names.split(' ').map(name => ({ name, title: `verb.${name}` as MessageKey }))
}
