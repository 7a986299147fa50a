import { foundList } from '../../../../base/found.ts'
import { entriesAt, itemsAt, own, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { formatPurl } from '../../../../base/purl.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * `.github/workflows/*.yml`, and `action.yml` of a composite action, which may stand in any folder: steps and jobs say `uses: OWNER/REPOSITORY[/PATH]@REFERENCE`.
 * A reference that is a commit is often followed by a comment with the tag it stands for (`# v4.1.2`, and as tools write it
 * `# tag=v4`, `# pin@v4`, `# ratchet:OWNER/REPOSITORY@v4`): that is the version then.
 * `./local` and `docker://…` are no actions of somebody else.
 */
export const githubActions: Extractor = {
  id: 'github-action',
  revision: 4,
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
    const seen = new Set<string>()
    for (const [index, line] of text.split('\n').entries()) {
      const stated = uses.exec(line)
      const pkg = stated && packageOf(stated, index + 1)
      if (!pkg) continue
      seen.add(`${stated[1]}/${stated[2]}${stated[3]}@${stated[4]}`)
      found.add(pkg)
    }
    for (const reference of usedIn(text)) {
      const stated = seen.has(reference) ? undefined : uses.exec(`uses: ${reference}`)
      const pkg = stated && packageOf(stated)
      if (pkg) found.add(pkg)
    }
    return found.all()
  },
}

/** What the document says in any of YAML's ways (`{ uses: … }`, `"uses": …`, anchors); lines alone tell the comment behind. Nothing where it is no YAML (a template). */
function usedIn(text: string): string[] {
  // A document needs far longer than its lines; hardly a workflow is as long.
  if (text.length > 128 * 1024 || !/[{"'?*!>|]/.test(text)) return []
  let document: Record<string, unknown> | undefined
  try {
    document = parseYamlObject(text)
  } catch {
    return []
  }
  const jobs = entriesAt(document, 'jobs').map(([, job]) => job)
  const steps = [...jobs, own(document, 'runs')].flatMap(holder => itemsAt(holder, 'steps'))
  return [...jobs, ...steps].flatMap(item => stringAt(item, 'uses')?.trim() ?? [])
}

const uses =
  /^\s{0,200}(?:-\s{1,20})?uses:\s{0,20}["']?([A-Za-z0-9_.-]{1,100})\/([A-Za-z0-9_.-]{1,100})((?:\/[^@\s"']{1,255})?)@([^\s"'#]{1,255})["']?\s{0,200}(?:#\s{0,20}(?:tag=|(?:pin|ratchet:[^\s@]{1,200})[ \t]?@)?(\S{1,100}))?/

function packageOf(stated: RegExpExecArray, line?: number): FoundPackage | undefined {
  const [, owner, repository, path = '', reference, comment] = stated
  if (!owner || !repository || !reference || owner === '.') return undefined
  const commit = /^[0-9a-f]{40}$/.test(reference) ? reference : undefined
  const version = commit && comment && /^v?\d/.test(comment) ? comment : reference
  return {
    name: `${owner}/${repository}${path}`,
    version,
    ...(line !== undefined && { lines: { start: line, end: line } }),
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
