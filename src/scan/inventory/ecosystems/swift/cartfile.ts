import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Cartfile.resolved of Carthage: `github "OWNER/REPOSITORY" "VERSION"`, `git "ADDRESS" "VERSION"`, `binary "ADDRESS" "VERSION"`. Named as Swift packages are,
 * by host and path: advisories speak of repositories.
 */
export const carthage: Extractor = {
  id: 'carthage',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'Cartfile.resolved' }],
  maxBytes: 4 * 1024 * 1024,
  parse: file =>
    file
      .text()
      .split('\n')
      .flatMap((line, index): FoundPackage[] => {
        const match = /^\s{0,20}(github|git|binary)\s{1,20}"([^"]{1,500})"\s{1,20}"([^"]{1,100})"/.exec(line)
        if (!match) return []
        const [, origin, address = '', version = ''] = match
        const name =
          origin === 'github' && /^[\w.-]+\/[\w.-]+$/.test(address) ? `github.com/${address}` : nameOf(address)
        return name === '' ? [] : [{ name, version, lines: { start: index + 1, end: index + 1 } }]
      }),
}

function nameOf(address: string): string {
  return address
    .replace(/^[a-z+]{1,10}:\/\//i, '')
    .replace(/^[^@/]{1,100}@/, '')
    .replace(/^([^/:]{1,200}):(?!\d+\/)/, '$1/')
    .replace(/(?:\.git|\/)$/, '')
}
