import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

const plugin = /(?:^|\/)wp-content\/(?:mu-)?plugins\/(?:([^/]{1,200})\/[^/]+|([^/]{1,200}))\.php$/
const theme = /(?:^|\/)wp-content\/themes\/([^/]{1,200})\/style\.css$/

/**
 * Plugins and themes of WordPress, by the comment at the head of a plugin's main file and of a theme's style.css: `Plugin Name:` or `Theme Name:`, and
 * `Version:`. Named by their folder, which is their name in WordPress' directory, or where a plugin is one file by that.
 */
export const wordpressExtensions: Extractor = {
  id: 'wordpress-extension',
  revision: 1,
  stage: 'installed',
  patterns: [
    { extension: '.php', where: ({ path }) => plugin.test(path) },
    { basename: 'style.css', where: ({ path }) => theme.test(path) },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse(file) {
    const kind = file.path.endsWith('.css') ? 'Theme' : 'Plugin'
    const [, folder, alone] = (kind === 'Theme' ? theme : plugin).exec(file.path) ?? []
    const name = folder ?? alone
    // WordPress itself reads the first 8 KiB.
    const head = Buffer.from(file.read(0, 8192)).toString('utf8').replaceAll('\r', '\n')
    if (!name || field(head, `${kind} Name`) === undefined) return undefined
    const version = field(head, 'Version')
    const license = field(head, 'License')
    const found: FoundPackage = { name, version: version ?? '', extra: { kind: kind.toLowerCase() } }
    return [{ ...found, ...(license && { licenses: [license] }) }]
  },
}

function field(head: string, name: string): string | undefined {
  return new RegExp(`^[ \\t/*#@]{0,40}${name}:[ \\t]{0,40}([^\\n]{1,200})$`, 'im')
    .exec(head)?.[1]
    ?.replace(/\s{0,20}(?:\*\/|\?>).*$/s, '')
    .trim()
}
