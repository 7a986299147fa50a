import { foundList } from '../../../../base/found.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { formatPurl } from '../../../../base/purl.ts'

/**
 * `.github/workflows/*.yml`, and `action.yml` of a composite action, which may stand in any folder: steps and jobs say `uses: OWNER/REPOSITORY[/PATH]@REFERENCE`.
 * A reference that is a commit is often followed by a comment with the tag it stands for (`# v4.1.2`): that is the version then.
 * `./local` and `docker://…` are no actions of somebody else.
 */
export const githubActions: Extractor = {
  id: 'github-action',
  revision: 2,
  stage: 'lock',
  patterns: ['.yml', '.yaml'].map(extension => ({
    extension,
    where: ({ path }) => /(?:^|\/)(?:\.github\/workflows\/[^/]+|action\.ya?ml)$/.test(path),
  })),
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const text = file.text()
    const isWorkflow = /(?:^|\/)workflows\/[^/]+$/.test(file.path)
    if (!isWorkflow && !/^\s{1,40}using:\s{0,20}["']?composite\b/m.test(text)) return undefined
    const found = foundList()
    for (const [index, line] of text.split('\n').entries()) {
      const pkg = packageOf(line, index + 1)
      if (pkg) found.add(pkg)
    }
    return found.all()
  },
}

const uses =
  /^\s{0,200}(?:-\s{1,20})?uses:\s{0,20}["']?([A-Za-z0-9_.-]{1,100})\/([A-Za-z0-9_.-]{1,100})((?:\/[^@\s"']{1,255})?)@([^\s"'#]{1,255})["']?\s{0,200}(?:#\s{0,20}(?:tag=)?(\S{1,100}))?/

function packageOf(line: string, at: number): FoundPackage | undefined {
  const [, owner, repository, path = '', reference, comment] = uses.exec(line) ?? []
  if (!owner || !repository || !reference || owner === '.') return undefined
  const commit = /^[0-9a-f]{40}$/.test(reference) ? reference : undefined
  const version = commit && comment && /^v?\d/.test(comment) ? comment : reference
  return {
    name: `${owner}/${repository}${path}`,
    version,
    lines: { start: at, end: at },
    ...(path && {
      purl: formatPurl({
        type: 'github',
        namespace: owner.toLowerCase(),
        name: repository.toLowerCase(),
        version,
        subpath: path.slice(1),
      }),
    }),
    ...(commit && { extra: { commit } }),
  }
}
