import type { FoundPackage } from '../../../../base/model/ecosystem.ts'

const entry = /^ {8}'([^'\\\s]{1,200}\/[^'\\\s]{1,200})' => array\($/
const field = /^ {12}'(pretty_version|reference|dev_requirement)' => (?:'([^'\\]{0,200})'|(true|false|null)),$/

/**
 * installed.php as Composer dumps it (Composer\Repository\FilesystemRepository), one value a line, four blanks a level:
 *
 *     'root' => array( 'name' => 'NAME', … ), 'versions' => array(
 *         'NAME' => array( 'pretty_version' => 'VERSION', 'reference' => 'COMMIT', 'dev_requirement' => false, … ),
 *
 * What only replaces or provides a name has no `pretty_version`; the project itself stands among them by its root's name.
 */
export function packagesOfPhp(text: string): FoundPackage[] {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex(line => line.trim() === "'versions' => array(")
  if (start < 0) throw new SyntaxError('no list of versions')
  const root = /^ {8}'name' => '([^'\\]{1,400})',$/m.exec(lines.slice(0, start).join('\n'))?.[1]
  const found: FoundPackage[] = []
  let name: string | undefined
  let facts = new Map<string, string>()
  for (const line of [...lines.slice(start), ' '.repeat(8)]) {
    if (line.startsWith(' '.repeat(12))) {
      const [, key = '', text, literal] = field.exec(line) ?? []
      if (key !== '') facts.set(key, text ?? literal ?? '')
      continue
    }
    const version = facts.get('pretty_version')
    if (name && name !== root && version) found.push(packageOf(name, version, facts))
    name = entry.exec(line)?.[1]
    facts = new Map()
  }
  return found
}

function packageOf(name: string, version: string, facts: Map<string, string>): FoundPackage {
  const commit = facts.get('reference')
  return {
    name,
    version,
    ...(facts.get('dev_requirement') === 'true' && { development: true }),
    ...(commit && commit !== 'null' && { extra: { commit } }),
  }
}
