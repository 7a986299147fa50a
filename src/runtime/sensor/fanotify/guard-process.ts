/**
 * The process that answers fanotify's questions; nothing else runs in it. Its arguments: the container's first process and its upper layer. A file that lies in
 * the upper layer is not run. Whatever goes wrong is answered with yes. It writes a dot whenever it has looked, so that the watchdog knows that it lives.
 */
import { lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { openGroup } from './calls.ts'

const [pid = '', upper = ''] = process.argv.slice(2)
const beat = 100

const group = openGroup()
group.mark(`/proc/${pid}/root`)
group.say('+')
for (;;) {
  for (const question of group.read(beat)) {
    const foreign = isForeign(question.fd)
    group.answer(question, !foreign)
    if (foreign) group.say('!')
  }
  group.say('.')
}

/** A path of another mount namespace is shown from that mount's root on. */
function isForeign(fd: number): boolean {
  try {
    const path = readlinkSync(`/proc/self/fd/${fd}`).replace(/^\(unreachable\)/, '')
    return lstatSync(join(upper, path)).isFile()
  } catch {
    return false
  }
}
