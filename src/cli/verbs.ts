import type { MessageKey } from '../base/i18n/translate.ts'
import type { Verb } from './context.ts'

/** Every verb, in the order that help shows them. */
export const verbs: Verb[] = [
  { name: 'demo', title: 'verb.demo', load: () => import('./commands/demo.ts') },
  { name: 'image', aliases: ['i'], title: 'verb.image', load: () => import('./commands/image.ts') },
  { name: 'fs', aliases: ['filesystem'], title: 'verb.fs', load: () => import('./commands/fs.ts') },
  { name: 'rootfs', title: 'verb.rootfs', load: () => import('./commands/rootfs.ts') },
  { name: 'host', title: 'verb.host', load: () => import('./commands/host.ts') },
  { name: 'repo', aliases: ['repository'], title: 'verb.repo', load: () => import('./commands/repo.ts') },
  { name: 'sbom', title: 'verb.sbom', load: () => import('./commands/sbom.ts') },
  { name: 'explain', title: 'verb.explain', load: () => import('./commands/explain.ts') },
  { name: 'db', title: 'verb.db', load: () => import('./commands/db.ts') },
  { name: 'convert', title: 'verb.convert', load: () => import('./commands/convert.ts') },
  { name: 'rules', title: 'verb.rules', load: () => import('./commands/rules.ts') },
  { name: 'watch', title: 'verb.watch', load: () => import('./commands/watch.ts') },
  { name: 'ps', title: 'verb.ps', load: () => import('./commands/ps.ts') },
  { name: 'isolate', title: 'verb.isolate', load: () => import('./commands/isolate.ts') },
  { name: 'pause', title: 'verb.pause', load: () => import('./commands/pause.ts') },
  { name: 'stop', title: 'verb.stop', load: () => import('./commands/stop.ts') },
  { name: 'kill', title: 'verb.kill', load: () => import('./commands/kill.ts') },
  { name: 'release', title: 'verb.release', load: () => import('./commands/release.ts') },
  { name: 'profile', title: 'verb.profile', load: () => import('./commands/profile.ts') },
  { name: 'drill', title: 'verb.drill', load: () => import('./commands/drill.ts') },
  { name: 'up', title: 'verb.up', load: () => import('./commands/up.ts') },
  { name: 'down', title: 'verb.down', load: () => import('./commands/down.ts') },
  { name: 'status', title: 'verb.status', load: () => import('./commands/status.ts') },
  { name: 'user', title: 'verb.user', load: () => import('./commands/user.ts') },
  { name: 'backup', title: 'verb.backup', load: () => import('./commands/backup.ts') },
  { name: 'restore', title: 'verb.restore', load: () => import('./commands/restore.ts') },
  { name: 'audit', title: 'verb.audit', load: () => import('./commands/audit.ts') },
  { name: 'settings', title: 'verb.settings', load: () => import('./commands/settings.ts') },
  { name: 'completion', title: 'verb.completion', load: () => import('./commands/completion.ts') },
  { name: 'version', title: 'verb.version', load: () => import('./commands/version.ts') },
  ...planned('config'),
  ...planned('server agent sign verify attest gate harden network comply report'),
]

function planned(names: string): Verb[] {
  return names.split(' ').map(name => ({ name, title: `verb.${name}` as MessageKey }))
}
