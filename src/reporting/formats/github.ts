import type { Report, ReportResult } from '../../base/model/report.ts'
import { escapeText } from '../../base/text.ts'
import type { Render } from './format.ts'
import { stringify } from './json.ts'

/** A snapshot for GitHub's dependency submission API (`POST /repos/{owner}/{repo}/dependency-graph/snapshots`), job and commit from the usual variables of a workflow. */
export const renderGithub: Render = function* (report, { version, env = {} }) {
  const { GITHUB_REF, GITHUB_SHA, GITHUB_JOB, GITHUB_RUN_ID, GITHUB_WORKFLOW } = env
  const snapshot = {
    version: 0,
    detector: { name: 'jenner', version, url: '' },
    ref: GITHUB_REF ?? '',
    sha: GITHUB_SHA ?? '',
    job: { correlator: `${GITHUB_WORKFLOW ?? 'jenner'}_${GITHUB_JOB ?? 'scan'}`, id: GITHUB_RUN_ID ?? '' },
    scanned: report.CreatedAt,
    metadata: metadataOf(report),
    manifests: Object.fromEntries(
      report.Results.filter(({ Class }) => Class.endsWith('-pkgs')).map(result => [
        escapeText(result.Target),
        manifestOf(result),
      ]),
    ),
  }
  yield `${stringify(snapshot, 2)}\n`
}

function metadataOf(report: Report): Record<string, string> {
  const { RepoTags, RepoDigests } = report.Metadata
  return {
    ...(RepoTags?.[0] ? { 'jenner:RepoTag': escapeText(RepoTags[0]) } : {}),
    ...(RepoDigests?.[0] ? { 'jenner:RepoDigest': escapeText(RepoDigests[0]) } : {}),
  }
}

function manifestOf(result: ReportResult): object {
  const urls = new Map((result.Packages ?? []).map(pkg => [pkg.ID, pkg.Identifier.PURL]))
  const resolved = (result.Packages ?? []).map(pkg => [
    escapeText(pkg.Name),
    {
      package_url: pkg.Identifier.PURL,
      relationship: pkg.Relationship === 'indirect' ? 'indirect' : 'direct',
      scope: pkg.Dev ? 'development' : 'runtime',
      dependencies: (pkg.DependsOn ?? []).map(id => urls.get(id)).filter(url => url !== undefined),
    },
  ])
  const file = result.Class === 'lang-pkgs' ? { file: { source_location: escapeText(result.Target) } } : {}
  return { name: escapeText(result.Type ?? result.Class), ...file, resolved: Object.fromEntries(resolved) }
}
