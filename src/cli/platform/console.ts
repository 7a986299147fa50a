import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from '../context.ts'

/**
 * The folder of the console's files. In a built package they stand beside the program; in a checkout they are built when they are missing or older than their sources.
 * Undefined where neither is possible: the platform runs without a console, and says so.
 */
export async function consoleFiles(context: Context): Promise<string | undefined> {
  const beside = fileURLToPath(new URL('./console', import.meta.url))
  if (existsSync(join(beside, 'index.html'))) return beside
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const tool = join(root, 'tools/console.ts')
  if (!existsSync(tool)) return undefined
  return build(root, tool, context)
}

/** The bundler's memory is not the platform's: it runs in a process of its own, which prints the folder last. */
function build(root: string, tool: string, context: Context): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [...process.execArgv, tool, '--if-needed'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let trouble = ''
    // A console that is there already takes no time worth a word.
    const slow = setTimeout(() => context.say(context.text('platform.buildingConsole')), 1000)
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      trouble = (trouble + chunk.toString()).slice(-2000)
    })
    child.on('error', error => {
      context.say(error.message)
      resolve(undefined)
    })
    child.on('exit', code => {
      clearTimeout(slow)
      if (code !== 0) context.say(trouble.trim())
      resolve(code === 0 ? out.trim().split('\n').at(-1) : undefined)
    })
  })
}
