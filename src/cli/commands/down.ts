import { existsSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { type Place, runningAt } from '../../platform/place.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { placeAt } from '../platform/server.ts'

interface Options {
  state?: string
  purge?: boolean
  yes?: boolean
}

const patience = 60

/** `jenner down [--state DIR] [--purge [--yes]]` */
export function define(command: Command, context: Context): void {
  command
    .option('--state <DIR>', context.text('platform.flag.state'))
    .option('--purge', context.text('platform.flag.purge'))
    .option('-y, --yes', context.text('platform.flag.yes'))
  addFlags(command, context, []).action(async (options: Options) => {
    const place = placeAt(options.state, context.env)
    const running = runningAt(place)
    if (running === undefined && options.purge !== true) throw new JennerError('not_running', place.folder)
    if (running !== undefined) {
      await end(running.pid, place, context)
      context.say(context.text('platform.down'))
    }
    if (options.purge === true) await purge(place, options.yes === true, context)
  })
}

async function end(pid: number, place: Place, context: Context): Promise<void> {
  context.say(context.text('platform.ending'))
  process.kill(pid, 'SIGTERM')
  for (let tries = 0; tries < patience * 10; tries++) {
    if (runningAt(place) === undefined) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new JennerError('timed_out', context.text('platform.stuck', { seconds: patience, pid }))
}

/** Removes what is ours alone: a folder that holds no platform is left as it is. */
async function purge({ folder }: Place, sure: boolean, context: Context): Promise<void> {
  const known = ['jenner.db', 'responses', 'spool', 'key'].some(name => existsSync(`${folder}/${name}`))
  if (!known) throw new JennerError('bad_argument', context.text('platform.notState', { folder }))
  if (!sure && !(await confirm(context.text('platform.purge', { folder }), context))) {
    context.say(context.text(process.stdin.isTTY ? 'platform.notPurged' : 'platform.nobodyAsked'))
    context.exitCode = 1
    return
  }
  rmSync(folder, { recursive: true, force: true })
  context.say(context.text('platform.purged', { folder }))
}

/** Nobody to ask is no. */
async function confirm(question: string, { stderr, signal }: Context): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const asking = createInterface({ input: process.stdin, output: stderr })
  try {
    return /^(y|yes|예|네)$/i.test((await asking.question(question, { signal })).trim())
  } finally {
    asking.close()
  }
}
